import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { AuthModule } from '../auth';
import { MailModule } from '../platform/mail';
import { StorageModule } from '../platform/storage/storage.module';
import { DeleteImport } from './delete-import';
import { DryRuns } from './dry-runs';
import { ImportEvents } from './import-events';
import { ImportMappingEntity } from './import-mapping.entity';
import { ImportMappings } from './import-mappings';
import { ImportMappingsController } from './import-mappings.controller';
import { ImportEntity } from './import.entity';
import { Imports } from './imports';
import { ImportsController } from './imports.controller';
import { RejectedRows } from './rejected-rows';
import { Uploads } from './uploads';

/** Imports over HTTP. */
@Module({
  imports: [
    TypeOrmModule.forFeature([ImportEntity, ImportMappingEntity]),
    AuthModule,
    StorageModule,
    MailModule,
  ],
  controllers: [ImportsController, ImportMappingsController],
  providers: [Imports, DryRuns, ImportMappings, RejectedRows, ImportEvents, Uploads, DeleteImport],
})
export class ImportsModule {}
