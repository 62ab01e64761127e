import type { InvitationView } from '@ponte/contracts';
import { HOLDS } from './holds';

/** SELECT of invitations as their account's administrators see them; conditions can follow. */
export const VIEW = `
  SELECT invitations.id, invitations.email, invitations.name, invitations.role, invitations.created_at,
    invitations.expires_at, NOT ${HOLDS} AS is_expired, users.id AS inviter_id, users.name AS inviter_name,
    outbox.state AS mail_state, outbox.sent_at
  FROM invitations
  LEFT JOIN users ON users.id = invitations.invited_by
  LEFT JOIN outbox ON outbox.kind = 'invitation' AND outbox.subject_id = invitations.mail_id`;

export interface InvitationRow extends Pick<InvitationView, 'id' | 'email' | 'name' | 'role' | 'is_expired'> {
  created_at: Date;
  expires_at: Date;
  inviter_id: number | null;
  inviter_name: string | null;
  mail_state: NonNullable<InvitationView['mail']>['state'] | null;
  sent_at: Date | null;
}

export function invitationView(row: InvitationRow): InvitationView {
  const { id, email, name, role, is_expired, inviter_id, inviter_name, mail_state } = row;
  return {
    id,
    email,
    name,
    role,
    invited_by: inviter_id === null ? null : { id: inviter_id, name: inviter_name ?? '' },
    created_at: row.created_at.toISOString(),
    expires_at: row.expires_at.toISOString(),
    is_expired,
    mail: mail_state === null ? null : { state: mail_state, sent_at: row.sent_at?.toISOString() ?? null },
  };
}
