export { DeletionModule } from './deletion.module';
export { RemoveDeletedAccounts } from './remove-deleted-accounts';
