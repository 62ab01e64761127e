export { Accounts } from './accounts';
export { AccountsModule } from './accounts.module';
export { peopleById, starterOf } from './people';
