import { bytesSource, csvLine, openTable, type TableRow } from '@ponte/tabular';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { RowStore } from './row-store';

const cell = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 12 }),
  // Halves of surrogate pairs, which UTF-8 cannot hold.
  fc
    .array(fc.constantFrom('\ud83d', '\ude00', 'é', '\ufeff', '\0', ' ', '😀'), { maxLength: 4 })
    .map((all) => all.join('')),
  fc.constantFrom('', ' ', 'x'.repeat(300), '名'.repeat(70_000)),
);
const rows = fc.array(fc.array(cell, { maxLength: 5 }), { maxLength: 30 });

function storeOf(table: readonly (readonly string[])[]): RowStore {
  const store = new RowStore();
  store.append(table.map((cells, index) => rowOf(cells, index)));
  store.finish();
  return store;
}

function rowOf(cells: readonly string[], index: number, flags: Partial<TableRow> = {}): TableRow {
  return { line: index + 2, cells, isMalformed: false, isHidden: false, ...flags };
}

const LIMITS = { maxRows: 1000, maxColumns: 10, maxCellBytes: 1_000_000 };

const HALF = /\p{Surrogate}/gu;

/** Columns and surplus of all batches, which may be cut differently. */
function readAll(store: RowStore, columns: readonly number[], width: number): unknown {
  const batches = [...store.read(columns, width)];
  return {
    cells: columns.map((_, at) => batches.flatMap((batch) => [...(batch.columns[at] ?? [])])),
    surplus: batches.flatMap(({ start, surplus }) =>
      [...surplus].map((n) => start + n).sort((a, b) => a - b),
    ),
  };
}

/** A CSV without a header as its rows and as packed columns. */
async function storesOf(bytes: Uint8Array): Promise<[byRows: RowStore, packed: RowStore]> {
  const choice = { encoding: 'utf-8', delimiter: ',', headerLine: 0 } as const;
  const table = await openTable(bytesSource(bytes), { limits: LIMITS, locale: 'pt-BR', choice });
  const stores: [RowStore, RowStore] = [new RowStore(), new RowStore()];
  for await (const batch of table.rows()) stores[0].append(batch);
  for await (const batch of table.packed?.() ?? []) stores[1].appendPacked(batch);
  for (const store of stores) store.finish();
  return stores;
}

describe('a table in flat memory', () => {
  test('gives every row back as it was', () => {
    fc.assert(
      fc.property(rows, (table) => {
        const store = storeOf(table);
        expect(store.rows).toBe(table.length);
        expect(table.map((_, row) => store.row(row))).toEqual(table);
        expect(table.map((_, row) => store.widthOf(row))).toEqual(table.map((cells) => cells.length));
      }),
      { numRuns: 300, seed: 1 },
    );
  });

  test('gives columns back, blank where a row has no cell', () => {
    fc.assert(
      fc.property(rows, fc.array(fc.nat(6), { maxLength: 3 }), (table, columns) => {
        const read = [...storeOf(table).read(columns)];
        const found = columns.map((_, at) => read.flatMap((batch) => [...(batch.columns[at] ?? [])]));
        expect(found).toEqual(columns.map((column) => table.map((cells) => cells[column] ?? '')));
      }),
      { numRuns: 300, seed: 2 },
    );
  });

  test('counts what is filled, and finds what lies beyond a width', () => {
    fc.assert(
      fc.property(rows, fc.nat(5), (table, width) => {
        const store = storeOf(table);
        for (let column = 0; column < 5; column++)
          expect(store.filled(column)).toBe(
            table.filter((cells) => (cells[column] ?? '').trim() !== '').length,
          );
        const surplus = [...store.read([], width)].flatMap(({ start, surplus }) =>
          [...surplus].map((n) => start + n),
        );
        const expected = table.flatMap((cells, row) =>
          cells.slice(width).join('').trim() === '' ? [] : [row],
        );
        expect(surplus.sort((one, other) => one - other)).toEqual(expected);
      }),
      { numRuns: 300, seed: 3 },
    );
  });

  test('is the same of rows that come packed', async () => {
    await fc.assert(
      fc.asyncProperty(rows, fc.nat(4), async (table, width) => {
        // The first line of a text has no controls, and no file has half a surrogate pair.
        const whole = [
          ['x'],
          ...table.map((cells) => ['x', ...cells.map((text) => text.replaceAll(HALF, '?'))]),
        ];
        const text = whole.map((cells) => csvLine(cells, { formulas: 'keep' })).join('');
        const [byRows, packed] = await storesOf(new TextEncoder().encode(text));
        for (const key of ['rows', 'width', 'malformedRows', 'hiddenRows'] as const)
          expect(packed[key]).toBe(byRows[key]);
        for (let row = 0; row < byRows.rows; row++) {
          expect(packed.row(row)).toEqual(byRows.row(row));
          expect(packed.line(row)).toBe(byRows.line(row));
        }
        const columns = Array.from({ length: 7 }, (_, column) => column);
        expect(readAll(packed, columns, width)).toEqual(readAll(byRows, columns, width));
        expect(columns.map((column) => packed.filled(column))).toEqual(
          columns.map((column) => byRows.filled(column)),
        );
      }),
      { numRuns: 200, seed: 4 },
    );
  });

  test('holds many batches, with lines and flags', () => {
    const store = new RowStore();
    const count = 5000;
    for (let at = 0; at < count; at += 700) {
      const size = Math.min(700, count - at);
      store.append(
        Array.from({ length: size }, (_, n) =>
          rowOf([`Nome ${at + n}`, 'ç'], at + n, {
            isMalformed: (at + n) % 1000 === 7,
            isHidden: (at + n) % 2500 === 0,
          }),
        ),
      );
    }
    store.finish();
    expect(store).toMatchObject({ rows: count, width: 2, hiddenRows: 2, malformedRows: 5 });
    for (const row of [0, 1023, 1024, 2047, 2048, 4999]) {
      expect(store.row(row)).toEqual([`Nome ${row}`, 'ç']);
      expect(store.line(row)).toBe(row + 2);
    }
    expect(store.isMalformed(1007)).toBe(true);
    expect(store.isMalformed(1008)).toBe(false);
    expect([store.row(-1), store.row(count)]).toEqual([[], []]);
  });

  test('closes a batch of long cells early, and refuses more text than a worker can hold', () => {
    const long = 'x'.repeat(3_000_000);
    const store = new RowStore(10_000_000);
    const add = () => store.append([rowOf([long], 0)]);
    for (let n = 0; n < 2; n++) add();
    expect(add).not.toThrow();
    expect(() => {
      add();
      add();
      store.finish();
    }).toThrow(expect.objectContaining({ code: 'too_large_unpacked' }) as Error);
  });
});
