import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { markdownTable, median, megabytes, milliseconds, saveResults } from '../figures';
import { writeCsvFile } from '../samples/sample-files';
import { contactsAmong } from '../samples/sample-rows';
import { startBrowser } from '../wizard/browser';
import { startProduct } from './product';
import { walkThrough, type Walk } from './walk';

const CASES = [
  { rows: 100_000, turns: 5 },
  { rows: 1_048_000, turns: 3 },
] as const;

/** Files have more than what is imported; with it a million rows are a hundred megabytes. */
const NOTE = 'cliente desde 2019, prefere à tarde';

interface Measured {
  readonly rows: number;
  readonly bytes: number;
  readonly walks: readonly Walk[];
}

/** The wizard's page with large files: how long somebody waits, whether the page stays alive, how much memory it takes. */
export default async function benchPage(): Promise<void> {
  const product = await startProduct();
  const browser = await startBrowser();
  const folder = mkdtempSync(join(tmpdir(), 'ponte-bench-'));
  const measured: Measured[] = [];
  try {
    for (const { rows, turns } of CASES) {
      const path = join(folder, `${rows}.csv`);
      await writeCsvFile(path, rows, NOTE);
      const walks: Walk[] = [];
      for (let turn = 0; turn < turns; turn++) {
        const walk = await walkThrough(browser, product.address, path, contactsAmong(rows));
        process.stdout.write(`${rows} rows: ${JSON.stringify(walk)}\n`);
        walks.push(walk);
      }
      measured.push({ rows, bytes: statSync(path).size, walks });
    }
  } finally {
    await browser.close();
    await product.stop();
    rmSync(folder, { recursive: true, force: true });
  }
  saveResults('page', measured, describe(measured));
}

function describe(measured: readonly Measured[]): string {
  const rows = measured.map(({ rows: count, bytes, walks }) => {
    const middle = (of: (walk: Walk) => number) => median(walks.map(of));
    const tasks = walks.flatMap(({ longTasks }) => longTasks);
    return [
      `CSV ${count.toLocaleString('en')} (${megabytes(bytes)})`,
      milliseconds(middle(({ understood }) => understood)),
      milliseconds(middle(({ reviewed }) => reviewed)),
      milliseconds(middle(({ repaired }) => repaired)),
      megabytes(middle(({ memory }) => memory)),
      tasks.length === 0 ? 'none' : `${tasks.length}, longest ${milliseconds(Math.max(...tasks))}`,
      String(walks.length),
    ];
  });
  const header = ['file', 'understood', 'checked', 'repaired', 'memory', 'tasks over 50 ms', 'turns'];
  return `${markdownTable(header, rows)}\n\nWindows-1252 with semicolons, through the wizard of the running product. Medians; the tasks are those of all turns.`;
}
