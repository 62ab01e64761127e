import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { OutboxEntity } from './outbox.entity';

/** The outbox: what HTTP and worker processes need to write e-mails down and to say where they are. */
@Module({ imports: [TypeOrmModule.forFeature([OutboxEntity])], exports: [TypeOrmModule] })
export class MailModule {}
