export { ErasedPeople, ErasuresChanged, refuseErased, type Identity } from './erased-people';
export { ErasuresModule } from './erasures.module';
