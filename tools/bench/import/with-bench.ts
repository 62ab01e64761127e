import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startRedis, type OwnRedis } from '@ponte/testing';
import { startPostgres, type Postgres } from '../postgres';
import { copyBuild, type Build } from '../product';
import type { Options } from './options';
import { Samples } from './samples';
import { emptyState, type State } from './states';

/** What the cases share: servers, one copy of the built product, one set of files. */
export interface Bench {
  readonly postgres: Postgres;
  readonly redis: OwnRedis;
  readonly build: Build;
  readonly samples: Samples;
  readonly empty: State;
  readonly options: Options;
  log(line: string): void;
}

/** Starts what the cases share, and ends it whatever comes of them. */
export async function withBench<Result>(
  options: Options,
  log: (line: string) => void,
  measure: (bench: Bench) => Promise<Result>,
): Promise<Result> {
  const samples = await Samples.in(mkdtempSync(join(tmpdir(), 'ponte-bench-')));
  const build = copyBuild();
  const postgres = await startPostgres();
  const redis = await startRedis();
  try {
    const empty = await emptyState(postgres, build);
    return await measure({ postgres, redis, build, samples, empty, options, log });
  } finally {
    await redis.stop();
    await postgres.stop();
    build.remove();
    samples.remove();
  }
}
