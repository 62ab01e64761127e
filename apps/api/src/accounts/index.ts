export { Accounts } from './accounts';
export { AccountsModule } from './accounts.module';
export { starterOf, userNames, type Starter } from './people';
