import { Module } from '@nestjs/common';
import { MailSenderModule } from '../platform/mail/mail-sender.module';
import { RemoveOldResets } from './remove-old-resets';
import { ResetLinks } from './reset-links';

/** Links for new passwords in a worker process. */
@Module({ imports: [MailSenderModule], providers: [ResetLinks, RemoveOldResets] })
export class PasswordResetsWorkerModule {}
