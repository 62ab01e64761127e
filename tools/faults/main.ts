import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { dirname, join } from 'node:path';
import { markdownTable, median } from '../bench/figures';
import { copyBuild } from '../bench/product';
import { workspaceRoot } from '../gate/workspace.mjs';
import { CASES, runCase } from './cases';
import { SIZES, type FaultCase, type Outcome, type Size } from './fault-case';
import { QUEUES, Stage, type Queue } from './stage';

const PAGE = join(workspaceRoot, 'docs/faults.md');
const [BEGIN, END] = ['<!-- faults -->', '<!-- /faults -->'];

interface Turn {
  readonly outcome?: Outcome;
  readonly failure?: string;
}

interface Line {
  readonly faultCase: FaultCase;
  readonly queue: Queue;
  readonly turns: readonly Turn[];
}

/**
 * `npm run test:faults`: every fault on both queues, three times each, and the table of docs/faults.md.
 * `--quick`: the quick half, once and in small files; `--cases=frozen,Redis`: those whose name holds one of these;
 * `--times=1`; `--queue=Redis`; `--size=quick`: all of them in small files.
 * Only a whole run is written into the page.
 */
export default async function main(options: readonly string[]): Promise<void> {
  const option = (name: string) => options.find((word) => word.startsWith(`--${name}=`))?.split('=', 2)[1];
  const isQuick = options.includes('--quick');
  const size = SIZES[isQuick || option('size') === 'quick' ? 'quick' : 'whole'];
  const times = Number(option('times') ?? (isQuick ? 1 : 3));
  const words = option('cases')?.split(',') ?? null;
  const cases = CASES.filter(
    ({ name, isQuick: isOfQuick }) =>
      words?.some((word) => name.includes(word)) ?? (!isQuick || isOfQuick === true),
  );
  const queues = QUEUES.filter((queue) => (option('queue') ?? queue) === queue);
  const build = copyBuild();
  // Side by side, each with servers of its own: most of a case is waiting for leases and for processes that start.
  const tables = await Promise.all(queues.map((queue) => runQueue(queue, build, cases, times, size))).finally(
    () => build.remove(),
  );
  const lines = tables.flat();
  const table = tableOf(lines);
  process.stdout.write(`\n${table}\n\n`);
  const all = lines.flatMap(({ turns }) => turns);
  const failed = all.filter(({ failure }) => failure !== undefined).length;
  process.stdout.write(`${all.length - failed} passed, ${failed} failed\n`);
  if (failed > 0) process.exitCode = 1;
  if (!isQuick && words === null && queues.length === QUEUES.length) writePage(table, times, size);
}

async function runQueue(
  queue: Queue,
  build: ReturnType<typeof copyBuild>,
  cases: readonly FaultCase[],
  times: number,
  size: Size,
): Promise<Line[]> {
  let stage = await Stage.open(queue, build);
  const lines: Line[] = [];
  try {
    for (const faultCase of cases.filter(({ queues }) => queues?.includes(queue) ?? true)) {
      const turns: Turn[] = [];
      for (let turn = 0; turn < times; turn += 1) {
        const made = await runTurn(faultCase, stage, size);
        turns.push(made);
        if (made.failure === undefined) continue;
        // What a failed case leaves behind is not for the next one.
        process.stdout.write(`${stage.lastWords()}\n`);
        await stage.close();
        stage = await Stage.open(queue, build);
      }
      lines.push({ faultCase, queue, turns });
    }
  } finally {
    await stage.close();
  }
  return lines;
}

async function runTurn(faultCase: FaultCase, stage: Stage, size: Size): Promise<Turn> {
  const began = performance.now();
  const say = (mark: string, words: string) => {
    const seconds = ((performance.now() - began) / 1000).toFixed(1);
    process.stdout.write(`${mark} ${faultCase.name}, ${stage.queue}: ${words} (${seconds} s)\n`);
  };
  try {
    const outcome = await runCase(faultCase, stage, size);
    say('✔', outcome.skipped ?? describe(outcome));
    return { outcome };
  } catch (error) {
    const failure = error instanceof Error ? error.message : String(error);
    say('✖', failure);
    return { failure };
  }
}

const inSeconds = (ms: number) => (ms / 1000).toFixed(1);

const describe = ({ recoveredMs, note }: Outcome) =>
  [recoveredMs === undefined ? '' : `recovered in ${inSeconds(recoveredMs)} s`, note ?? '']
    .filter(Boolean)
    .join(', ') || 'nothing lost';

function tableOf(lines: readonly Line[]): string {
  const rows = lines.map(({ faultCase, queue, turns }) => {
    const skipped = turns.find(({ outcome }) => outcome?.skipped !== undefined)?.outcome?.skipped;
    const good = turns.flatMap(({ outcome }) => (outcome === undefined ? [] : [outcome]));
    const seconds = good.flatMap(({ recoveredMs }) => (recoveredMs === undefined ? [] : [recoveredMs]));
    const recovered =
      seconds.length === 0 ? '' : `${inSeconds(median(seconds))} / ${inSeconds(Math.max(...seconds))}`;
    const notes = good.flatMap(({ note }) => note ?? []);
    return [
      faultCase.name,
      queue,
      skipped ?? `${good.length} of ${turns.length}`,
      recovered,
      faultCase.compared,
      [...new Set(notes)].join('; '),
    ];
  });
  return markdownTable(
    ['fault', 'queue', 'survived', 'seconds to recover: median / most', 'what is compared', 'measured'],
    rows,
  );
}

function writePage(table: string, times: number, { rows }: Size): void {
  const date = new Date().toISOString().slice(0, 10);
  const machine = `Node ${process.version}, ${cpus().length} cores (${cpus()[0]?.model ?? ''})`;
  const text = `${BEGIN}\n\nMeasured on ${date}, ${machine}, ${times} turns each, files of ${rows} rows and their multiples.\n\n<!-- prettier-ignore-start -->\n${table}\n<!-- prettier-ignore-end -->\n\n${END}`;
  mkdirSync(dirname(PAGE), { recursive: true });
  const page = existsSync(PAGE) ? readFileSync(PAGE, 'utf8') : `# Faults\n\n${BEGIN}\n${END}\n`;
  const [from, to] = [page.indexOf(BEGIN), page.indexOf(END)];
  if (from === -1 || to === -1) throw new Error(`${PAGE} has no place for the table.`);
  writeFileSync(PAGE, `${page.slice(0, from)}${text}${page.slice(to + END.length)}`);
}
