import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { saveResults } from '../figures';
import { startPostgres, type Postgres } from '../postgres';
import { copyBuild, type Build } from '../product';
import { compareWithPsql } from './compare-with-psql';
import { readOptions, type CaseName, type Options } from './options';
import { report, type Figure } from './report';
import { Samples } from './samples';
import { emptyState, type State } from './states';

/** What the cases share: one server, one copy of the built product, one set of files. */
export interface Bench {
  readonly postgres: Postgres;
  readonly build: Build;
  readonly samples: Samples;
  readonly empty: State;
  readonly options: Options;
  log(line: string): void;
}

/** Five turns; fewer where one of them takes minutes. */
const CASES: Readonly<Record<CaseName, (bench: Bench) => Promise<Figure[]>>> = {
  empty: async (bench) => [...(await compareWithPsql(bench, { rows: 1_000_000, turns: 5 }))],
  shuffled: (bench) => compareWithPsql(bench, { rows: 1_000_000, turns: 5, order: 'shuffled' }),
};

/** Measures what was asked for, prints one table, and keeps it when everything was asked for. */
export default async function benchImport(words: readonly string[] = []): Promise<void> {
  const options = readOptions(words);
  await withBench(options, async (bench) => {
    const figures: Figure[] = [];
    for (const name of options.cases) figures.push(...(await CASES[name](bench)));
    const text = report(figures, bench.postgres.version);
    if (options.isComplete) saveResults('import', figures, text);
    else bench.log(`\n${text}\n`);
  });
}

export async function withBench<Result>(
  options: Options,
  measure: (bench: Bench) => Promise<Result>,
  log = (line: string): void => void process.stdout.write(`${line}\n`),
): Promise<Result> {
  const samples = await Samples.in(mkdtempSync(join(tmpdir(), 'ponte-bench-')));
  const build = copyBuild();
  const postgres = await startPostgres();
  try {
    const empty = await emptyState(postgres, build);
    return await measure({ postgres, build, samples, empty, options, log });
  } finally {
    await postgres.stop();
    build.remove();
    samples.remove();
  }
}
