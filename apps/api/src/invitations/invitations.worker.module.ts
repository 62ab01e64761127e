import { Module } from '@nestjs/common';
import { MailSenderModule } from '../platform/mail/mail-sender.module';
import { InvitationLinks } from './invitation-links';
import { RemoveOldInvitations } from './remove-old-invitations';

/** Invitations in a worker process. */
@Module({ imports: [MailSenderModule], providers: [InvitationLinks, RemoveOldInvitations] })
export class InvitationsWorkerModule {}
