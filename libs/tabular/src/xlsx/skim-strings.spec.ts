import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { TableRefusal } from '../table-refusal';
import { textOfPieces } from './piece-text';
import { createXmlScanner } from './scan-xml';
import { createSharedStrings } from './shared-strings';
import { createStringsSkim } from './skim-strings';

/** The strings of a part whose bytes are cut where it is said, or the code of the refusal; how many bytes were skimmed. */
async function read(
  bytes: Uint8Array,
  cuts: readonly number[],
  isSkimmed: boolean,
): Promise<[readonly string[] | string, number]> {
  const strings = createSharedStrings();
  const scanner = createXmlScanner(strings.handler);
  const skim = createStringsSkim(scanner, strings);
  let skimmed = 0;
  const counted: typeof skim = (piece, from, to) => {
    const end = skim(piece, from, to);
    skimmed += Math.max(0, end - from);
    return end;
  };
  try {
    for await (const text of textOfPieces(pieces(bytes, cuts), isSkimmed ? counted : undefined))
      scanner.push(text);
    scanner.end();
  } catch (error) {
    if (!(error instanceof TableRefusal)) throw error;
    return [error.code, skimmed];
  }
  return [Array.from({ length: 3000 }, (_, index) => strings.get(index)), skimmed];
}

async function* pieces(bytes: Uint8Array, cuts: readonly number[]): AsyncGenerator<Uint8Array> {
  // What stands before the first string is read as XML; a piece that begins with strings is skimmed.
  const first = '<sst>'.length;
  const places = [first, ...cuts.map((cut) => first + (cut % (bytes.length - first + 1)))].sort(
    (one, other) => one - other,
  );
  for (const [index, to] of [...places, bytes.length].entries())
    yield bytes.slice(places[index - 1] ?? 0, to);
}

/** One byte for each character, so that bytes can be written that are no UTF-8. */
const partOf = (items: readonly string[]) => Buffer.from(`<sst>${items.join('')}</sst>`, 'latin1');
const utf8 = (text: string) => Buffer.from(text).toString('latin1');

const TEXTS = [
  'a',
  'Ana',
  'maria_silva',
  'José',
  '中',
  '😀',
  ' ',
  '\n',
  '\r\n',
  '>',
  ']]>',
  '\u0001',
  '\ufeff',
];
const ESCAPES = ['&amp;', '&#233;', '_x000D_', '_xD83D_', '_x', '_', '<!-- < -->', '<![CDATA[&]]>'];
const text = fc
  .array(fc.constantFrom(...TEXTS, ...ESCAPES), { maxLength: 5 })
  .map((parts) => utf8(parts.join('')));
const item = fc
  .tuple(
    text,
    fc.constantFrom(
      'plain',
      'plain',
      'plain',
      'spaced',
      'rich',
      'phonetic',
      'empty',
      'typed',
      'long',
      'between',
    ),
  )
  .map(([value, form]) => {
    if (form === 'spaced') return `<si><t xml:space="preserve">${value}</t></si>`;
    if (form === 'rich') return `<si><r><t>${value}</t></r><r><rPr/><t>${value}</t></r></si>`;
    if (form === 'phonetic') return `<si><t>${value}</t><rPh><t>x</t></rPh></si>`;
    if (form === 'empty') return '<si><t/></si><si/>';
    if (form === 'typed') return `<si><t x='y'>${value}</t ></si>`;
    if (form === 'long') return `<si><t>${value}${'é'.repeat(300)}</t></si>`;
    return form === 'between' ? `<si>\n<t>${value}</t>\n</si>\n` : `<si><t>${value}</t></si>`;
  });
const items = fc.array(item, { maxLength: 40 });
const cuts = fc.array(fc.nat(8000), { maxLength: 6 });

describe('what is skimmed is what the scanner reads', () => {
  test('wherever the bytes are cut', async () => {
    await fc.assert(
      fc.asyncProperty(items, cuts, async (list, places) => {
        const bytes = partOf(list);
        const [expected] = await read(bytes, [], false);
        expect((await read(bytes, places, true))[0]).toEqual(expected);
      }),
      { numRuns: 2000, seed: 1 },
    );
  });

  test('and what is refused where bytes are no UTF-8, halves of a character in two strings among them', async () => {
    const wrong = fc.constantFrom(
      '\xc3',
      '\xa9',
      '\xf0\x9f',
      '\x98\x80',
      '\xed\xa0\x80',
      '\xff',
      '&x;',
      '& ',
    );
    await fc.assert(
      fc.asyncProperty(
        items,
        fc.array(wrong, { minLength: 1, maxLength: 3 }),
        cuts,
        async (list, odd, places) => {
          const bytes = partOf([...list, ...odd.map((part) => `<si><t>${part}</t></si>`), ...list]);
          expect((await read(bytes, [], false))[0]).toBe('corrupt_workbook');
          expect((await read(bytes, places, true))[0]).toBe('corrupt_workbook');
        },
      ),
      { numRuns: 1000, seed: 1 },
    );
  });

  test('beyond a block and beyond what is decoded at once', async () => {
    const list = Array.from(
      { length: 3000 },
      (_, at) => `${at % 700 === 0 ? '&lt;' : ''}${utf8('é😀'.repeat(at % 40))}${at}`,
    );
    const bytes = partOf(list.map((value) => `<si><t>${value}</t></si>`));
    const [expected] = await read(bytes, [], false);
    expect((await read(bytes, [30_000, 60_000], true))[0]).toEqual(expected);
  });
});

test('usual strings are skimmed nearly whole, also among unusual ones', async () => {
  const list = Array.from({ length: 400 }, (_, at) =>
    at % 40 === 0
      ? '<si><r><rPr><b/><sz val="11"/></rPr><t>Ana</t></r></si>'
      : `<si><t>pessoa_${at} &amp; Filhos</t></si>`,
  );
  const bytes = partOf(list);
  for (const places of [[], [700], [1000, 1501, 3002]]) {
    const [found, skimmed] = await read(bytes, places, true);
    expect(found[1]).toBe('pessoa_1 & Filhos');
    expect(skimmed).toBeGreaterThan(bytes.length * 0.5);
  }
});
