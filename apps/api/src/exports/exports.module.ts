import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { MailModule } from '../platform/mail';
import { StorageModule } from '../platform/storage/storage.module';
import { ExportEntity } from './export.entity';
import { Exports } from './exports';
import { ExportsController } from './exports.controller';

/** Exports over HTTP. */
@Module({
  imports: [TypeOrmModule.forFeature([ExportEntity]), StorageModule, MailModule],
  controllers: [ExportsController],
  providers: [Exports],
})
export class ExportsModule {}
