import { FILE_LIMITS, RUN_END_STATES, type RunState } from '@ponte/contracts';
import { setTimeout as pause } from 'node:timers/promises';
import { Client as Connection } from 'pg';
import { Client } from '../client';
import type { Postgres } from '../postgres';
import { peakBytes, presentBytes } from '../processes';
import { startProduct, type Build, type Product } from '../product';
import { watchActivity } from './activity';
import type { Sample } from './samples';
import { untilCaughtUp, type State } from './states';
import { inCopy, watchCost, watchCpu, type Turn } from './turn';
import { assertOutcome, outcomeOf, type Outcome } from './verify';

/** How often the run is looked at. */
const LOOK_MS = 50;

export interface ProductTurns {
  readonly postgres: Postgres;
  readonly build: Build;
  readonly state: State;
  readonly sample: Sample;
  /** What must come of the file: the first time, the second time into the same account, and so on. */
  readonly expected: readonly Outcome[];
  /** Whether to look at what the connections do. */
  readonly isTraced?: boolean;
  afterEach?(database: string): Promise<void>;
}

/** A file that the worker finds waiting: from the moment it takes the run to the moment it has finished it. */
export async function productTurn(
  turn: Omit<ProductTurns, 'expected' | 'afterEach'> & { readonly expected: Outcome },
): Promise<Turn> {
  const [only] = await productTurns({ ...turn, expected: [turn.expected] });
  if (only === undefined) throw new Error('Nothing was measured.');
  return only;
}

/** The same file as often as there are expectations, in one copy of the state. */
export async function productTurns(turns: ProductTurns): Promise<Turn[]> {
  const { postgres, build, state, sample } = turns;
  return inCopy(postgres, state.database, async (copy) => {
    const product = await startProduct({
      build,
      databaseUrl: postgres.url(copy),
      env: limitsFor(sample.rows),
    });
    try {
      const idleBytes = await idleWorkerBytes(product);
      const measured: Turn[] = [];
      for (const expected of turns.expected) {
        measured.push(await measureRun(turns, copy, product, expected, idleBytes));
        await turns.afterEach?.(copy);
      }
      return measured;
    } finally {
      await product.stop();
    }
  });
}

async function measureRun(
  { postgres, state, sample, isTraced, expected: { length: turns } }: ProductTurns,
  database: string,
  product: Product,
  expected: Outcome,
  idleBytes: number,
): Promise<Turn> {
  const databaseUrl = postgres.url(database);
  const { id } = await new Client(product.address, state.token, state.account).upload(sample.file);
  // What the upload left to be written is written before the run, not by it.
  await postgres.psql(database, 'CHECKPOINT');
  const cost = await watchCost(postgres);
  const activity = isTraced === true ? await watchActivity(databaseUrl) : null;
  const worker = await product.startWorker();
  const cpu = watchCpu(worker.pid);
  const seconds = await untilEnded(databaseUrl, id);
  const workerCost = { cpuSeconds: cpu(), idleBytes, peakBytes: peakBytes(worker.pid) };
  const seen = activity === null ? {} : { activity: await activity() };
  const costs = await cost();
  // What follows the run is not part of it, but would be part of the next one.
  if (turns > 1) await untilCaughtUp(postgres, database);
  await worker.stop();
  assertOutcome(await outcomeOf(postgres, database, id), expected);
  return { side: 'ponte', rows: sample.rows, seconds, ...costs, worker: workerCost, ...seen };
}

/** The product's usual limits end where an Excel sheet does. */
export function limitsFor(rows: number): Record<string, string> {
  return rows <= FILE_LIMITS.rows
    ? {}
    : { PONTE_MAX_ROWS: String(rows), PONTE_MAX_FILE_BYTES: String(8 * 1024 ** 3) };
}

async function idleWorkerBytes(product: Product): Promise<number> {
  const worker = await product.startWorker();
  const bytes = presentBytes(worker.pid);
  await worker.stop();
  return bytes;
}

/** Waits for the end of the run and answers the seconds that it took by the database's clock. */
export async function untilEnded(databaseUrl: string, importId: number): Promise<number> {
  const connection = new Connection({ connectionString: databaseUrl });
  await connection.connect();
  try {
    for (;;) {
      const { rows } = await connection.query<{ state: RunState; seconds: number | null }>(
        `SELECT state, extract(epoch FROM finished_at - started_at)::float8 AS seconds FROM imports WHERE id = $1`,
        [importId],
      );
      const [run] = rows;
      if (run === undefined) throw new Error(`There is no import ${importId}.`);
      if (RUN_END_STATES.includes(run.state)) return run.seconds ?? 0;
      await pause(LOOK_MS);
    }
  } finally {
    await connection.end();
  }
}
