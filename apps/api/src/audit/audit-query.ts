import type { AuditEventView, AuditFilter } from '@ponte/contracts';
import type { EntityManager } from 'typeorm';

/** An event with what the list shows of it, and the id of a person who may be deleted. */
export interface AuditRecord extends AuditEventView {
  userId: number | null;
}

export interface AuditSlice {
  /** Only events before this one, which are older. */
  beforeId?: number;
  limit: number;
  offset?: number;
}

interface AuditRow extends Omit<AuditEventView, 'created_at' | 'actor'> {
  created_at: Date;
  user_id: number | null;
  user_name: string | null;
  token_id: number | null;
}

/** Events of an account, newest first. */
export async function readAudit(
  manager: EntityManager,
  accountId: number,
  filter: AuditFilter,
  { beforeId, limit, offset = 0 }: AuditSlice,
): Promise<AuditRecord[]> {
  const { branches, params } = eventsOf(accountId, filter, beforeId);
  // Each part is read in its own order and no further than this page: the sum of them is short.
  const first = `ORDER BY event.id DESC LIMIT $${params.push(offset + limit)}`;
  const listed = branches.map((branch) => `(SELECT event.* ${branch} ${first})`).join(' UNION ALL ');
  const rows = await manager.query<AuditRow[]>(
    `SELECT listed.*, users.name AS user_name FROM (${listed}) AS listed LEFT JOIN users ON users.id = listed.user_id
     ORDER BY listed.id DESC LIMIT $${params.push(limit)} OFFSET $${params.push(offset)}`,
    params,
  );
  return rows.map(recordOf);
}

export async function countAudit(
  manager: EntityManager,
  accountId: number,
  filter: AuditFilter,
): Promise<number> {
  const { branches, params } = eventsOf(accountId, filter);
  const counts = branches.map((branch) => `(SELECT count(*) ${branch})`).join(' + ');
  const [row] = await manager.query<{ count: number }[]>(`SELECT ${counts} AS count`, params);
  return row?.count ?? 0;
}

/**
 * The account's own events; and those of its present members that belong to no account (sign-ins, passwords, tokens), since
 * they have been members.
 */
function eventsOf(
  accountId: number,
  { action, user_id: userId, since, until }: AuditFilter,
  beforeId?: number,
): { branches: string[]; params: unknown[] } {
  const params: unknown[] = [accountId];
  const parts: string[] = [];
  const add = (condition: string, value: unknown) => {
    if (value !== undefined) parts.push(` AND event.${condition} $${params.push(value)}`);
  };
  add('action =', action);
  add('user_id =', userId);
  add('created_at >=', since);
  add('created_at <', until);
  add('id <', beforeId);
  const where = parts.join('');
  return {
    branches: [
      `FROM audit_events AS event WHERE event.account_id = $1${where}`,
      `FROM members JOIN audit_events AS event ON event.account_id IS NULL AND event.user_id = members.user_id
       WHERE members.account_id = $1 AND event.created_at >= members.created_at${where}`,
    ],
    params,
  };
}

function recordOf(row: AuditRow): AuditRecord {
  const { id, action, via, address, subject_id, count, user_id: userId, user_name: name } = row;
  return {
    id,
    action,
    actor: userId === null || name === null ? null : { id: userId, name },
    via,
    address,
    subject_id,
    count,
    details: row.token_id === null ? row.details : { ...row.details, token_id: row.token_id },
    created_at: row.created_at.toISOString(),
    userId,
  };
}
