import type { ExpectedImport, PlanOptions } from '@ponte/testing';
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { bundleForNode } from '../bundle.mjs';

/** A generated file on disk, with what must come of it. */
export interface Sample {
  readonly rows: number;
  /** Whose the clean rows are. */
  readonly account: number;
  /** What the product is given. */
  readonly file: string;
  /** What `psql` is given: the contacts alone, checked, normalised and without duplicates, each with its account's id. */
  readonly cleanFile: string;
  readonly expected: Omit<ExpectedImport, 'rejected'>;
}

export interface SampleOptions extends Omit<PlanOptions, 'seed'> {
  readonly account: number;
}

const SEED = 2026;
const HEAP_MEGABYTES = 12_000;

/** Makes each file once, below one folder, and removes them all. */
export class Samples {
  private constructor(
    private readonly folder: string,
    private readonly script: { file: string; remove: () => void },
  ) {}

  static async in(folder: string): Promise<Samples> {
    return new Samples(folder, await bundleForNode('import/write-sample.ts'));
  }

  get({ account, ...plan }: SampleOptions): Sample {
    const options = JSON.stringify({ ...plan, seed: SEED } satisfies PlanOptions);
    const folder = join(this.folder, createHash('sha256').update(`${account} ${options}`).digest('hex'));
    const read = (name: string) => join(folder, name);
    if (mkdirSync(folder, { recursive: true }) !== undefined) {
      const args = [`--max-old-space-size=${HEAP_MEGABYTES}`, this.script.file, folder, String(account)];
      execFileSync(process.execPath, [...args, options], { stdio: 'inherit' });
    }
    const expected = JSON.parse(readFileSync(read('expected.json'), 'utf8')) as Sample['expected'];
    return { rows: plan.rows, account, file: read('contacts.csv'), cleanFile: read('clean.csv'), expected };
  }

  remove(): void {
    this.script.remove();
    rmSync(this.folder, { recursive: true, force: true });
  }
}
