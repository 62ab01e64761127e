export { Accounts, MEMBERSHIP, type Membership } from './accounts';
export { AccountsModule } from './accounts.module';
export { peopleById, recipientOf, starterOf } from './people';
