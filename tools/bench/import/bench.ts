import { plotGrowth } from '../plot';
import { saveResults } from '../figures';
import { compareWithPsql, EMPTY_ACCOUNT } from './compare-with-psql';
import { importAgain } from './import-again';
import { readOptions, type CaseName } from './options';
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

/** Measures what was asked for, prints one table, and keeps it when everything was asked for. */
export default async function benchImport(words: readonly string[] = []): Promise<void> {
  const options = readOptions(words);
  const log = (line: string): void => void process.stdout.write(`${line}\n`);
  await withBench(options, log, async (bench) => {
    const figures: Figure[] = [];
    for (const name of options.cases) figures.push(...(await CASES[name](bench)));
    const text = report(figures, bench.postgres.version);
    if (options.isKept) saveResults('import', figures, text, plotOf(figures));
    else log(`\n${text}\n`);
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
