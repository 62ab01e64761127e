import fc from 'fast-check';
import { expect, test } from 'vitest';
import { NUMBER_FORMAT } from './cell-format';
import { textOfPieces } from './piece-text';
import { createXmlScanner } from './scan-xml';
import { createSharedStrings } from './shared-strings';
import { createSheetRows } from './sheet-rows';
import { createSheetSkim } from './skim-sheet';

const limits = { maxRows: 1000, maxColumns: 100, maxCellBytes: 1000 };
const encoder = new TextEncoder();

/** Rows of a sheet whose bytes are cut where it is said, and how many bytes were skimmed. */
async function read(xml: string, cuts: readonly number[], isSkimmed: boolean): Promise<[unknown, number]> {
  const sharedStrings = createSharedStrings();
  createXmlScanner(sharedStrings.handler).push(
    '<sst><si><t>Ana</t></si><si><t>João</t></si><si><t> </t></si></sst>',
  );
  const context = { sharedStrings, formatOf: () => NUMBER_FORMAT, is1904: false, locale: 'en' } as const;
  const sheet = createSheetRows(limits, context);
  const scanner = createXmlScanner(sheet.handler);
  const skim = createSheetSkim(scanner, sheet);
  let skimmed = 0;
  const counted: typeof skim = (bytes, from, to) => {
    const end = skim(bytes, from, to);
    skimmed += Math.max(0, end - from);
    return end;
  };
  for await (const text of textOfPieces(pieces(xml, cuts), isSkimmed ? counted : undefined))
    scanner.push(text);
  scanner.end();
  return [sheet.rows, skimmed];
}

async function* pieces(xml: string, cuts: readonly number[]): AsyncGenerator<Uint8Array> {
  const bytes = encoder.encode(xml);
  // What stands before the first row is read as XML; a piece that begins with rows is skimmed.
  const first = xml.indexOf('<row');
  const places = [Math.max(0, first), ...cuts.map((cut) => cut % (bytes.length + 1))].sort(
    (one, other) => one - other,
  );
  for (const [index, to] of [...places, bytes.length].entries())
    yield bytes.slice(places[index - 1] ?? 0, to);
}

const sheetOf = (rows: string) => `<worksheet><sheetData>${rows}</sheetData><mergeCells/></worksheet>`;

const VALUES = [
  '0',
  '1',
  '2',
  '7',
  '007',
  '5511987654321',
  '12345678901234567890',
  '1.5',
  '5.5E+12',
  '-3',
  'x',
  '',
];
const cell = fc
  .tuple(
    fc.constantFrom('A', 'B', 'C', 'Z', 'AA', 'BC'),
    fc.constantFrom('', ' s="0"', ' s="12"', " s='1'", ' cm="1"'),
    fc.constantFrom('', ' t="s"', ' t="n"', ' t="b"', ' t="str"', " t='s'"),
    fc.constantFrom(...VALUES),
    fc.constantFrom('value', 'value', 'value', 'value', 'empty', 'open', 'formula', 'comment', 'prefix'),
  )
  .map(([letters, style, type, value, form]) => {
    const start = `c r="${letters}1"${style}${type}`;
    if (form === 'empty') return `<${start}/>`;
    if (form === 'open') return `<${start}></c>`;
    if (form === 'formula') return `<${start}><f>A1&gt;2</f><v>${value}</v></c>`;
    if (form === 'comment') return `<${start}><v>${value}<!-- > --></v></c>`;
    return form === 'prefix' ? `<x:${start}><x:v>${value}</x:v></x:c>` : `<${start}><v>${value}</v></c>`;
  });
const row = fc
  .tuple(
    fc.constantFrom(
      ...[
        '',
        ' spans="1:3"',
        ' spans="1:3" x14ac:dyDescent="0.25"',
        ' hidden="1"',
        ' ht="12" hidden="false"',
      ],
      ...[' x:hidden="true"', " hidden='1'", ' hidden = "true"', ' a="&gt;" hidden="true"', ' a=">"'],
    ),
    fc.array(cell, { maxLength: 4 }),
    fc.constantFrom('', '', '\n', ' text '),
  )
  .map(([attributes, cells, between]) => ({ attributes, cells: cells.join(between) + between, between }));
const rows = fc
  .array(row, { maxLength: 12 })
  .map((list) =>
    sheetOf(
      list
        .map(
          ({ attributes, cells, between }, index) =>
            `<row r="${index + 1}"${attributes}>${cells}</row>${between}`,
        )
        .join(''),
    ),
  );

test('what is skimmed is what the scanner reads, wherever the bytes are cut', async () => {
  await fc.assert(
    fc.asyncProperty(rows, fc.array(fc.nat(4000), { maxLength: 6 }), async (xml, cuts) => {
      const [expected] = await read(xml, [], false);
      expect((await read(xml, cuts, true))[0]).toEqual(expected);
    }),
    { numRuns: 3000, seed: 1 },
  );
});

test('usual rows are skimmed whole', async () => {
  const usual = Array.from(
    { length: 50 },
    (_, at) =>
      `<row r="${at + 1}" spans="1:3" x14ac:dyDescent="0.25"><c r="A${at + 1}" s="1" t="s"><v>1</v></c><c r="B${at + 1}"><v>5511987654321</v></c></row>`,
  ).join('');
  for (const cuts of [[], [700], [1000, 1501, 3002]]) {
    const [found, skimmed] = await read(sheetOf(usual), cuts, true);
    expect(found).toHaveLength(50);
    expect(skimmed).toBeGreaterThan(usual.length * 0.8);
  }
});
