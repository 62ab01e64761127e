import type { Contact } from '@ponte/contacts';
import type { Role } from '@ponte/contracts';
import { defineAbility } from '@ponte/permissions';
import type { DataSource, EntityManager } from 'typeorm';
import { starterOf } from '../accounts';
import { UpsertConflict, upsertContacts } from '../contacts';
import { isPassing, isRefusal, withRetries } from '../platform/database/retry';
import type { Lease } from '../platform/queue/leases';
import type { ImportEntity } from './import.entity';
import { holdLane, saveLane, type LaneState } from './import-lanes';
import { rejected, type JudgedRow, type RejectedRow } from './judge-rows';
import { inOwnColumns } from './own-columns';
import { addBatch } from './progress';

/** The person who started the import may not import into this account any more. */
export class PermissionLost extends Error {
  override name = 'PermissionLost';
}

export interface BatchContext {
  dataSource: DataSource;
  run: ImportEntity;
  lease: Lease;
  /** How many lanes the run has: the only one takes numbers of every lane. */
  lanes: number;
}

/** A row with its verdict, and whether the account or an earlier row of the file may have its phone number. */
export type LaneRow = JudgedRow & { mayBeKnown: boolean };

/**
 * Writes judged rows of one lane: contacts, rejected rows, counters and checkpoint in one transaction, held by the lease.
 * A batch that PostgreSQL refuses is halved until the row that it cannot hold is alone, and that row is rejected. Answers
 * the lane as it is committed and whether somebody asked to cancel.
 */
export async function writeBatch(
  context: BatchContext,
  state: LaneState,
  rows: readonly LaneRow[],
): Promise<Written> {
  try {
    return await writeRows(context, state, rows, null);
  } catch (error) {
    if (!isRefusal(error)) throw error;
    const [only] = rows;
    if (rows.length === 1 && only !== undefined) return writeRows(context, state, rows, rejected(only));
    const middle = Math.ceil(rows.length / 2);
    const first = await writeBatch(context, state, rows.slice(0, middle));
    return first.isCancelled ? first : writeBatch(context, first.state, rows.slice(middle));
  }
}

interface Written {
  state: LaneState;
  isCancelled: boolean;
}

/** Tries until the rows are written or refused. After a conflict every number is asked for. */
function writeRows(
  context: BatchContext,
  state: LaneState,
  rows: readonly LaneRow[],
  poison: RejectedRow | null,
): Promise<Written> {
  let isAsked = ({ mayBeKnown }: LaneRow) => mayBeKnown;
  return withRetries(
    () => writeOnce(context, state, rows, isAsked, poison),
    (error) => {
      if (error instanceof UpsertConflict) isAsked = () => true;
      return isPassing(error) || error instanceof UpsertConflict;
    },
    context.lease.signal,
  );
}

function writeOnce(
  { dataSource, run, lease, lanes }: BatchContext,
  state: LaneState,
  rows: readonly LaneRow[],
  isAsked: (row: LaneRow) => boolean,
  poison: RejectedRow | null,
): Promise<Written> {
  return dataSource.transaction(async (manager) => {
    const held = await holdLane(manager, lease, state.lane);
    // Expected when the connection broke during a commit that succeeded: this is the second try of a batch that is written.
    if (held.state.position > state.position) return held;
    await assertMayImport(manager, run);
    const contacts: Contact[] = [];
    const asked: string[] = [];
    const rejectedRows = poison === null ? [] : [poison];
    for (const row of poison === null ? rows : []) {
      if (row.contact === null) rejectedRows.push(rejected(row));
      else contacts.push(row.contact);
      if (row.contact !== null && isAsked(row)) asked.push(row.contact.phone_number);
    }
    const options = {
      accountId: run.accountId,
      importId: run.id,
      existing: run.options.existing,
      lane: lanes === 1 ? null : state.lane,
    };
    const outcomes = await upsertContacts(manager, options, contacts, asked);
    const shown = rejectedRows.map((row) => inOwnColumns(row, run.columns));
    await insertRejectedRows(manager, run.id, shown);
    const position = rows.at(-1)?.row ?? state.position;
    const next = { ...state, position, counts: addBatch(state.counts, outcomes, rejectedRows) };
    await saveLane(manager, lease, next);
    return { state: next, isCancelled: held.isCancelled };
  });
}

async function assertMayImport(
  manager: EntityManager,
  { createdBy, accountId }: ImportEntity,
): Promise<void> {
  const role: Role | null = (await starterOf(manager, createdBy, accountId))?.role ?? null;
  if (!defineAbility(role).can('create', 'Import')) throw new PermissionLost();
}

async function insertRejectedRows(
  manager: EntityManager,
  importId: number,
  rows: readonly RejectedRow[],
): Promise<void> {
  if (rows.length === 0) return;
  const json = JSON.stringify(rows, (_, value: unknown) =>
    typeof value === 'string' ? storable(value) : value,
  );
  await manager.query(
    `INSERT INTO import_rejected_rows (import_id, row_number, line, codes, fields, cells)
     SELECT $1, "row", line, codes, fields, cells
     FROM jsonb_to_recordset($2::jsonb) AS rejected ("row" int, line int, codes jsonb, fields jsonb, cells jsonb)`,
    [importId, json],
  );
}

/** PostgreSQL holds no NUL and no half character: pictures stand for them, so that the row can be shown and downloaded. */
function storable(text: string): string {
  return text.replaceAll('\0', '\u2400').replace(/\p{Surrogate}/gu, '\ufffd');
}
