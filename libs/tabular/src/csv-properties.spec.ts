import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { CsvRefusal } from './csv-refusal';
import { findInvalidUtf8 } from './decode-utf8';
import { escapeFormula, unescapeFormula } from './escape-formula';
import { isBlankRecord } from './csv-row';
import { readCsv } from './read-csv';
import { csvLine } from './write-csv';

const limits = { maxRows: 100_000, maxColumns: 1000, maxCellBytes: 100_000 };

/** Everything that reading gives: the rows, or the refusal. */
async function read(chunks: readonly Uint8Array[]): Promise<unknown> {
  async function* source() {
    yield* chunks;
  }
  const rows: unknown[] = [];
  try {
    for await (const batch of readCsv(source(), { limits, batchSize: 7 })) rows.push(...batch);
  } catch (error) {
    if (!(error instanceof CsvRefusal)) throw error;
    return { code: error.code, line: error.line, params: error.params };
  }
  return rows;
}

const readText = (text: string) => read([new TextEncoder().encode(text)]);

const cut = (bytes: Uint8Array, size: number): Uint8Array[] => {
  const chunks: Uint8Array[] = [];
  for (let at = 0; at < bytes.length; at += size) chunks.push(bytes.subarray(at, at + size));
  return chunks;
};

const cell = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 8 }),
  fc
    .array(fc.constantFrom('"', ',', '\n', '\r', '\r\n', ' ', 'a', 'é', '😀', "'", '=', '+', ';', '\ufeff'), {
      maxLength: 6,
    })
    .map((parts) => parts.join('')),
);
const table = fc.array(fc.array(cell, { minLength: 1, maxLength: 5 }), { maxLength: 8 });

/** Pieces of CSV in an order that no writer would choose. */
const hostileCsv = fc
  .array(
    fc.constantFrom('"', '""', ',', '\n', '\r', '\r\n', 'a', 'é', '€', '😀', ' ', '\ufeff', 'x"', '"x', '",'),
    {
      maxLength: 30,
    },
  )
  .map((parts) => parts.join(''));

describe('whatever the table', () => {
  test('what csvLine writes, readCsv reads, and csv-parse reads the same', async () => {
    await fc.assert(
      fc.asyncProperty(table, async (rows) => {
        const kept = rows.filter((cells) => !isBlankRecord(cells));
        fc.pre(kept.length > 0);
        const text = rows.map((cells) => csvLine(cells, { formulas: 'keep' })).join('');
        const found = (await readText(text)) as { cells: string[]; isMalformed: boolean }[];
        expect(found.map((row) => row.cells)).toEqual(kept);
        expect(found.some((row) => row.isMalformed)).toBe(false);
        const theirs = parse(text, {
          relax_column_count: true,
          skip_empty_lines: true,
          record_delimiter: '\r\n',
        });
        expect(theirs.filter((cells) => !isBlankRecord(cells))).toEqual(kept);
      }),
      { numRuns: 3000, seed: 1 },
    );
  });

  test('escaped formulas come back, and the escaping is one to one', () => {
    fc.assert(
      fc.property(cell, cell, (first, second) => {
        expect(unescapeFormula(escapeFormula(first))).toBe(first);
        if (first !== second) expect(escapeFormula(first)).not.toBe(escapeFormula(second));
      }),
      { numRuns: 5000, seed: 2 },
    );
  });

  test('no line begins a cell with a formula, phones excepted', async () => {
    await fc.assert(
      fc.asyncProperty(table, async (rows) => {
        fc.pre(rows.some((cells) => !isBlankRecord(cells)));
        const found = (await readText(rows.map((cells) => csvLine(cells)).join(''))) as { cells: string[] }[];
        for (const text of found.flatMap((row) => row.cells)) {
          if (!/^\+[1-9]\d{6,14}$/.test(text)) expect(text).not.toMatch(/^[=+\-@\t\r\n|＝＋－＠]/);
        }
      }),
      { numRuns: 1000, seed: 3 },
    );
  });
});

describe('however the bytes are cut', () => {
  test('the rows, or the refusal, are the same', async () => {
    await fc.assert(
      fc.asyncProperty(hostileCsv, async (text) => {
        const bytes = new TextEncoder().encode(text);
        const whole = await read([bytes]);
        for (let at = 0; at <= bytes.length; at++) {
          expect(await read([bytes.subarray(0, at), bytes.subarray(at)])).toEqual(whole);
        }
        expect(await read(cut(bytes, 1))).toEqual(whole);
      }),
      { numRuns: 400, seed: 4 },
    );
  });

  test('also when some bytes are not UTF-8', async () => {
    const piece = fc.constantFrom(
      ...[[0x61], [0x0a], [0x0d], [0xc3, 0xa9], [0xe2, 0x82, 0xac], [0x22], [0xff], [0xc3], [0xe2, 0x82]],
    );
    await fc.assert(
      fc.asyncProperty(fc.array(piece, { maxLength: 12 }), async (pieces) => {
        const bytes = Uint8Array.from(pieces.flat());
        const whole = await read([bytes]);
        for (const size of [1, 2, 3, 5]) expect(await read(cut(bytes, size))).toEqual(whole);
      }),
      { numRuns: 1500, seed: 5 },
    );
  });
});

describe('whatever the bytes', () => {
  test('reading gives rows or a refusal, never anything else', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 400 }), async (bytes) => {
        await read(cut(bytes, 64));
      }),
      { numRuns: 3000, seed: 6 },
    );
  });

  test('the validator finds a wrong byte exactly where there is one', () => {
    const nearMiss = fc.array(
      fc.constantFrom(
        0x41,
        0x80,
        0xbf,
        0xc1,
        0xc2,
        0xdf,
        0xe0,
        0xa0,
        0xed,
        0x9f,
        0xef,
        0xf0,
        0x90,
        0xf4,
        0x8f,
        0xf5,
      ),
    );
    fc.assert(
      fc.property(
        fc.oneof(
          fc.uint8Array({ maxLength: 12 }),
          nearMiss.map((bytes) => Uint8Array.from(bytes)),
        ),
        (bytes) => {
          const at = findInvalidUtf8(bytes);
          const strict = (part: Uint8Array) => new TextDecoder('utf-8', { fatal: true }).decode(part);
          expect(() => strict(bytes.subarray(0, at))).not.toThrow();
          if (at < bytes.length) expect(() => strict(bytes)).toThrow();
        },
      ),
      { numRuns: 20_000, seed: 7 },
    );
  });

  test('lines of a readable text are where an editor shows them', async () => {
    await fc.assert(
      fc.asyncProperty(hostileCsv, async (text) => {
        const rows = await readText(text);
        if (!Array.isArray(rows)) return;
        const lines = text.replace(/^\ufeff+/, '').split(/\r\n|\r|\n/);
        for (const { line, cells } of rows as { line: number; cells: string[] }[]) {
          const start = (lines[line - 1] ?? '').replace(/^"/, '');
          const first = (cells[0] ?? '').split(/[\r\n"]/)[0] ?? '';
          expect(start.replaceAll('"', '').startsWith(first.replaceAll('"', ''))).toBe(true);
        }
      }),
      { numRuns: 2000, seed: 8 },
    );
  });
});

test('a large hostile file takes linear time', async () => {
  const kinds = ['"', '""', 'a"', ',', '\r', 'a\n', '"a\n",', '"a"b\n', 'é'];
  const big = { maxRows: 1e9, maxColumns: 1e9, maxCellBytes: 1e9 };
  const started = performance.now();
  for (const kind of kinds) {
    const bytes = new TextEncoder().encode(kind.repeat(300_000));
    async function* source() {
      yield bytes;
    }
    try {
      for await (const _ of readCsv(source(), { limits: big })) void _;
    } catch (error) {
      expect(error).toBeInstanceOf(CsvRefusal);
    }
  }
  expect(performance.now() - started).toBeLessThan(10_000);
});
