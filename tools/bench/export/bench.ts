import type { ExportFormat } from '@ponte/contracts';
import { mkdtempSync, rmSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bundleForNode } from '../bundle.mjs';
import { Client } from '../client';
import { median, saveResults } from '../figures';
import { startPostgres, type Postgres } from '../postgres';
import { ADMINISTRATOR, copyBuild, startProduct, type Product } from '../product';
import { contentOf, type Content } from './content';
import { fill } from './fill';
import { report } from './report';
import { exceljsTurn, productTurn, psqlTurn, type Source, type Turn } from './turns';

export interface ExportCase {
  /** Contacts in the account that goes to a CSV, in the one that goes to a workbook, and in others. */
  readonly csv: number;
  readonly xlsx: number;
  readonly others: number;
  readonly turns: number;
}

const DATABASE = 'exports';

export type SideName = 'psql' | 'ponte csv' | 'exceljs' | 'ponte xlsx';

/** The middle of the turns, but the most memory of any. */
export interface Figure extends Turn, Content {
  readonly side: SideName;
  readonly turns: number;
  /** The peak above what the process held before. */
  readonly growthBytes: number;
}

const WHOLE: ExportCase = { csv: 1_000_000, xlsx: 100_000, others: 5_000_000, turns: 5 };
/** `--quick`: to see where one stands, not to keep. */
const QUICK: ExportCase = { csv: 300_000, xlsx: 100_000, others: 300_000, turns: 3 };

/** The product's exports beside the fastest that can be had: psql for a CSV, exceljs without a database for a workbook. */
export default async function benchExports(words: readonly string[] = []): Promise<void> {
  const isQuick = words.includes('--quick');
  const log = (line: string): void => void process.stdout.write(`${line}\n`);
  const measured = isQuick ? QUICK : WHOLE;
  const { figures, version } = await runExports(measured, log);
  const text = report(figures, measured, version);
  if (isQuick) log(`\n${text}\n`);
  else saveResults('export', figures, text);
}

/** The sides take turns. Throws when a side has written other contacts than its peer. */
export async function runExports(
  measured: ExportCase,
  log: (line: string) => void = () => undefined,
): Promise<{ figures: Figure[]; version: string }> {
  const folder = mkdtempSync(join(tmpdir(), 'ponte-bench-'));
  const build = copyBuild();
  const script = await bundleForNode('export/write-workbook.ts');
  const postgres = await startPostgres();
  let product: Product | null = null;
  try {
    await postgres.createDatabase(DATABASE);
    product = await startProduct({ build, databaseUrl: postgres.url(DATABASE) });
    const csv = await Client.inNewAccount(product.address, ADMINISTRATOR);
    const xlsx = await Client.inNewAccount(product.address, ADMINISTRATOR);
    await fill(postgres, DATABASE, {
      csv: { account: csv.account, contacts: measured.csv },
      xlsx: { account: xlsx.account, contacts: measured.xlsx },
      others: measured.others,
    });
    const sides = await sidesOf({ postgres, product, csv, xlsx, script: script.file, folder });
    return { figures: await takeTurns(sides, measured, folder, log), version: postgres.version };
  } finally {
    await product?.stop();
    await postgres.stop();
    script.remove();
    build.remove();
    rmSync(folder, { recursive: true, force: true });
  }
}

interface Sides {
  readonly postgres: Postgres;
  readonly product: Product;
  readonly csv: Client;
  readonly xlsx: Client;
  readonly script: string;
  readonly folder: string;
}

type Side = readonly [name: SideName, write: (path: string) => Promise<Turn>];

async function sidesOf({ postgres, product, csv, xlsx, script, folder }: Sides): Promise<Side[]> {
  const source = (account: number): Source => ({ postgres, database: DATABASE, account });
  const ours =
    ({ account, token }: Client, format: ExportFormat) =>
    (path: string) =>
      productTurn(source(account), { product, token, format, path });
  const rows = join(folder, 'rows.json');
  await writeFile(rows, JSON.stringify(await contactsOf(source(xlsx.account))));
  return [
    ['psql', (path) => psqlTurn(source(csv.account), path)],
    ['ponte csv', ours(csv, 'csv')],
    ['exceljs', (path) => exceljsTurn(script, rows, path)],
    ['ponte xlsx', ours(xlsx, 'xlsx')],
  ];
}

async function contactsOf({ postgres, database, account }: Source): Promise<(string | null)[][]> {
  const contacts = await postgres.query<{ cells: (string | null)[] }>(
    database,
    'SELECT array[name, phone_number, email] AS cells FROM contacts WHERE account_id = $1 ORDER BY id',
    [account],
  );
  return contacts.map(({ cells }) => cells);
}

async function takeTurns(
  sides: readonly Side[],
  { csv, xlsx, turns }: ExportCase,
  folder: string,
  log: (line: string) => void,
): Promise<Figure[]> {
  const all = new Map<SideName, Turn[]>(sides.map(([name]) => [name, []]));
  const contents = new Map<SideName, Content>();
  for (let turn = 0; turn < turns; turn += 1) {
    for (const [name, write] of sides) {
      const path = join(folder, `${name}.file`);
      const measured = await write(path);
      log(`${name} ${JSON.stringify(measured)}`);
      all.get(name)?.push(measured);
      if (turn === 0) contents.set(name, await contentOf(path));
      rmSync(path);
    }
  }
  assertSame(contents, 'ponte csv', 'psql', csv);
  assertSame(contents, 'ponte xlsx', 'exceljs', xlsx);
  return sides.map(([side]) => figureOf(side, all.get(side) ?? [], contents.get(side)));
}

function assertSame(
  contents: ReadonlyMap<SideName, Content>,
  own: SideName,
  peer: SideName,
  rows: number,
): void {
  const [a, b] = [contents.get(own), contents.get(peer)];
  if (a?.rows !== rows || b?.rows !== rows || a.digest !== b.digest)
    throw new Error(`${own} has ${a?.rows} contacts and ${peer} ${b?.rows} of ${rows}, or others.`);
}

function figureOf(
  side: SideName,
  turns: readonly Turn[],
  content: Content = { rows: 0, digest: '' },
): Figure {
  return {
    side,
    rows: content.rows,
    digest: content.digest,
    turns: turns.length,
    seconds: median(turns.map(({ seconds }) => seconds)),
    cpuSeconds: median(turns.map(({ cpuSeconds }) => cpuSeconds)),
    idleBytes: Math.max(...turns.map(({ idleBytes }) => idleBytes)),
    peakBytes: Math.max(...turns.map(({ peakBytes }) => peakBytes)),
    growthBytes: Math.max(...turns.map(({ peakBytes, idleBytes }) => peakBytes - idleBytes)),
  };
}
