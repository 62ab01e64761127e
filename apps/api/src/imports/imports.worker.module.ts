import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { MailModule } from '../platform/mail';
import { Leases } from '../platform/queue/leases';
import { StorageModule } from '../platform/storage/storage.module';
import { ImportEntity } from './import.entity';
import { ImportProcessor } from './import.processor';
import { RemoveOldUploads } from './remove-old-uploads';
import { RunImport } from './run-import';

/** Imports in a worker process. */
@Module({
  imports: [TypeOrmModule.forFeature([ImportEntity]), StorageModule, MailModule],
  providers: [ImportProcessor, RunImport, RemoveOldUploads, Leases],
})
export class ImportsWorkerModule {}
