import { LINK_HOURS } from '@ponte/contracts';
import type { DataSource } from 'typeorm';
import { recordAudit } from '../audit';
import { hashSecret, newSecret } from '../auth';
import { emailKey } from '../users';

/** Console path that a link for a new password opens. Its secret stands behind the #: neither a server nor a proxy sees it. */
export function resetPath(secret: string): string {
  return `/reset-password#${secret}`;
}

/** A link for the person with that address, without an e-mail: for operators. Null when nobody has the address. */
export function makeResetLink(
  dataSource: DataSource,
  email: string,
): Promise<{ path: string; expiresAt: Date } | null> {
  return dataSource.transaction(async (manager) => {
    const [user] = await manager.query<{ id: number }[]>('SELECT id FROM users WHERE email_key = $1', [
      emailKey(email),
    ]);
    if (user === undefined) return null;
    const secret = newSecret();
    const [reset] = await manager.query<{ id: number; expires_at: Date }[]>(
      `INSERT INTO password_resets (email_key, token_hashes, expires_at)
       VALUES ($1, ARRAY[$2::bytea], now() + $3 * interval '1 hour') RETURNING id, expires_at`,
      [emailKey(email), hashSecret(secret), LINK_HOURS.passwordReset],
    );
    if (reset === undefined) throw new Error('The link was not written.');
    await recordAudit(manager, {
      action: 'password_reset_requested',
      userId: user.id,
      subjectId: reset.id,
      details: { by: 'operator' },
    });
    return { path: resetPath(secret), expiresAt: reset.expires_at };
  });
}
