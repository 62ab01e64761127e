import { checkRow, compileMapping, judgeRow, proposeRow, REPAIR_BITS } from '@ponte/contacts';
import { csvRows, readCsv } from '@ponte/tabular';
import { parse } from 'csv-parse';
import { parsePhoneNumberFromString } from 'libphonenumber-js/max';
import { Readable } from 'node:stream';
import { LIMITS, type Sample } from './sample';
import { isContactForClassValidator, isContactForZod } from './validators';

/** One way to do a task. Answers how many rows came out of it or were found good; when writing, how many bytes. */
interface Way {
  readonly name: string;
  readonly run: (sample: Sample) => number | Promise<number>;
}

/** Several ways to the same end; the first one is ours. */
export interface Task {
  readonly name: string;
  readonly ways: readonly Way[];
}

const BATCH = 5_000;
const NOBODY = { areaCode: null };
const MAPPING = { roles: ['name', 'phone_number', 'email'], defaults: {} } as const;
const mapCells = compileMapping(MAPPING);

export const TASKS: readonly Task[] = [
  {
    name: 'read CSV, with the line of each row',
    ways: [
      { name: 'readCsv', run: ({ bytes }) => sum(readCsv(bytes(), { limits: LIMITS })) },
      {
        name: 'csv-parse',
        run: ({ bytes }) => countItems(Readable.from(bytes()).pipe(parse({ info: true }))),
      },
    ],
  },
  {
    name: 'check a row',
    ways: [
      {
        name: 'checkRow: name, phone and e-mail',
        run: ({ cells, columns }) => countGood(cells, (row) => checkRow(row, columns).ok),
      },
      {
        name: 'libphonenumber-js/max: the phone alone',
        run: ({ cells }) =>
          countGood(
            cells,
            ([, phone = '']) => parsePhoneNumberFromString(phone, { extract: false })?.isValid() === true,
          ),
      },
      { name: 'zod with our phone', run: ({ cells }) => countGood(cells, isContactForZod) },
      {
        name: 'class-validator with its own phone',
        run: ({ cells }) => countGood(cells, isContactForClassValidator),
      },
    ],
  },
  {
    name: 'map, repair and judge a row without country',
    ways: [
      {
        name: 'compileMapping, proposeRow and judgeRow',
        run: ({ national }) =>
          countGood(national, (row) => {
            const [name, phone, email] = mapCells(row);
            return judgeRow(proposeRow(name, phone, email, NOBODY), REPAIR_BITS.phone_add_country).ok;
          }),
      },
      {
        name: 'libphonenumber-js/max with Brazil as default: the phone alone',
        run: ({ national }) =>
          countGood(
            national,
            ([, phone = '']) => parsePhoneNumberFromString(phone, 'BR')?.isValid() === true,
          ),
      },
    ],
  },
  {
    name: 'write CSV, safe from formulas',
    ways: [{ name: 'csvRows', run: ({ cells }) => sum(csvRows(inBatches(cells))) }],
  },
];

function countGood(
  rows: readonly (readonly string[])[],
  isGood: (row: readonly string[]) => boolean,
): number {
  let good = 0;
  for (const row of rows) if (isGood(row)) good++;
  return good;
}

async function sum(batches: AsyncIterable<{ readonly length: number }>): Promise<number> {
  let total = 0;
  for await (const { length } of batches) total += length;
  return total;
}

async function countItems(items: AsyncIterable<unknown>): Promise<number> {
  const iterator = items[Symbol.asyncIterator]();
  let total = 0;
  while ((await iterator.next()).done !== true) total++;
  return total;
}

async function* inBatches<Row>(rows: readonly Row[]): AsyncGenerator<readonly Row[]> {
  for (let from = 0; from < rows.length; from += BATCH) yield rows.slice(from, from + BATCH);
}
