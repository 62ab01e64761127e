import { plotGrowth } from '../plot';
import { earlierFigures, saveResults } from '../figures';
import { compareWithPsql, EMPTY_ACCOUNT } from './compare-with-psql';
import { importAgain } from './import-again';
import { CASES as NAMES, readOptions, type CaseName } from './options';
import { report, type Figure } from './report';
import { uploadLargeFile } from './upload-large-file';
import { wholeJob } from './whole-job';
import { withBench, type Bench } from './with-bench';

/** Five turns; fewer where one of them takes minutes. */
const CASES: Readonly<Record<CaseName, (bench: Bench) => Promise<Figure[]>>> = {
  empty: (bench) => compareWithPsql(bench, { rows: 1_000_000, turns: 5 }),
  shuffled: (bench) => compareWithPsql(bench, { rows: 1_000_000, turns: 5, order: 'shuffled' }),
  big: (bench) => compareWithPsql(bench, { rows: 1_000_000, turns: 3, state: 'big' }),
  again: (bench) => importAgain(bench, { rows: 1_000_000, turns: 5 }),
  job: async (bench) => [
    ...(await wholeJob(bench, { rows: 100_000, turns: 5 })),
    ...(bench.options.rows === null ? await wholeJob(bench, { rows: 1_000_000, turns: 3 }) : []),
  ],
  upload: (bench) => uploadLargeFile(bench, { bytes: 512 * 1024 ** 2, turns: 3 }),
  growth: async (bench) => [
    ...(await compareWithPsql(bench, { rows: 10_000, turns: 5 })),
    ...(await compareWithPsql(bench, { rows: 100_000, turns: 5 })),
  ],
  huge: (bench) => compareWithPsql(bench, { rows: 10_000_000, turns: 1 }),
};

/** A figure and the case that it was measured for. */
interface KeptFigure extends Figure {
  readonly case: CaseName;
}

/** Measures what was asked for, prints one table, and keeps it beside what the day had of other cases. */
export default async function benchImport(words: readonly string[] = []): Promise<void> {
  const options = readOptions(words);
  const log = (line: string): void => void process.stdout.write(`${line}\n`);
  await withBench(options, log, async (bench) => {
    const measured: KeptFigure[] = [];
    for (const name of options.cases)
      measured.push(...(await CASES[name](bench)).map((figure) => ({ case: name, ...figure })));
    if (!options.isKept) {
      log(`\n${report(measured, bench.postgres.version)}\n`);
      return;
    }
    const others = earlierFigures<KeptFigure>('import').filter(
      (earlier) => !options.cases.includes(earlier.case),
    );
    const figures = NAMES.flatMap((name) =>
      [...others, ...measured].filter((figure) => figure.case === name),
    );
    saveResults('import', figures, report(figures, bench.postgres.version), plotOf(figures));
  });
}

/** How seconds grow with the rows of a file into an empty account. */
function plotOf(figures: readonly Figure[]): string {
  const points = (side: string) =>
    figures
      .filter((figure) => figure.side === side && figure.title === EMPTY_ACCOUNT)
      .map(({ fileRows: rows, seconds }) => ({ rows, seconds }))
      .sort((a, b) => a.rows - b.rows);
  const series = ['ponte', 'psql'].map((side) => ({ name: side, points: points(side) }));
  return plotGrowth(series, 'Rows into an empty account, beside psql’s copy of the clean ones');
}
