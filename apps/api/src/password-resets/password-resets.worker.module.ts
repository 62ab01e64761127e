import { Module } from '@nestjs/common';
import { MailSenderModule } from '../platform/mail/mail-sender.module';
import { ResetLinks } from './reset-links';

/** Links for new passwords in a worker process. */
@Module({ imports: [MailSenderModule], providers: [ResetLinks] })
export class PasswordResetsWorkerModule {}
