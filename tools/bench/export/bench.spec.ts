import { expect, it } from 'vitest';
import { runExports } from './bench';

const ROWS = 20_000;

/** The short form, without a limit of time: it throws unless both sides wrote the same contacts. */
it('an export has the contacts that psql and exceljs write', async () => {
  const { figures } = await runExports({ csv: ROWS, xlsx: ROWS, others: ROWS, turns: 1 });
  expect(figures.map(({ side, rows }) => [side, rows])).toEqual([
    ['psql', ROWS],
    ['ponte csv', ROWS],
    ['exceljs', ROWS],
    ['ponte xlsx', ROWS],
  ]);
  expect(figures.every(({ digest, seconds }) => digest.length === 32 && seconds > 0)).toBe(true);
}, 180_000);
