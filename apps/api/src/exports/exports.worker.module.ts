import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { MailModule } from '../platform/mail';
import { Leases } from '../platform/queue/leases';
import { StorageModule } from '../platform/storage/storage.module';
import { ExportEntity } from './export.entity';
import { ExportProcessor } from './export.processor';
import { RunExport } from './run-export';

/** Exports in a worker process. */
@Module({
  imports: [TypeOrmModule.forFeature([ExportEntity]), StorageModule, MailModule],
  providers: [ExportProcessor, RunExport, Leases],
})
export class ExportsWorkerModule {}
