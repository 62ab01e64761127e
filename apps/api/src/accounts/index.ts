export { Accounts, MEMBERSHIP, type Membership } from './accounts';
export { AccountsModule } from './accounts.module';
export { recipientOf, starterOf, userNames } from './people';
