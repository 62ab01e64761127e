import { describe, expect, it } from 'vitest';
import { runCases } from './wizard/bench';
import { readWorkbooks } from './xlsx/bench';

const ROWS = 10_000;

/** Short forms without a limit of time: so that the benchmarks stay alive, and compare what gives the same. */
describe('the benchmarks', () => {
  it('read the same rows from a workbook, whoever reads it', async () => {
    const figures = await readWorkbooks([{ rows: ROWS, turns: 1 }]);
    expect(figures.map(({ reader, rowsRead }) => [reader, rowsRead])).toEqual([
      ['tabular', ROWS],
      ['exceljs', ROWS],
    ]);
  });

  it.each(['csv', 'xlsx'] as const)(
    'find the same contacts in a %s file, whoever imports it',
    async (format) => {
      const [comparison] = await runCases([{ format, rows: ROWS, turns: 1 }]);
      const contacts = (comparison?.results ?? []).map((result) => [
        result.way,
        'error' in result ? result.error : (result.rows ?? result.contacts),
      ]);
      expect(Object.fromEntries(contacts)).toMatchObject({
        ponte: comparison?.expected,
        rows: ROWS,
        plain: null,
        rsi_mended: comparison?.expected,
      });
    },
  );
});
