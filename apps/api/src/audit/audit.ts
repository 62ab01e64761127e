import type { AuditAction, Params } from '@ponte/contracts';
import type { EntityManager } from 'typeorm';

export interface AuditEvent {
  action: AuditAction;
  accountId?: number | undefined;
  userId?: number | undefined;
  /** Id of what it was done to: an import, an export, a user, a token. */
  subjectId?: number | undefined;
  /** How many contacts, rows or things it was about. */
  count?: number | undefined;
  /** Codes and counts; never names, addresses or phone numbers. */
  details?: Params | undefined;
}

/** Appends one event inside the given transaction, and answers its id. */
export async function recordAudit(manager: EntityManager, event: AuditEvent): Promise<number> {
  const rows = await manager.query<{ id: number }[]>(
    `INSERT INTO audit_events (action, account_id, user_id, subject_id, details)
     VALUES ($1, $2, $3, $4, $5) RETURNING id`,
    [
      event.action,
      event.accountId ?? null,
      event.userId ?? null,
      event.subjectId ?? null,
      { ...event.details, ...(event.count === undefined ? {} : { count: event.count }) },
    ],
  );
  const id = rows[0]?.id;
  if (id === undefined) throw new Error('The audit event was not written.');
  return id;
}
