import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bundleForNode } from '../bundle.mjs';
import { markdownTable, median, megabytes, milliseconds, saveResults, times } from '../figures';
import { writeXlsxFile } from '../samples/sample-files';
import { READERS, type Reading, type Reader } from './readers';

export interface WorkbookCase {
  readonly rows: number;
  readonly turns: number;
}

interface Figure {
  readonly rows: number;
  readonly reader: Reader;
  readonly turns: number;
  readonly milliseconds: number;
  readonly peakBytes: number;
  readonly rowsRead: number;
}

const CASES: readonly WorkbookCase[] = [
  { rows: 100_000, turns: 5 },
  { rows: 500_000, turns: 5 },
];

/** A workbook to rows in Node: time, and the peak memory of a process that does nothing else. */
export default async function benchWorkbooks(): Promise<void> {
  const figures = await readWorkbooks(CASES, (line) => process.stdout.write(`${line}\n`));
  const rows = figures.map((figure) => {
    const own = figures.find(({ rows, reader }) => rows === figure.rows && reader === 'tabular') ?? figure;
    return [
      `XLSX ${figure.rows.toLocaleString('en')}`,
      figure.reader,
      milliseconds(figure.milliseconds),
      times(figure.milliseconds / own.milliseconds),
      megabytes(figure.peakBytes),
      times(figure.peakBytes / own.peakBytes),
    ];
  });
  const header = ['file', 'reader', 'median', 'of tabular’s time', 'peak memory', 'of tabular’s memory'];
  const turns = CASES.map(({ rows, turns }) => `${turns} of ${rows.toLocaleString('en')} rows`);
  const how =
    'Each reading in a process of its own, the file in the system’s cache, without the time to load the libraries; tabular with Node’s own inflater (`createInflater`).';
  saveResults(
    'xlsx',
    figures,
    `${markdownTable(header, rows)}\n\nMedians in turn: ${turns.join(', ')}. ${how}`,
  );
}

/** The readers take turns, each time in a process of their own. */
export async function readWorkbooks(
  cases: readonly WorkbookCase[],
  log: (line: string) => void = () => undefined,
): Promise<Figure[]> {
  const folder = mkdtempSync(join(tmpdir(), 'ponte-bench-'));
  const script = await bundleForNode('xlsx/read-workbook.ts');
  try {
    const figures: Figure[] = [];
    for (const { rows, turns } of cases) {
      const path = join(folder, `${rows}.xlsx`);
      await writeXlsxFile(path, rows);
      const readings: Reading[] = [];
      for (let turn = 0; turn < turns; turn++) {
        for (const reader of READERS) {
          const words = execFileSync(process.execPath, [script.file, reader, path], { encoding: 'utf8' });
          log(`${rows} ${words.trim()}`);
          readings.push(JSON.parse(words) as Reading);
        }
      }
      rmSync(path);
      figures.push(...READERS.map((reader) => summarize(rows, reader, readings)));
    }
    return figures;
  } finally {
    script.remove();
    rmSync(folder, { recursive: true, force: true });
  }
}

function summarize(rows: number, reader: Reader, readings: readonly Reading[]): Figure {
  const own = readings.filter((reading) => reading.reader === reader);
  return {
    rows,
    reader,
    turns: own.length,
    milliseconds: median(own.map((reading) => reading.milliseconds)),
    peakBytes: median(own.map((reading) => reading.peakBytes)),
    rowsRead: own[0]?.rows ?? 0,
  };
}
