export { Accounts } from './accounts';
export { AccountsModule } from './accounts.module';
export { starterOf, userNames } from './people';
