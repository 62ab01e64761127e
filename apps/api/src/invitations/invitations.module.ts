import { Module } from '@nestjs/common';
import { AccountsModule } from '../accounts';
import { AuthModule } from '../auth';
import { MailModule } from '../platform/mail';
import { UsersModule } from '../users';
import { InvitationLimits } from './invitation-limits';
import { Invitations } from './invitations';
import { InvitationsController } from './invitations.controller';
import { ReceivedInvitations } from './received-invitations';
import { ReceivedInvitationsController } from './received-invitations.controller';

/** How people come to belong to an account: they are invited, and they accept. */
@Module({
  imports: [AccountsModule, AuthModule, MailModule, UsersModule],
  controllers: [InvitationsController, ReceivedInvitationsController],
  providers: [Invitations, InvitationLimits, ReceivedInvitations],
})
export class InvitationsModule {}
