export { ErasedPeople, ErasuresChanged, readIdentity, refuseErased } from './erased-people';
export { ErasuresModule } from './erasures.module';
