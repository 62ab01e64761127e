/**
 * Limits of one uploaded file, in one place: the API enforces them, the console shows them, the API documentation
 * quotes them. Operators can lower or raise `fileBytes` and `rows` by variables; these are the defaults.
 */
export const FILE_LIMITS = {
  /** Bytes of one file. */
  fileBytes: 512 * 1024 * 1024,
  /** Data rows of one file: what an Excel sheet can hold. */
  rows: 1_048_576,
  /** Columns of one row: what an Excel sheet can hold. */
  columns: 16_384,
  /** Bytes of one cell. */
  cellBytes: 1024 * 1024,
} as const;

/** Rows a page of any list; the default is Chatwoot's. */
export const PAGE_LIMITS = { default: 15, max: 100 } as const;

/** How long things are kept, in hours. */
export const RETENTION_HOURS = { exportFile: 72, uploadedFile: 30 * 24 } as const;
