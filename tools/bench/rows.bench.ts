import { checkRow, resolveHeader, type ContactColumns } from '@ponte/contacts';
import { csvRows, readCsv, type CsvRow } from '@ponte/tabular';
import { generateContactsCsv } from '@ponte/testing';
import { parse } from 'csv-parse';
import { parsePhoneNumberFromString } from 'libphonenumber-js/max';
import { Readable } from 'node:stream';
import { bench, describe } from 'vitest';

// csv-parse stops at a malformed row, so there is none. Both sides of each comparison read the same seeded rows, in turn and in one process: take the ratios, not the times.
const ROWS = 100_000;
const LIMITS = { maxRows: 1_048_576, maxColumns: 16_384, maxCellBytes: 1024 * 1024 };
const SETTINGS = { iterations: 5, time: 0, warmupIterations: 1, warmupTime: 0 };

const chunks: Uint8Array[] = [];
for await (const chunk of generateContactsCsv({ rows: ROWS, seed: 1, badShare: 0 }).bytes())
  chunks.push(chunk);
const rows: CsvRow[] = [];
for await (const batch of readCsv(bytes(), { limits: LIMITS })) rows.push(...batch);
const header = resolveHeader(rows.shift()?.cells ?? []);
if (!header.ok) throw new Error('The generated file has no header.');
const columns: ContactColumns = header.columns;

async function* bytes(): AsyncGenerator<Uint8Array> {
  yield* chunks;
}

async function drain(items: AsyncIterable<unknown>): Promise<void> {
  const iterator = items[Symbol.asyncIterator]();
  while ((await iterator.next()).done !== true);
}

describe(`reading ${ROWS} rows of CSV, with the line of each`, () => {
  bench('readCsv', () => drain(readCsv(bytes(), { limits: LIMITS })), SETTINGS);
  bench(
    'csv-parse',
    () => drain(Readable.from(bytes()).pipe(parse({ info: true, relax_column_count: true }))),
    SETTINGS,
  );
});

describe(`checking ${ROWS} rows`, () => {
  bench(
    'checkRow: name, phone and e-mail',
    () => rows.forEach(({ cells }) => checkRow(cells, columns)),
    SETTINGS,
  );
  bench(
    'libphonenumber-js/max: the phone alone',
    () =>
      rows.forEach(({ cells }) =>
        parsePhoneNumberFromString(cells[columns.phone_number] ?? '', { extract: false })?.isValid(),
      ),
    SETTINGS,
  );
});

describe(`writing ${ROWS} rows of CSV`, () => {
  const batches = async function* () {
    for (let from = 0; from < rows.length; from += 5_000)
      yield rows.slice(from, from + 5_000).map(({ cells }) => cells);
  };
  bench('csvRows: quoted and safe from formulas', () => drain(csvRows(batches())), SETTINGS);
});
