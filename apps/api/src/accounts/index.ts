export { Accounts } from './accounts';
export { AccountsModule } from './accounts.module';
export { recipientOf, starterOf, userNames } from './people';
