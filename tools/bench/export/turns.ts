import type { ExportFormat, ExportView } from '@ponte/contracts';
import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { setTimeout as pause } from 'node:timers/promises';
import { promisify } from 'node:util';
import { Client } from '../client';
import type { Postgres } from '../postgres';
import { cpuSeconds, peakBytes, presentBytes } from '../processes';
import type { Product } from '../product';

const LOOK_MS = 50;

/** What one side needed once. Memory and processor time are those of the process that writes the file. */
export interface Turn {
  readonly seconds: number;
  readonly peakBytes: number;
  readonly idleBytes: number;
  readonly cpuSeconds: number;
}

export interface Source {
  readonly postgres: Postgres;
  readonly database: string;
  readonly account: number;
}

/** The limit for a CSV: psql writes the same contacts, in any order, without an eye on formulas. */
export async function psqlTurn({ postgres, database, account }: Source, path: string): Promise<Turn> {
  const to = `\\copy (select name, phone_number, email from contacts where account_id = ${account}) to '${path}' csv header`;
  const words = await postgres.psql(database, '\\timing on', to);
  const milliseconds = /^Time: ([\d.]+) ms/m.exec(words)?.[1];
  if (milliseconds === undefined) throw new Error(`psql does not tell the time: ${words}`);
  return { seconds: Number(milliseconds) / 1000, peakBytes: 0, idleBytes: 0, cpuSeconds: 0 };
}

/**
 * The product's run, from the moment when a worker takes it to its end, by the database's clock. The worker is new, and has
 * done one export before, as the other sides are no strangers to their work either; the memory is that of both.
 */
export async function productTurn(
  { postgres, database, account }: Source,
  { product, token, format, path }: { product: Product; token: string; format: ExportFormat; path: string },
): Promise<Turn> {
  const client = new Client(product.address, token, account);
  const worker = await product.startWorker();
  try {
    const idleBytes = presentBytes(worker.pid);
    const run = async () => (await client.post<ExportView>(`/accounts/${account}/exports`, { format })).id;
    await untilFinished(postgres, database, await run());
    const before = cpuSeconds(worker.pid);
    const id = await run();
    const seconds = await untilFinished(postgres, database, id);
    const turn = {
      seconds,
      idleBytes,
      peakBytes: peakBytes(worker.pid),
      cpuSeconds: cpuSeconds(worker.pid) - before,
    };
    await download(product, client, id, path);
    return turn;
  } finally {
    await worker.stop();
  }
}

/** The limit for a workbook: exceljs writes rows that are in memory already, in a process of its own. */
export async function exceljsTurn(script: string, rows: string, path: string): Promise<Turn> {
  const { stdout } = await promisify(execFile)(process.execPath, [script, rows, path]);
  return JSON.parse(stdout) as Turn;
}

async function untilFinished(postgres: Postgres, database: string, id: number): Promise<number> {
  for (;;) {
    const [run] = await postgres.query<{ state: string; seconds: number | null }>(
      database,
      'SELECT state, extract(epoch FROM finished_at - started_at)::float8 AS seconds FROM exports WHERE id = $1',
      [id],
    );
    if (run?.state === 'finished') return run.seconds ?? 0;
    if (run?.state !== 'queued' && run?.state !== 'running') throw new Error(`The export is ${run?.state}.`);
    await pause(LOOK_MS);
  }
}

async function download(product: Product, client: Client, id: number, path: string): Promise<void> {
  const url = `${product.address}/api/v1/accounts/${client.account}/exports/${id}/file`;
  const response = await fetch(url, { headers: { api_access_token: client.token } });
  if (!response.ok) throw new Error(`The file is not there: ${response.status}.`);
  await writeFile(path, new Uint8Array(await response.arrayBuffer()));
}
