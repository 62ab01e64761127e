export { Accounts, MEMBERSHIP, type Membership } from './accounts';
export { AccountsModule } from './accounts.module';
export { starterOf, userNames } from './people';
