import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { MailModule } from '../platform/mail';
import { Leases } from '../platform/queue/leases';
import { StorageModule } from '../platform/storage/storage.module';
import { ImportEntity } from './import.entity';
import { ImportProcessor } from './import.processor';
import { RunImport } from './run-import';

/** Imports in a worker process. */
@Module({
  imports: [TypeOrmModule.forFeature([ImportEntity]), StorageModule, MailModule],
  providers: [ImportProcessor, RunImport, Leases],
})
export class ImportsWorkerModule {}
