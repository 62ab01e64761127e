import type { ContactList, ContactView } from '@ponte/contracts';
import { createRandom } from '@ponte/testing';
import { totalmem } from 'node:os';
import { markdownTable, saveResults } from '../figures';
import { Client } from '../client';
import { startPostgres, type Postgres } from '../postgres';
import { ADMINISTRATOR, copyBuild, startProduct, type Build } from '../product';
import { describeCopying, measureCopying, type Copying } from './copying';
import { fillAccounts } from './fill';
import { costTable, measureImportCost, type ImportCost } from './import-cost';
import { KINDS } from './questions';

const ROWS = 5_000_000;
const TURNS = 100;

export interface Speed {
  readonly kind: string;
  readonly p50: number;
  readonly p95: number;
  readonly p99: number;
}

interface Measured {
  readonly accounts: number;
  readonly speeds: readonly Speed[];
  readonly sizes: Readonly<Record<string, string>>;
  readonly copying: Copying;
  /** Of the account that was added: PostgreSQL's statistics know nothing of it. */
  readonly speedsOfAdded: readonly Speed[];
}

/** As PostgreSQL's manual advises for a server of its own. With less, it is measured how long the system keeps files in memory. */
const SHARED_BUFFERS_MB = Math.floor(totalmem() / 4 / 1024 ** 2);

/** Of the rows, are added afterwards to be copied. */
const ADDED = 0.1;

/** Lists and searches over HTTP with five million contacts, and what their indexes cost an import. `--rows=` for fewer, `--accounts=` for one case. */
export default async function benchSearch(options: readonly string[] = []): Promise<void> {
  const rows = readOption(options, 'rows') ?? ROWS;
  const only = readOption(options, 'accounts');
  const postgres = await startPostgres(`shared_buffers=${SHARED_BUFFERS_MB}MB`);
  const build = copyBuild();
  try {
    const measured: Measured[] = [];
    for (const accounts of only === null ? [1, 5] : [only])
      measured.push(await measureSearches(postgres, build, accounts, rows, TURNS));
    const costs = await measureImportCost(postgres, build, Math.min(rows, 400_000), 3);
    saveResults(
      'search',
      { rows, postgres: postgres.version, measured, costs },
      describe(rows, measured, costs),
    );
  } finally {
    await postgres.stop();
    build.remove();
  }
}

function readOption(options: readonly string[], name: string): number | null {
  const value = options.find((option) => option.startsWith(`--${name}=`))?.split('=')[1];
  return value === undefined ? null : Number(value);
}

export async function measureSearches(
  postgres: Postgres,
  build: Build,
  accounts: number,
  rows: number,
  turns: number,
): Promise<Measured> {
  const database = `search_${accounts}`;
  await postgres.createDatabase(database);
  const product = await startProduct({ build, databaseUrl: postgres.url(database) });
  try {
    const client = await Client.inNewAccount(product.address, ADMINISTRATOR);
    const others = await postgres.query<{ id: number }>(
      database,
      `INSERT INTO accounts (name) SELECT 'Other' FROM generate_series(2, ${accounts}) RETURNING id`,
    );
    await fillAccounts(postgres, database, [client.account, ...others.map(({ id }) => id)], rows);
    await readIntoMemory(postgres, database);
    const speeds = await askEverything(postgres, database, client, turns);
    const sizes = await sizesOf(postgres, database);
    const { copying, added } = await measureCopying(postgres, database, product, rows * ADDED);
    const speedsOfAdded = await askEverything(postgres, database, added, turns);
    return { accounts, speeds, sizes, copying, speedsOfAdded };
  } finally {
    await product.stop();
  }
}

/** What a server that has run for a day has done: indexes that were just made are on the disk alone. */
async function readIntoMemory(postgres: Postgres, database: string): Promise<void> {
  await postgres.psql(
    database,
    'CREATE EXTENSION pg_prewarm',
    `SELECT pg_prewarm(oid) FROM pg_class WHERE relname LIKE 'contact%' AND relkind IN ('r', 'i')`,
  );
}

/** Asks each kind of question so many times, of contacts that are there. */
export async function askEverything(
  postgres: Pick<Postgres, 'query'>,
  database: string,
  client: Client,
  turns: number,
): Promise<Speed[]> {
  const contacts = await postgres.query<ContactView>(
    database,
    `SELECT name, phone_number, email FROM contacts WHERE account_id = $1 AND id % 1009 < 3 LIMIT 300`,
    [client.account],
  );
  const speeds: Speed[] = [];
  for (const kind of KINDS) {
    const random = createRandom(7);
    const times: number[] = [];
    for (let turn = 0; turn < turns; turn += 1) {
      const path = `/accounts/${client.account}/contacts?${kind.ask(random, random.pick(contacts))}`;
      const began = performance.now();
      await client.get<ContactList>(path);
      times.push(performance.now() - began);
    }
    const speed = { kind: kind.name, ...percentiles(times) };
    process.stdout.write(`${JSON.stringify(speed)}\n`);
    speeds.push(speed);
  }
  return speeds;
}

function percentiles(times: readonly number[]): Omit<Speed, 'kind'> {
  const sorted = [...times].sort((a, b) => a - b);
  const at = (share: number) => sorted[Math.ceil(share * sorted.length) - 1] ?? 0;
  return { p50: at(0.5), p95: at(0.95), p99: at(0.99) };
}

async function sizesOf(postgres: Postgres, database: string): Promise<Record<string, string>> {
  const sizes = await postgres.query<{ name: string; size: string }>(
    database,
    `SELECT relname AS name, pg_size_pretty(pg_relation_size(oid)) AS size FROM pg_class
     WHERE relname LIKE 'contact%' AND relkind IN ('r', 'i') AND pg_relation_size(oid) > 1000000 ORDER BY 1`,
  );
  return Object.fromEntries(sizes.map(({ name, size }) => [name, size]));
}

function describe(rows: number, measured: readonly Measured[], costs: readonly ImportCost[]): string {
  const ms = (value: number | undefined) => `${(value ?? 0).toFixed(1)} ms`;
  const header = [
    'question',
    ...measured.flatMap(({ accounts }) => [
      ...['p50', 'p95', 'p99'].map((name) => `${name}, ${accounts} ×`),
      `p95 of the added, ${accounts} ×`,
    ]),
  ];
  const lines = KINDS.map(({ name }, index) => [
    name,
    ...measured.flatMap(({ speeds, speedsOfAdded }) => [
      ms(speeds[index]?.p50),
      ms(speeds[index]?.p95),
      ms(speeds[index]?.p99),
      ms(speedsOfAdded[index]?.p95),
    ]),
  ]);
  const states = measured.map(({ accounts }) =>
    accounts === 1 ? 'one account (1 ×)' : `${accounts} (${accounts} ×)`,
  );
  const sizes = Object.entries(measured[0]?.sizes ?? {}).map(([name, size]) => `${name} ${size}`);
  return [
    markdownTable(header, lines),
    `Over HTTP, one question after the other, ${TURNS} of a kind; ${rows.toLocaleString('en')} contacts in ${states.join(' and in ')}. PostgreSQL has a quarter of the memory for itself (\`shared_buffers\`), and has read all tables and indexes. Added is an account of ${(rows * ADDED).toLocaleString('en')} contacts more, of which its statistics know nothing.`,
    `Sizes with one account: ${sizes.join(', ')}.`,
    ...measured.slice(0, 1).map(({ copying }) => describeCopying(copying)),
    costTable(costs),
    'Rows a second of COPY over two connections in batches of 20,000, in turn, medians.',
  ].join('\n\n');
}
