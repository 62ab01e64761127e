import type { AuditAction, Params } from '@ponte/contracts';
import type { EntityManager } from 'typeorm';
import { currentOrigin, type Origin } from '../platform/http/request-context';

export interface AuditEvent {
  action: AuditAction;
  accountId?: number | null | undefined;
  userId?: number | null | undefined;
  /** Id of what it was done to: an import, an export, a contact, a user, a token. */
  subjectId?: number | undefined;
  /** How many contacts, rows or things it was about. */
  count?: number | undefined;
  /** Codes and counts; never names, addresses or phone numbers. */
  details?: Params | undefined;
}

/** Appends one event inside the given transaction, and answers its id. It gets its place in the chain at the commit. */
export async function recordAudit(
  manager: EntityManager,
  event: AuditEvent,
  origin: Origin = currentOrigin(),
): Promise<number> {
  const rows = await manager.query<{ id: number }[]>(
    `INSERT INTO audit_events (action, account_id, user_id, subject_id, count, details, via, address, token_id)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) RETURNING id`,
    [
      event.action,
      event.accountId ?? null,
      event.userId ?? null,
      event.subjectId ?? null,
      event.count ?? null,
      event.details ?? {},
      origin.via,
      origin.address,
      origin.tokenId,
    ],
  );
  const id = rows[0]?.id;
  if (id === undefined) throw new Error('The audit event was not written.');
  return id;
}
