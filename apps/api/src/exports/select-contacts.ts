import type { ExportColumn } from '@ponte/contracts';
import type { EntityManager } from 'typeorm';
import { contactWhere, readAccountExtent, type AccountExtent } from '../contacts';
import { literals } from '../platform/database/copy';
import type { ExportEntity } from './export.entity';

/**
 * Memory for the sort by id. A million contacts need 130 MB; with less PostgreSQL sorts on disk, or walks through the
 * contacts of every other account too.
 */
const SORT_MEMORY = '192MB';

/** Contacts of others among those of an account make the walk longer, and the sort no dearer. */
const SPARSEST = 2;

/** Which contacts an export has. */
export function exportWhere({ accountId, q, payload, importId }: ExportEntity) {
  return contactWhere({ accountId, q, conditions: payload, importId: importId ?? undefined });
}

/** Where the contacts of an export of the whole account lie; null when only some of them are asked for. */
export async function readExtent(manager: EntityManager, run: ExportEntity): Promise<AccountExtent | null> {
  const isWhole = run.q === '' && run.payload.length === 0 && run.importId === null;
  return isWhole ? readAccountExtent(manager, run.accountId) : null;
}

/**
 * Has the transaction's statements walk where contacts lie close together, and sort in memory where they do not. PostgreSQL
 * would sort those of an account that its statistics do not know, too: it believes that it is empty.
 */
export async function prepareSelect(manager: EntityManager, extent: AccountExtent | null): Promise<void> {
  await manager.query(`SELECT set_config('work_mem', $1, true), set_config('enable_sort', $2, true)`, [
    SORT_MEMORY,
    isDense(extent) ? 'off' : 'on',
  ]);
}

/** The query of an export's cells, as texts, in the order in which the contacts were made. */
export function selectContacts(run: ExportEntity, extent: AccountExtent | null): string {
  const { sql, params } = exportWhere(run);
  const cells = run.columnNames.map(cellSql).join(', ');
  return literals(`SELECT ${cells} FROM contacts WHERE ${sql}${betweenSql(extent)} ORDER BY id`, params);
}

/** Where to walk when the account's contacts lie close together: the first one comes at once, in order. */
function betweenSql(extent: AccountExtent | null): string {
  return isDense(extent) ? ` AND id BETWEEN ${extent.firstId} AND ${extent.lastId}` : '';
}

/** As imports leave them. */
function isDense(
  extent: AccountExtent | null,
): extent is AccountExtent & { firstId: number; lastId: number } {
  if (extent === null || extent.firstId === null || extent.lastId === null) return false;
  return extent.lastId - extent.firstId < SPARSEST * extent.count;
}

/** A column as text: moments as the API writes them, whatever time zone the database has. */
function cellSql(name: ExportColumn): string {
  const isMoment = name === 'created_at' || name === 'updated_at';
  return isMoment ? `to_char(${name} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')` : name;
}
