import type { Locale, Role } from '@ponte/contracts';
import type { EntityManager } from 'typeorm';

/** Names of people by id. */
export async function userNames(
  manager: EntityManager,
  ids: readonly number[],
): Promise<Map<number, string>> {
  const rows = await manager.query<{ id: number; name: string }[]>(
    'SELECT id, name FROM users WHERE id = ANY ($1)',
    [[...new Set(ids)]],
  );
  return new Map(rows.map(({ id, name }) => [id, name]));
}

/** Who gets an e-mail. */
export interface Recipient {
  address: string;
  locale: Locale;
}

/** Who started a run, as far as a permission check needs it; the role is null when they left. */
export interface Starter extends Recipient {
  role: Role | null;
}

export async function starterOf(
  manager: EntityManager,
  userId: number,
  accountId: number,
): Promise<Starter | null> {
  const rows = await manager.query<Starter[]>(
    `SELECT users.email AS address, users.locale, members.role FROM users
     LEFT JOIN members ON members.user_id = users.id AND members.account_id = $2 WHERE users.id = $1`,
    [userId, accountId],
  );
  return rows[0] ?? null;
}

/**
 * Who is told about a run: the person who started it, or, when they have left the account, its oldest administrator. Null
 * when there is none.
 */
export async function recipientOf(
  manager: EntityManager,
  userId: number,
  accountId: number,
): Promise<Recipient | null> {
  const rows = await manager.query<Recipient[]>(
    `SELECT users.email AS address, users.locale FROM members JOIN users ON users.id = user_id
     WHERE account_id = $2 AND (user_id = $1 OR role = 'administrator')
     ORDER BY user_id = $1 DESC, members.created_at, user_id LIMIT 1`,
    [userId, accountId],
  );
  return rows[0] ?? null;
}
