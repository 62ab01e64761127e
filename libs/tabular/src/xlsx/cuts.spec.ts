import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { TableRow } from '../table';
import { TableRefusal } from '../table-refusal';
import { NUMBER_FORMAT } from './cell-format';
import { createXmlDecoder } from './decode-xml';
import { createXmlScanner } from './scan-xml';
import { createSharedStrings } from './shared-strings';
import { createSheetRows } from './sheet-rows';

const limits = { maxRows: 1000, maxColumns: 100, maxCellBytes: 1000 };

/** Rows of a sheet, or the refusal, from bytes that come in these pieces. */
function read(pieces: readonly Uint8Array[]): unknown {
  const context = {
    sharedStrings: createSharedStrings(),
    formatOf: () => NUMBER_FORMAT,
    is1904: false,
    locale: 'en',
  } as const;
  const sheet = createSheetRows(limits, context);
  const scanner = createXmlScanner(sheet.handler);
  const decoder = createXmlDecoder();
  try {
    for (const piece of pieces) scanner.push(decoder.decode(piece));
    scanner.push(decoder.end());
    scanner.end();
  } catch (error) {
    if (!(error instanceof TableRefusal)) throw error;
    return [error.code, error.line, error.params];
  }
  return sheet.rows;
}

/** The same from every way to cut the bytes in two, from single bytes, and from pieces of some sizes. */
function expectSame(bytes: Uint8Array, expected: unknown): void {
  for (let at = 0; at <= bytes.length; at++) {
    expect(read([bytes.subarray(0, at), bytes.subarray(at)])).toEqual(expected);
  }
  for (const size of [1, 2, 3, 7, 64]) {
    const pieces: Uint8Array[] = [];
    for (let at = 0; at < bytes.length; at += size) pieces.push(bytes.subarray(at, at + size));
    expect(read(pieces)).toEqual(expected);
  }
}

const SHEET = `<?xml version="1.0" encoding="UTF-8"?>
<!-- > <row> --><x:worksheet xmlns:x="m" xmlns:r="n"><x:sheetData a='"'>
<x:row r="2" hidden="1"><x:c r="B2" t="str"><x:v>Jos&#233; &lt;😀&gt;</x:v></x:c><x:c r="C2" s="1"><x:f>"a>b"</x:f><x:v
>5.5E+12</x:v></x:c></x:row><row><c t="inlineStr" x='/>'><is><t xml:space="preserve"> a\r\n</t><r><t>b<![CDATA[]]]>c</t></r></is></c>
<c r="D3"/><c t="b"><v>1</v></c></row></x:sheetData><mergeCells/></x:worksheet>\n`;

const ROWS: readonly TableRow[] = [
  { line: 2, cells: ['', 'José <😀>', '5500000000000'], isMalformed: false, isHidden: true },
  { line: 3, cells: [' a\nb]c', '', '', '', 'TRUE'], isMalformed: false, isHidden: false },
];

function encode(xml: string, encoding: 'utf-8' | 'utf-16le' | 'utf-16be'): Uint8Array {
  const bytes = Buffer.from(xml, encoding === 'utf-8' ? 'utf8' : 'utf16le');
  return new Uint8Array(encoding === 'utf-16be' ? bytes.swap16() : bytes);
}

describe('however a part is cut', () => {
  test.each(['utf-8', 'utf-16le', 'utf-16be'] as const)('a sheet in %s gives the same rows', (encoding) => {
    for (const mark of ['', '\ufeff']) {
      const bytes = encode(mark + SHEET, encoding);
      expect(read([bytes])).toEqual(ROWS);
      expectSame(bytes, ROWS);
    }
  });

  test('pieces of XML in an order that no writer would choose give the same rows, or the same refusal', () => {
    const piece = fc.constantFrom(
      ...[
        '<sheetData>',
        '</sheetData>',
        '<row>',
        '<row r="3">',
        '</row>',
        '<c>',
        '<c t="str">',
        '</c>',
        '<v>',
      ],
      ...[
        '</v>',
        '<is>',
        '</is>',
        '<t>',
        '</t>',
        '<v/>',
        '<!--',
        '-->',
        '<![CDATA[',
        ']]>',
        '<?',
        '?>',
        '<!DOCTYPE',
      ],
      ...[
        '&amp;',
        '&#13;',
        '&',
        'a',
        '1',
        '"',
        "'",
        '<',
        '>',
        '/>',
        '=',
        ' ',
        '\r',
        '\n',
        'é',
        '😀',
        '<c r="B1" ',
      ],
    );
    const hostile = fc.array(piece, { maxLength: 25 });
    fc.assert(
      fc.property(hostile, (pieces) => {
        const bytes = encode(`<a><sheetData>${pieces.join('')}</sheetData></a>`, 'utf-8');
        expectSame(bytes, read([bytes]));
      }),
      { numRuns: 400, seed: 1 },
    );
  });

  test('and well-formed ones too', () => {
    const text = fc
      .array(fc.constantFrom('a', 'é', '😀', '&lt;', '&#x41;', '\r\n', '<!-- > -->', '<![CDATA[<]]>', ' '))
      .map((parts) => parts.join(''));
    const cell = fc.tuple(fc.constantFrom('', ' t="str"', " t='n' r='C1'", ' x="&lt;>"'), text);
    const rows = fc.array(fc.array(cell, { maxLength: 4 }), { maxLength: 4 });
    fc.assert(
      fc.property(rows, (all) => {
        const xml = all
          .map(
            (cells) => `<row>${cells.map(([head, value]) => `<c${head}><v>${value}</v></c>`).join('')}</row>`,
          )
          .join('\n');
        const bytes = encode(`<a><sheetData>${xml}</sheetData></a>`, 'utf-8');
        const whole = read([bytes]);
        expect((whole as unknown[])[0]).not.toBe('corrupt_workbook');
        expectSame(bytes, whole);
      }),
      { numRuns: 150, seed: 2 },
    );
  });
});

test('hostile parts take linear time', () => {
  const started = performance.now();
  const kinds = [
    '<',
    '<!',
    '<!--',
    '<a ',
    '<a b="',
    '</',
    '&',
    '>',
    '"',
    '<a b="&',
    '<![CDATA[',
    '\r',
    '<c><v>',
  ];
  for (const kind of kinds) {
    const bytes = encode(`<x><sheetData><row><c><v>${kind.repeat(400_000)}`, 'utf-8');
    const pieces: Uint8Array[] = [];
    for (let at = 0; at < bytes.length; at += 1000) pieces.push(bytes.subarray(at, at + 1000));
    read(pieces);
  }
  expect(performance.now() - started).toBeLessThan(10_000);
});
