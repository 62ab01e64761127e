import type { RunMail } from '@ponte/contracts';
import { In, type EntityManager } from 'typeorm';
import type { Mail, MessageKind } from './messages';
import { OutboxEntity } from './outbox.entity';

/** Wakes the senders when the transaction that wrote a mail commits. */
export const OUTBOX_CHANNEL = 'ponte_outbox';

/**
 * Puts one e-mail into the outbox, inside the transaction of the run that it is about: both are written or neither. A
 * second one of the same kind about the same run is dropped.
 */
export async function enqueueMail(manager: EntityManager, mail: Mail): Promise<void> {
  await manager.query(
    `INSERT INTO outbox (kind, subject_id, to_address, locale, data) VALUES ($1, $2, $3, $4, $5::jsonb)
     ON CONFLICT (kind, subject_id) DO NOTHING`,
    [mail.kind, mail.subjectId, mail.to.address, mail.to.locale, JSON.stringify(mail.data)],
  );
  await manager.query('SELECT pg_notify($1, $2)', [OUTBOX_CHANNEL, '']);
}

/** Where the e-mails about these runs are, by run; a run whose e-mail is not written yet is not in the map. */
export async function mailStates(
  manager: EntityManager,
  kinds: readonly MessageKind[],
  subjectIds: readonly number[],
): Promise<Map<number, RunMail>> {
  if (subjectIds.length === 0) return new Map();
  const rows = await manager.find(OutboxEntity, {
    select: { id: true, subjectId: true, state: true, attempts: true, sentAt: true },
    where: { kind: In(kinds), subjectId: In(subjectIds) },
  });
  return new Map(
    rows.map(({ subjectId, state, attempts, sentAt }) => [
      Number(subjectId),
      { state, attempts, sent_at: sentAt?.toISOString() ?? null },
    ]),
  );
}
