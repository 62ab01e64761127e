import { execFileSync } from 'node:child_process';
import { bundleForNode } from '../bundle.mjs';
import { median, saveResults } from '../figures';
import { readOptions, type Options } from '../import/options';
import { productTurn } from '../import/product-turn';
import type { Sample } from '../import/samples';
import { inCopy } from '../import/turn';
import { contactsOf } from '../import/verify';
import { withBench, type Bench } from '../import/with-bench';
import { directusTurn } from './directus';
import { report, type PeerFigure, type PeerTurn } from './report';
import type { WayTurn } from './run-way';
import { SLOW_WAY, WAY_NAMES, type WayName } from './ways';

const ROWS = 100_000;
const TURNS = 3;

/** The product beside those who import the same file otherwise, into the same server, in turn. */
export default async function benchPeers(words: readonly string[] = []): Promise<void> {
  const options = readOptions(words);
  const log = (line: string): void => void process.stdout.write(`${line}\n`);
  const { figures, text } = await runPeers(options, log, [directusTurn]);
  if (options.isKept) saveResults('peers', figures, text);
  else log(`\n${text}\n`);
}

/** Every way in turn, and then `others` once: they take minutes. */
export async function runPeers(
  options: Options,
  log: (line: string) => void,
  others: readonly ((bench: Bench, sample: Sample) => Promise<PeerTurn>)[] = [],
): Promise<{ figures: PeerFigure[]; text: string }> {
  const script = await bundleForNode('peers/run-way.ts');
  try {
    return await withBench(options, log, async (bench) => {
      const sample = bench.samples.get({ rows: options.rows ?? ROWS, account: bench.empty.account });
      const turns: PeerTurn[] = [];
      for (let turn = 0; turn < (options.turns ?? TURNS); turn++) {
        turns.push(await ownTurn(bench, sample));
        log(JSON.stringify(turns.at(-1)));
        for (const way of WAY_NAMES.filter((name) => turn === 0 || name !== SLOW_WAY)) {
          turns.push(await wayTurn(bench, sample, script.file, way));
          log(JSON.stringify(turns.at(-1)));
        }
      }
      for (const other of others) {
        turns.push(await other(bench, sample));
        log(JSON.stringify(turns.at(-1)));
      }
      const figures = summarize(turns);
      return { figures, text: report(figures, sample, bench.postgres.version) };
    });
  } finally {
    script.remove();
  }
}

async function ownTurn({ postgres, build, empty: state }: Bench, sample: Sample): Promise<PeerTurn> {
  const { expected } = sample;
  const { seconds, worker } = await productTurn({ postgres, build, state, sample, expected });
  // The turn throws unless contacts and rejected rows are what they must be.
  return {
    who: 'ponte',
    seconds,
    peakBytes: worker?.peakBytes ?? 0,
    contacts: expected.contacts,
    isRight: true,
    rejected: expected.failed,
  };
}

function wayTurn(
  { postgres, empty }: Bench,
  sample: Sample,
  script: string,
  way: WayName,
): Promise<PeerTurn> {
  return inCopy(postgres, empty.database, async (copy) => {
    const args = [script, way, postgres.url(copy), String(empty.account), sample.file];
    const words = execFileSync(process.execPath, args, {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const turn = JSON.parse(words) as WayTurn;
    const { contacts, digest } = await contactsOf(postgres, copy, `account_id = ${empty.account}`);
    return { who: way, ...turn, contacts, isRight: digest === sample.expected.digest };
  });
}

function summarize(turns: readonly PeerTurn[]): PeerFigure[] {
  return [...new Set(turns.map(({ who }) => who))].flatMap((who) => {
    const own = turns.filter((turn) => turn.who === who);
    const [first] = own;
    if (first === undefined) return [];
    const seconds = median(own.map((turn) => turn.seconds));
    const peakBytes = Math.max(...own.map((turn) => turn.peakBytes));
    return [{ ...first, turns: own.length, seconds, peakBytes }];
  });
}
