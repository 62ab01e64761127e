import { median } from '../figures';
import { bigState } from './big-state';
import { productTurn } from './product-turn';
import { psqlTurn } from './psql-turn';
import type { Figure } from './report';
import type { Sample } from './samples';
import { logTurn, type Turn } from './turn';
import type { Bench } from './with-bench';

export interface ImportCase {
  readonly rows: number;
  readonly turns: number;
  readonly order?: 'written' | 'shuffled';
  /** What the database holds before the import. */
  readonly state?: 'empty' | 'big';
}

/** The title of the case whose growth is drawn. */
export const EMPTY_ACCOUNT = 'empty account';

/** A file into an account, and `psql` into one of the same size: in turn, so that a machine that slows down slows both down. */
export async function compareWithPsql(bench: Bench, importCase: ImportCase): Promise<Figure[]> {
  const { postgres, build, samples, empty, options, log } = bench;
  const { order = 'written' } = importCase;
  const rows = options.rows ?? importCase.rows;
  const sample = samples.get({ rows, order, account: empty.account });
  const state =
    importCase.state === 'big'
      ? await bigState(postgres, build, empty, options.contacts, sample)
      : { ...empty, expected: sample.expected };
  const clean = samples.get({ rows, order, account: state.psqlAccount });
  const turns: Turn[] = [];
  const { expected } = state;
  const { isTraced } = options;
  for (let turn = 0; turn < (options.turns ?? importCase.turns); turn++) {
    const psql = await psqlTurn(postgres, state, clean);
    logTurn(log, psql);
    const ponte = await productTurn({ postgres, build, state, sample, expected, isTraced });
    logTurn(log, ponte);
    turns.push(psql, ponte);
  }
  return summarize(titleOf(importCase, options.contacts), sample, turns);
}

function titleOf({ order, state }: ImportCase, contacts: number): string {
  const count = (value: number) => value.toLocaleString('en');
  const account =
    state === 'big'
      ? `account of ${count(contacts)} among ${count(5 * contacts)} others, 20 % known`
      : EMPTY_ACCOUNT;
  return order === 'shuffled' ? `${account}, shuffled file` : account;
}

/** One line for each side: the middle of its turns, and the most memory of all of them. */
function summarize(title: string, { rows: fileRows }: Sample, turns: readonly Turn[]): Figure[] {
  const figure = (side: Turn['side']) => ({
    title,
    fileRows,
    ...middleOf(turns.filter((turn) => turn.side === side)),
  });
  const [psql, ponte] = [figure('psql'), figure('ponte')];
  const compared = (seconds: number) => ({ ratio: psql.seconds / seconds, with: 'psql’s speed' });
  return [psql, ponte].map((each) => ({ ...each, compared: compared(each.seconds) }));
}

/** What the turns of one side have in the middle. */
export function middleOf(turns: readonly Turn[]) {
  const [first] = turns;
  if (first === undefined) throw new Error('Nothing was measured.');
  const middle = (pick: (turn: Turn) => number) => median(turns.map(pick));
  const workers = turns.flatMap(({ worker }) => worker ?? []);
  return {
    side: first.side,
    rows: first.rows,
    turns: turns.length,
    seconds: middle((turn) => turn.seconds),
    postgresCpuSeconds: middle((turn) => turn.postgresCpuSeconds),
    walBytes: middle((turn) => turn.walBytes),
    ...(workers.length === 0
      ? {}
      : {
          cpuSeconds: median(workers.map((worker) => worker.cpuSeconds)),
          idleBytes: Math.max(...workers.map((worker) => worker.idleBytes)),
          peakBytes: Math.max(...workers.map((worker) => worker.peakBytes)),
        }),
  };
}
