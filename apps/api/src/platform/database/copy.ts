import { escapeLiteral, type PoolClient } from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import { finished } from 'node:stream/promises';
import type { EntityManager } from 'typeorm';

/**
 * PostgreSQL's COPY on the connection of a transaction, the fastest way in: the only place that knows what carries it.
 * `copy-out.ts` is the way out. The statements see and lock what any other statement of the transaction would.
 */

/**
 * Writes lines in COPY's text form (see `copyLine`) into the table and columns that `target` names, such as
 * `contacts (name, email)`. Throws what an INSERT of the same rows would throw.
 */
export async function copyIn(manager: EntityManager, target: string, lines: Buffer): Promise<void> {
  const client = await clientOf(manager);
  const stream = client.query(copyFrom(`COPY ${target} FROM STDIN`));
  stream.end(lines);
  await finished(stream);
}

/** The statement with `$1`, `$2`, … replaced by their values, quoted by the driver. */
export function literals(sql: string, params: readonly unknown[]): string {
  return sql.replace(/\$(\d+)/g, (_, place: string) => literal(params[Number(place) - 1]));
}

function literal(value: unknown): string {
  if (value === null) return 'NULL';
  if (typeof value === 'number' && Number.isFinite(value)) return String(value);
  if (typeof value === 'string') return escapeLiteral(value);
  throw new TypeError(`A ${typeof value} has no form in a COPY statement.`);
}

/** One row for `copyIn`: null is COPY's own sign for it, and what would end a cell or a row is escaped. */
export function copyLine(cells: readonly (string | number | null)[]): string {
  return `${cells.map(copyCell).join('\t')}\n`;
}

function copyCell(cell: string | number | null): string {
  if (cell === null) return '\\N';
  if (typeof cell === 'number') return String(cell);
  return SPECIAL.test(cell) ? cell.replace(/[\\\t\n\r]/g, (sign) => ESCAPES[sign] ?? sign) : cell;
}

const SPECIAL = /[\\\t\n\r]/;
const ESCAPES: Readonly<Record<string, string>> = { '\\': '\\\\', '\t': '\\t', '\n': '\\n', '\r': '\\r' };

async function clientOf({ queryRunner }: EntityManager): Promise<PoolClient> {
  if (queryRunner === undefined)
    throw new Error('COPY needs a transaction: it has to stay on one connection.');
  return (await queryRunner.connect()) as PoolClient;
}
