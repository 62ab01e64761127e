import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { AccountsModule } from '../accounts';
import { MailModule } from '../platform/mail';
import { StorageModule } from '../platform/storage/storage.module';
import { ImportEvents } from './import-events';
import { ImportEntity } from './import.entity';
import { Imports } from './imports';
import { ImportsController } from './imports.controller';
import { RejectedRows } from './rejected-rows';

/** Imports over HTTP. */
@Module({
  imports: [TypeOrmModule.forFeature([ImportEntity]), AccountsModule, StorageModule, MailModule],
  controllers: [ImportsController],
  providers: [Imports, RejectedRows, ImportEvents],
})
export class ImportsModule {}
