/**
 * SQL: an invitation can be accepted. Its week is not over, and who sent it last is still an administrator: somebody who
 * was removed must not come back by an invitation that they left behind.
 */
export const HOLDS = `(invitations.expires_at > now() AND EXISTS (
  SELECT 1 FROM members AS inviter WHERE inviter.account_id = invitations.account_id
    AND inviter.user_id = invitations.invited_by AND inviter.role = 'administrator'))`;
