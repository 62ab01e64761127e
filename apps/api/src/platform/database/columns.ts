import type { ColumnOptions } from 'typeorm';

/** A reference to a row: bigint in PostgreSQL, a number in JavaScript (`parseInt8` of the connection). */
export const ID = { type: 'bigint' } as const satisfies ColumnOptions;

/** Timestamp with time zone, a `Date` in JavaScript. */
export const TIMESTAMP = { type: 'timestamptz' } as const satisfies ColumnOptions;

/** Text that is compared byte by byte: phones and e-mails need no collation, and `C` costs nothing. */
export const PLAIN_TEXT = { type: 'text', collation: 'C' } as const satisfies ColumnOptions;

/** When the row was made, by the database's clock. */
export const CREATED_AT = {
  ...TIMESTAMP,
  name: 'created_at',
  default: () => 'now()',
} as const satisfies ColumnOptions;
