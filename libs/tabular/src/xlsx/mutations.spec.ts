import { buildXlsx, corpusFile, corpusItems, createRandom, type Random } from '@ponte/testing';
import { describe, expect, test } from 'vitest';
import { bytesSource } from '../byte-source';
import { TableRefusal } from '../table-refusal';
import { openWorkbook } from './open-workbook';

const limits = { maxRows: 10_000, maxColumns: 16_384, maxCellBytes: 100_000 };

/** Reads everything that there is; anything but rows or a refusal is thrown. */
async function survive(bytes: Uint8Array): Promise<'rows' | 'refused'> {
  try {
    const workbook = await openWorkbook(bytesSource(bytes));
    for (const index of workbook.sheets.keys()) {
      for await (const _ of workbook.readSheet(index, { limits, locale: 'pt-BR' })) void _;
    }
    return 'rows';
  } catch (error) {
    if (!(error instanceof TableRefusal)) throw error;
    return 'refused';
  }
}

const BYTES = [0, 1, 0x7f, 0x80, 0xff, 0x3c, 0x3e, 0x22, 0x26, 0x2f, 0x50];

/** One change: bits, bytes, a piece removed, doubled or overwritten, the end cut off. */
function mutate(original: Uint8Array, random: Random): Uint8Array {
  const bytes = new Uint8Array(original);
  const at = random.below(bytes.length);
  const length = 1 + random.below(Math.min(64, bytes.length - at));
  switch (random.below(6)) {
    case 0:
      bytes[at] = (bytes[at] ?? 0) ^ (1 << random.below(8));
      return bytes;
    case 1:
      bytes[at] = random.pick(BYTES);
      return bytes;
    case 2:
      return bytes.subarray(0, at);
    case 3:
      return joinBytes(bytes.subarray(0, at), bytes.subarray(at + length));
    case 4:
      return joinBytes(bytes.subarray(0, at + length), bytes.subarray(at));
    default:
      return bytes.fill(random.pick(BYTES), at, at + length);
  }
}

function joinBytes(first: Uint8Array, second: Uint8Array): Uint8Array {
  return new Uint8Array(Buffer.concat([first, second]));
}

/** Seconds that no handful of files of a few kilobytes may take, on a machine that has other things to do. */
const MAX_SECONDS = 5;

/** Files read at the same time, so that the platform's inflater is not waited for one by one. */
const AT_ONCE = 20;

async function surviveAll(count: number, make: (random: Random, i: number) => Uint8Array) {
  const random = createRandom(20_241);
  const outcomes = { rows: 0, refused: 0 };
  for (let done = 0; done < count; done += AT_ONCE) {
    const files = Array.from({ length: AT_ONCE }, (_, i) => make(random, done + i));
    const started = performance.now();
    for (const outcome of await Promise.all(files.map(survive))) outcomes[outcome]++;
    expect(performance.now() - started).toBeLessThan(MAX_SECONDS * 1000);
  }
  return outcomes;
}

describe('broken workbooks give rows or a refusal', () => {
  test('6,000 with broken archives', { timeout: 120_000 }, async () => {
    const files = corpusItems('wizard-xlsx')
      .filter(({ size }) => size < 12_000)
      .map(corpusFile);
    const outcomes = await surviveAll(6000, (random, i) => {
      const once = mutate(files[i % files.length] ?? new Uint8Array(1), random);
      return once.length > 0 && random.below(2) === 0 ? mutate(once, random) : once;
    });
    // A test that refuses everything, or nothing, would test nothing.
    expect(outcomes.rows).toBeGreaterThan(300);
    expect(outcomes.refused).toBeGreaterThan(1000);
  });

  test('5,000 with broken parts in whole archives', { timeout: 120_000 }, async () => {
    const outcomes = await surviveAll(5000, (random) => {
      const name = random.pick(Object.keys(PARTS));
      let part: Uint8Array = new TextEncoder().encode(PARTS[name]);
      for (let times = 1 + random.below(2); times > 0 && part.length > 0; times--)
        part = mutate(part, random);
      return buildXlsx({
        sheets: [{ rows: '' }],
        parts: { ...PARTS, [name]: part },
        entry: { isStored: true },
      });
    });
    expect(outcomes.rows).toBeGreaterThan(300);
    expect(outcomes.refused).toBeGreaterThan(1000);
  });
});

/** A workbook that has something of everything. */
const PARTS: Record<string, string> = {
  '_rels/.rels':
    '<Relationships><Relationship Id="a" Type="x/officeDocument" Target="xl/workbook.xml"/></Relationships>',
  'xl/workbook.xml':
    '<workbook><workbookPr date1904="0"/><sheets><sheet name="A" sheetId="1" state="visible" r:id="s"/></sheets></workbook>',
  'xl/_rels/workbook.xml.rels':
    '<Relationships><Relationship Id="s" Type="x/worksheet" Target="worksheets/sheet1.xml"/>' +
    '<Relationship Id="t" Type="x/sharedStrings" Target="sharedStrings.xml"/><Relationship Id="u" Type="x/styles" Target="styles.xml"/></Relationships>',
  'xl/sharedStrings.xml':
    '<sst count="3"><si><t>Ana_x000D_</t></si><si><r><t>B&amp;</t></r><r><t>c&#233;</t></r><rPh sb="0"><t>x</t></rPh></si><si/></sst>',
  'xl/styles.xml':
    '<styleSheet><numFmts count="2"><numFmt numFmtId="164" formatCode="&quot;+55 &quot;(00) 0"/>' +
    '<numFmt numFmtId="165" formatCode="[$-416]dddd, d &quot;de&quot; mmmm\\ yy hh:mm:ss.00 AM/PM;@"/><numFmt numFmtId="166" formatCode="[h]:mm"/></numFmts>' +
    '<cellXfs><xf numFmtId="0"/><xf numFmtId="164"/><xf numFmtId="165"/><xf numFmtId="14"/><xf numFmtId="166"/></cellXfs></styleSheet>',
  'xl/worksheets/sheet1.xml':
    '<?xml version="1.0"?><worksheet><dimension ref="A1:C9"/><sheetData><row r="1" hidden="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c></row>' +
    '<row r="3" spans="1:9"><c r="A3" s="1"><v>5.5E+12</v></c><c r="B3" s="2"><v>45322.5633</v></c><c s="3"><v>45322</v></c><c s="4"><v>1.5</v></c>' +
    '<c t="b"><v>1</v></c><c t="e"><v>#N/A</v></c><c t="d"><v>2024-01-31T10:00:00</v></c><c r="XFD3" t="inlineStr"><is><t> a </t></is></c></row>' +
    '<row><c t="str"><f>A1</f><v><![CDATA[x]]></v></c><!-- y --></row></sheetData><mergeCells><mergeCell ref="A1:B2"/></mergeCells></worksheet>',
};
