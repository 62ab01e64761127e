import type { ExportColumn } from '@ponte/contracts';
import { contactWhere } from '../contacts';
import { literals } from '../platform/database/copy';
import type { ExportEntity } from './export.entity';

/**
 * Memory for the sort by id. A million contacts need 130 MB; with less PostgreSQL sorts on disk, or walks through the
 * contacts of every other account too.
 */
export const SORT_MEMORY = '192MB';

/** Which contacts an export has. */
export function exportWhere({ accountId, q, payload, importId }: ExportEntity) {
  return contactWhere({ accountId, q, conditions: payload, importId: importId ?? undefined });
}

/** The query of an export's cells, as texts, in the order in which the contacts were made. */
export function selectContacts(run: ExportEntity): string {
  const { sql, params } = exportWhere(run);
  const cells = run.columnNames.map(cellSql).join(', ');
  return literals(`SELECT ${cells} FROM contacts WHERE ${sql} ORDER BY id`, params);
}

/** A column as text: moments as the API writes them, whatever time zone the database has. */
function cellSql(name: ExportColumn): string {
  const isMoment = name === 'created_at' || name === 'updated_at';
  return isMoment ? `to_char(${name} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')` : name;
}
