import { median } from '../figures';
import type { Bench } from './bench';
import { productTurn } from './product-turn';
import { psqlTurn } from './psql-turn';
import type { Figure } from './report';
import type { Sample } from './samples';
import type { Turn } from './turn';

interface ImportCase {
  readonly rows: number;
  readonly turns: number;
  readonly order?: Sample['order'];
}

/** A file into an empty account, and `psql` into the same: in turn, so that a machine that slows down slows both down. */
export async function compareWithPsql(bench: Bench, importCase: ImportCase): Promise<Figure[]> {
  const { postgres, build, empty: state, options, log } = bench;
  const { order = 'written' } = importCase;
  const rows = options.rows ?? importCase.rows;
  const sample = bench.samples.get({ rows, order, account: state.account });
  const turns: Turn[] = [];
  for (let turn = 0; turn < (options.turns ?? importCase.turns); turn++) {
    turns.push(await psqlTurn(postgres, state.database, sample));
    log(JSON.stringify(turns.at(-1)));
    const { expected } = sample;
    const { isTraced } = options;
    turns.push(await productTurn({ postgres, build, state, sample, expected, isTraced }));
    log(JSON.stringify(turns.at(-1)));
  }
  return summarize(order === 'written' ? 'empty account' : 'empty account, shuffled file', turns);
}

/** One line for each side; the middle of its turns, and the most memory of all of them. */
export function summarize(title: string, turns: readonly Turn[]): Figure[] {
  const seconds = (side: Turn['side']) =>
    median(turns.filter((turn) => turn.side === side).map((turn) => turn.seconds));
  return (['psql', 'ponte'] as const).map((side) => {
    const own = turns.filter((turn) => turn.side === side);
    const middle = (pick: (turn: Turn) => number) => median(own.map(pick));
    const workers = own.flatMap(({ worker }) => worker ?? []);
    return {
      title,
      side,
      rows: own[0]?.rows ?? 0,
      turns: own.length,
      seconds: seconds(side),
      compared: { ratio: seconds('psql') / seconds(side), with: 'psql’s speed' },
      postgresCpuSeconds: middle((turn) => turn.postgresCpuSeconds),
      walBytes: middle((turn) => turn.walBytes),
      ...(workers.length === 0
        ? {}
        : {
            workerCpuSeconds: median(workers.map((worker) => worker.cpuSeconds)),
            idleBytes: Math.max(...workers.map((worker) => worker.idleBytes)),
            peakBytes: Math.max(...workers.map((worker) => worker.peakBytes)),
          }),
    };
  });
}
