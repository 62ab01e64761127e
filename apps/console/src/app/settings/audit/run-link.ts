import type { AuditAction, AuditEventView } from '@ponte/contracts';

/** The import or export that an event is about. */
export interface RunLink {
  kind: 'import' | 'export';
  id: number;
  /** Its part of the address; null when it was deleted by this very event. */
  path: 'imports' | 'exports' | null;
}

const IMPORTS: readonly AuditAction[] = [
  'import_created',
  'import_cancelled',
  'import_ended',
  'import_deleted',
  'rejected_rows_downloaded',
];
const EXPORTS: readonly AuditAction[] = [
  'export_created',
  'export_ended',
  'export_downloaded',
  'export_deleted',
];

export function runLink({ action, subject_id: id }: AuditEventView): RunLink | null {
  if (id === null) return null;
  if (IMPORTS.includes(action))
    return { kind: 'import', id, path: action === 'import_deleted' ? null : 'imports' };
  if (EXPORTS.includes(action))
    return { kind: 'export', id, path: action === 'export_deleted' ? null : 'exports' };
  return null;
}
