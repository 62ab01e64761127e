import { TableRefusal } from '../table-refusal';

/** A file that is no whole workbook. `reason` is for logs and reports: one word for each place that refuses. */
export function corruptWorkbook(reason: string): TableRefusal {
  return new TableRefusal('corrupt_workbook', { params: { reason } });
}

/** A file that no spreadsheet program writes and that could be made to harm. */
export function unsafeFile(reason: string): TableRefusal {
  return new TableRefusal('unsafe_file', { params: { reason } });
}

/** A workbook that would become larger than `limit` (bytes or characters) when unpacked. */
export function tooLargeUnpacked(limit: number): TableRefusal {
  return new TableRefusal('too_large_unpacked', { params: { limit } });
}

/** A file of another kind, or of a kind that is not read. */
export function unsupportedType(format: string): TableRefusal {
  return new TableRefusal('unsupported_type', { params: { format } });
}
