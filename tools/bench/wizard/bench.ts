import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bundleForPage } from '../bundle.mjs';
import { saveResults } from '../figures';
import { startBrowser } from './browser';
import { measure, type Failure, type Measurement } from './measure';
import { WAYS } from './page/ways';
import { compare, type Comparison } from './report';
import { writeCsvFile, writeXlsxFile } from '../samples/sample-files';
import { contactsAmong } from '../samples/sample-rows';
import { serveBench } from './serve';

interface Case {
  readonly format: 'csv' | 'xlsx';
  readonly rows: number;
  /** Five, and fewer where one turn of all ways takes minutes. */
  readonly turns: number;
}

const CASES: readonly Case[] = [
  { format: 'csv', rows: 10_000, turns: 5 },
  { format: 'csv', rows: 100_000, turns: 5 },
  { format: 'csv', rows: 1_000_000, turns: 3 },
  { format: 'xlsx', rows: 10_000, turns: 5 },
  { format: 'xlsx', rows: 100_000, turns: 5 },
  { format: 'xlsx', rows: 500_000, turns: 3 },
  { format: 'xlsx', rows: 1_000_000, turns: 1 },
];

/** Measures every case and writes the table. Throws when a way gives another number of contacts than the file has. */
export default async function benchWizard(): Promise<void> {
  const comparisons = await runCases(CASES, (line) => process.stdout.write(`${line}\n`));
  const { figures, text } = compare(comparisons);
  saveResults('wizard', figures, text);
}

/** The ways take turns, so that a machine that slows down slows all of them down. */
export async function runCases(
  cases: readonly Case[],
  log: (line: string) => void = () => undefined,
): Promise<Comparison[]> {
  const folder = mkdtempSync(join(tmpdir(), 'ponte-bench-'));
  const site = await serveBench(
    new Map([
      ['bench.js', await bundleForPage('wizard/page/index.ts')],
      ['rows.js', await bundleForPage('wizard/page/rows-worker.ts')],
    ]),
  );
  const browser = await startBrowser();
  try {
    const comparisons: Comparison[] = [];
    for (const { format, rows, turns } of cases) {
      const path = join(folder, `${rows}.${format}`);
      await (format === 'csv' ? writeCsvFile : writeXlsxFile)(path, rows);
      const results: (Measurement | Failure)[] = [];
      for (let turn = 0; turn < turns; turn++) {
        for (const way of WAYS) {
          const result = await measure(browser, site.address, path, way);
          log(`${format} ${rows} ${way}: ${JSON.stringify(result)}`);
          results.push(result);
        }
      }
      rmSync(path);
      comparisons.push({ format, rows, turns, expected: contactsAmong(rows), results });
    }
    return comparisons;
  } finally {
    await browser.close();
    await site.close();
    rmSync(folder, { recursive: true, force: true });
  }
}
