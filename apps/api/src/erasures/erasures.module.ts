import { Module } from '@nestjs/common';
import { StorageModule } from '../platform/storage/storage.module';
import { Erasures } from './erasures';
import { ErasuresController } from './erasures.controller';
import { PersonSearch } from './person-search';

@Module({
  imports: [StorageModule],
  controllers: [ErasuresController],
  providers: [Erasures, PersonSearch],
})
export class ErasuresModule {}
