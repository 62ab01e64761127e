import type { Locale, Role } from '@ponte/contracts';
import type { EntityManager } from 'typeorm';

export interface Person {
  id: number;
  name: string;
}

/** The people of the given ids as views show them; who was deleted is not in the map. */
export async function peopleById(
  manager: EntityManager,
  ids: readonly (number | null)[],
): Promise<Map<number | null, Person>> {
  const rows = await manager.query<Person[]>('SELECT id, name FROM users WHERE id = ANY ($1)', [
    [...new Set(ids)],
  ]);
  return new Map(rows.map((person) => [person.id, person]));
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
  userId: number | null,
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
  userId: number | null,
  accountId: number,
): Promise<Recipient | null> {
  const rows = await manager.query<Recipient[]>(
    `SELECT users.email AS address, users.locale FROM members JOIN users ON users.id = user_id
     WHERE account_id = $2 AND (user_id = $1 OR role = 'administrator')
     ORDER BY user_id = $1 DESC NULLS LAST, members.created_at, user_id LIMIT 1`,
    [userId, accountId],
  );
  return rows[0] ?? null;
}
