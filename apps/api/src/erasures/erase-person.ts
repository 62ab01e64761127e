import type { EntityManager } from 'typeorm';
import { PendingFiles } from '../platform/storage/pending-files';
import { EXPORT_QUERY_GONE, IMPORT_NAMES_GONE } from '../retention';
import { foundIn, type Found, type FoundIn } from './found';

/** Where, and since when nobody brings the person back. */
export interface ErasureScope {
  accountId: number;
  since: Date;
}

/**
 * Erases what was found, inside the given transaction. Answers the keys of stored files that nobody points to any more: they
 * are removed when it has committed. What a run still needs is marked, and goes when that has ended.
 */
export async function erasePerson(
  manager: EntityManager,
  scope: ErasureScope,
  found: readonly Found[],
): Promise<string[]> {
  const ids = (place: 'contacts' | 'export_files' | 'export_queries' | 'outbox') =>
    foundIn(found, place).map(({ id }) => id);
  const headers = foundIn(found, 'import_mappings').map(({ header }) => header);
  await eraseContacts(manager, ids('contacts'));
  await eraseRejectedRows(manager, foundIn(found, 'rejected_rows'));
  await eraseMappings(manager, scope.accountId, headers);
  await manager.query('DELETE FROM outbox WHERE id = ANY ($1)', [ids('outbox')]);
  await eraseQueries(manager, ids('export_queries'));
  await restartExports(manager, scope.accountId);
  const keys = [
    ...(await eraseUploads(manager, foundIn(found, 'stored_files'))),
    ...(await eraseExportFiles(manager, scope, ids('export_files'))),
  ];
  for (const key of keys) await PendingFiles.abandon(manager, key);
  return keys;
}

/** From the copy that searches look at, too; an entry of the journal sees to what is copied at this moment. */
async function eraseContacts(manager: EntityManager, ids: readonly number[]): Promise<void> {
  await manager.query('DELETE FROM contacts WHERE id = ANY ($1)', [ids]);
  await manager.query('DELETE FROM contact_search WHERE contact_id = ANY ($1)', [ids]);
}

/** The row stays, with its number and its reasons: the sum of its import closes. */
async function eraseRejectedRows(
  manager: EntityManager,
  rows: readonly { id: number; row: number }[],
): Promise<void> {
  await manager.query(
    `UPDATE import_rejected_rows AS rejected
     SET cells = (SELECT coalesce(jsonb_agg(''::text), '[]') FROM jsonb_array_elements(rejected.cells))
     FROM unnest($1::bigint[], $2::int[]) AS found (import_id, row_number)
     WHERE rejected.import_id = found.import_id AND rejected.row_number = found.row_number`,
    [rows.map(({ id }) => id), rows.map(({ row }) => row)],
  );
}

async function eraseMappings(manager: EntityManager, accountId: number, headers: Buffer[]): Promise<void> {
  await manager.query(
    `UPDATE import_mappings SET mapping = jsonb_set(mapping, '{defaults}', '{}')
     WHERE account_id = $1 AND header_sha256 = ANY ($2)`,
    [accountId, headers],
  );
}

/** The query of an export that goes on says which contacts it has: without it, it would be all of them. */
async function eraseQueries(manager: EntityManager, ids: readonly number[]): Promise<void> {
  const isOpen = `state IN ('queued', 'running')`;
  await manager.query(`UPDATE exports SET forget = true WHERE id = ANY ($1) AND ${isOpen}`, [ids]);
  await manager.query(`UPDATE exports SET ${EXPORT_QUERY_GONE} WHERE id = ANY ($1) AND NOT ${isOpen}`, [ids]);
}

/** The snapshot of an export that runs may be older than the erasure: a worker begins it again. */
async function restartExports(manager: EntityManager, accountId: number): Promise<void> {
  await manager.query(
    `UPDATE exports SET fence = fence + 1, lease_until = now() WHERE account_id = $1 AND state = 'running'`,
    [accountId],
  );
}

async function eraseUploads(
  manager: EntityManager,
  found: readonly FoundIn<'stored_files'>[],
): Promise<string[]> {
  const named = found.filter(({ isNamed }) => isNamed).map(({ id }) => id);
  const holding = found.filter(({ isInFile }) => isInFile).map(({ id }) => id);
  // A run that goes on reads its file and compares the titles: they go when the run has ended.
  const isOpen = `state IN ('queued', 'running')`;
  const all = [...named, ...holding];
  await manager.query(`UPDATE imports SET forget = true WHERE id = ANY ($1) AND ${isOpen}`, [all]);
  const ended = `id = ANY ($1) AND NOT ${isOpen}`;
  await manager.query(`UPDATE imports SET ${IMPORT_NAMES_GONE} WHERE ${ended}`, [named]);
  return takeKeys(manager, 'imports', 'id = ANY ($1) AND NOT forget', [holding]);
}

/** With the files that were made since the search began: those were not looked at. */
function eraseExportFiles(
  manager: EntityManager,
  { accountId, since }: ErasureScope,
  ids: readonly number[],
): Promise<string[]> {
  return takeKeys(manager, 'exports', 'account_id = $2 AND (id = ANY ($1) OR finished_at >= $3)', [
    ids,
    accountId,
    since,
  ]);
}

/** Takes the pointers to stored files away and answers them. */
async function takeKeys(
  manager: EntityManager,
  table: 'imports' | 'exports',
  condition: string,
  params: unknown[],
): Promise<string[]> {
  const rows = await manager.query<{ id: number; key: string }[]>(
    `SELECT id, storage_key AS key FROM ${table} WHERE ${condition} AND storage_key IS NOT NULL FOR UPDATE`,
    params,
  );
  const gone = table === 'exports' ? 'storage_key = NULL, expires_at = now()' : 'storage_key = NULL';
  await manager.query(`UPDATE ${table} SET ${gone} WHERE id = ANY ($1)`, [rows.map(({ id }) => id)]);
  return rows.map(({ key }) => key);
}
