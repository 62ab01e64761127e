import { Module } from '@nestjs/common';
import { MailSenderModule } from '../platform/mail/mail-sender.module';
import { InvitationLinks } from './invitation-links';

/** Invitations in a worker process. */
@Module({ imports: [MailSenderModule], providers: [InvitationLinks] })
export class InvitationsWorkerModule {}
