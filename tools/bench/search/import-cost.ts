import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { markdownTable, median, times } from '../figures';
import type { Postgres } from '../postgres';
import { startProduct, type Build } from '../product';
import { contactsSql } from './fill';

const BATCH = 20_000;
const DATABASE = 'import_cost';
const EMPTY = 'import_cost_empty';

const TRIGRAMS = `USING gin (account_id, ponte_fold(name) gin_trgm_ops, lower(email) gin_trgm_ops,
  replace(phone_number, '+', '') gin_trgm_ops)`;

/** What stands on the table of contacts besides the indexes that it cannot be without. */
const VARIANTS = {
  'nothing for searches': ['DROP INDEX contacts_without_email', 'ALTER TABLE contacts DISABLE TRIGGER USER'],
  'as the product is: journal, and an index for each order but that of the time': [],
  'the same, and an index for the order of the time': [
    'CREATE INDEX contacts_created ON contacts (account_id, created_at, id)',
  ],
  'one trigram index on the name': [
    'ALTER TABLE contacts DISABLE TRIGGER USER',
    'CREATE INDEX searched ON contacts USING gin (ponte_fold(name) gin_trgm_ops)',
  ],
  'trigrams of name, e-mail and phone': [
    'ALTER TABLE contacts DISABLE TRIGGER USER',
    `CREATE INDEX searched ON contacts ${TRIGRAMS}`,
  ],
  'the same, in a pending list of 2 GB': [
    'ALTER TABLE contacts DISABLE TRIGGER USER, SET (autovacuum_enabled = off)',
    `CREATE INDEX searched ON contacts ${TRIGRAMS} WITH (gin_pending_list_limit = 2097151)`,
  ],
} as const satisfies Record<string, readonly string[]>;

export interface ImportCost {
  readonly variant: string;
  readonly rowsPerSecond: number;
}

/** The same rows by COPY into the empty table, with and without what searches need; variants in turn. */
export async function measureImportCost(
  postgres: Postgres,
  build: Build,
  rows: number,
  turns: number,
): Promise<ImportCost[]> {
  const folder = await mkdtemp(join(tmpdir(), 'ponte-bench-'));
  try {
    await postgres.createDatabase(EMPTY);
    // Makes the tables, the first people and their account, and ends.
    await (await startProduct({ build, databaseUrl: postgres.url(EMPTY) })).stop();
    await chmod(folder, 0o755);
    const batches = await writeBatches(postgres, folder, rows);
    const seconds = Object.entries(VARIANTS).map(([variant, change]) => ({
      variant,
      change,
      taken: [] as number[],
    }));
    for (let turn = 0; turn < turns; turn += 1) {
      for (const { change, taken } of seconds) taken.push(await copyBatches(postgres, change, batches));
    }
    await postgres.dropDatabase(DATABASE);
    return seconds.map(({ variant, taken }) => ({ variant, rowsPerSecond: rows / median(taken) }));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

export function costTable(costs: readonly ImportCost[]): string {
  const base = costs[0]?.rowsPerSecond ?? 1;
  const lines = costs.map(({ variant, rowsPerSecond }) => [
    variant,
    Math.round(rowsPerSecond).toLocaleString('en'),
    times(rowsPerSecond / base),
  ]);
  return markdownTable(['on the table of contacts', 'rows/s', '×'], lines);
}

async function writeBatches(postgres: Postgres, folder: string, rows: number): Promise<string[]> {
  const text = await postgres.psql(
    EMPTY,
    'SELECT setseed(0.43)',
    `COPY (SELECT account_id, name, phone_number, email FROM (${contactsSql([1], rows)}) AS made) TO STDOUT`,
  );
  const lines = text.split('\n').filter((line) => line.includes('\t'));
  const files: string[] = [];
  for (let at = 0; at < lines.length; at += BATCH) {
    const file = join(folder, `${files.length}.tsv`);
    await writeFile(file, `${lines.slice(at, at + BATCH).join('\n')}\n`);
    files.push(file);
  }
  return files;
}

async function copyBatches(
  postgres: Postgres,
  change: readonly string[],
  batches: readonly string[],
): Promise<number> {
  await postgres.copyDatabase(EMPTY, DATABASE);
  await postgres.psql(DATABASE, ...change, 'CHECKPOINT');
  const lanes = [0, 1].map((lane) =>
    batches
      .filter((_, index) => index % 2 === lane)
      .map((file) => `\\copy contacts (account_id, name, phone_number, email) from '${file}'`),
  );
  const began = performance.now();
  // Without a command psql would read from the terminal.
  await Promise.all(lanes.filter((lane) => lane.length > 0).map((lane) => postgres.psql(DATABASE, ...lane)));
  return (performance.now() - began) / 1000;
}
