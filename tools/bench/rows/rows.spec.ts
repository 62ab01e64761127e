import { expect, it } from 'vitest';
import { measureRows } from './bench';

it('does the same with each row by every means', { timeout: 120_000 }, async () => {
  const rows = 2_000;
  const figures = await measureRows(rows, 1);
  const counts = Object.fromEntries(figures.map(({ way, count }) => [way, count]));
  const { csvRows = 0, ...others } = counts;
  expect(others).toEqual({
    readCsv: rows + 1,
    'csv-parse': rows + 1,
    'checkRow: name, phone and e-mail': rows,
    'libphonenumber-js/max: the phone alone': rows,
    'zod with our phone': rows,
    'class-validator with its own phone': rows,
    'compileMapping, proposeRow and judgeRow': rows,
    'libphonenumber-js/max with Brazil as default: the phone alone': rows,
  });
  expect(csvRows).toBeGreaterThan(rows * 30);
});
