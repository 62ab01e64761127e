export { Accounts } from './accounts';
export { AccountsModule } from './accounts.module';
