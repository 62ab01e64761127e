import { buildXlsx, buildZip, type BuildXlsxOptions } from '@ponte/testing';
import { describe, expect, test } from 'vitest';
import { bytesSource, type ByteSource } from '../byte-source';
import type { CsvLimits } from '../csv-row';
import { TableRefusal } from '../table-refusal';
import { openWorkbook } from './open-workbook';

const limits = { maxRows: 1_048_576, maxColumns: 16_384, maxCellBytes: 1_000_000 };
const row = (value: string) => `<row><c t="str"><v>${value}</v></c></row>`;
const sheets = [{ rows: row('Ana') }];

/** The first column of the first sheet, or the refusal's code and what it says. */
async function readSource(source: ByteSource, some: Partial<CsvLimits> = {}): Promise<unknown> {
  try {
    const workbook = await openWorkbook(source);
    const cells: (string | undefined)[] = [];
    const options = { limits: { ...limits, ...some }, locale: 'pt-BR' } as const;
    for await (const batch of workbook.readSheet(0, options))
      cells.push(...batch.map((found) => found.cells[0]));
    return cells;
  } catch (error) {
    if (!(error instanceof TableRefusal)) throw error;
    return [
      error.code,
      error.line,
      error.params?.['reason'] ?? error.params?.['format'] ?? error.params?.['limit'],
    ];
  }
}

const read = (bytes: Uint8Array, some?: Partial<CsvLimits>) => readSource(bytesSource(bytes), some);
const readBuilt = (options: Partial<BuildXlsxOptions>, some?: Partial<CsvLimits>) =>
  read(buildXlsx({ sheets, ...options }), some);

const refused = (code: string, detail?: string | number, line?: number) => [code, line, detail];
const ole = (...names: string[]) => {
  const bytes = Buffer.alloc(512 * 4);
  Buffer.from('d0cf11e0a1b11ae1', 'hex').copy(bytes);
  bytes.writeUInt16LE(9, 30);
  bytes.writeUInt32LE(1, 48); // the directory is sector 1, the FAT sector 0
  bytes.writeUInt32LE(0xfffffffe, 512 + 4);
  names.forEach((name, i) => {
    bytes.write(name, 1024 + i * 128, 'utf16le');
    bytes.writeUInt16LE(name.length * 2 + 2, 1024 + i * 128 + 64);
  });
  return new Uint8Array(bytes);
};

describe('archives', () => {
  test.each<[title: string, options: Partial<BuildXlsxOptions>]>([
    ['deflated', {}],
    ['stored', { entry: { isStored: true } }],
    ['with data descriptors', { entry: { hasDescriptor: true } }],
    ['ZIP64', { zip: { isWide: true } }],
    ['with a comment', { zip: { comment: 'PK\x05\x06 and more' } }],
    ['stored, long', { entry: { isStored: true }, parts: { 'xl/media/a.png': new Uint8Array(200_000) } }],
    ['with an empty part', { parts: { 'xl/media/a.png': '' } }],
  ])('%s', async (_, options) => {
    expect(await readBuilt(options)).toEqual(['Ana']);
  });

  test('a stored part of many blocks', async () => {
    const names = Array.from({ length: 20_000 }, (_, i) => `Ana ${i}`);
    const many = [{ rows: names.map(row).join('') }];
    expect(await readBuilt({ sheets: many, entry: { isStored: true } })).toEqual(names);
  });

  test('backslashes, a leading slash and other case in names', async () => {
    const sheet = `<worksheet><sheetData>${row('Bia')}</sheetData></worksheet>`;
    for (const name of [
      'xl\\worksheets\\sheet1.xml',
      '/xl/worksheets/sheet1.xml',
      'XL/Worksheets/Sheet1.XML',
    ]) {
      const parts = { 'xl/worksheets/sheet1.xml': null, [name]: sheet };
      expect(await readBuilt({ parts })).toEqual(['Bia']);
    }
  });

  test.each<[title: string, options: Partial<BuildXlsxOptions>, refusal: unknown]>([
    ['encrypted', { entry: { isEncrypted: true } }, refused('password_protected')],
    ['another method', { entry: { declared: { method: 9 } } }, refused('corrupt_workbook', 'zip_method')],
    ['wrong checksum', { entry: { declared: { crc: 1 } } }, refused('corrupt_workbook', 'zip_data')],
    [
      'smaller than declared',
      { entry: { declared: { size: 9999 } } },
      refused('corrupt_workbook', 'zip_data'),
    ],
    ['larger than declared', { entry: { declared: { size: 9 } } }, refused('corrupt_workbook', 'zip_size')],
    [
      'packed size too small',
      { entry: { declared: { packedSize: 9 } } },
      refused('corrupt_workbook', 'zip_data'),
    ],
    [
      'packed size too large',
      { entry: { declared: { packedSize: 9e8 } } },
      refused('corrupt_workbook', 'zip_entry'),
    ],
    ['entry elsewhere', { entry: { declared: { headerAt: 1 } } }, refused('corrupt_workbook', 'zip_entry')],
    [
      'entry beyond the end',
      { entry: { declared: { headerAt: 9e8 } } },
      refused('corrupt_workbook', 'cut_off'),
    ],
    [
      '1 GB declared',
      { entry: { declared: { size: 2e9, packedSize: 5e8 } } },
      refused('too_large_unpacked', 32_000_000),
    ],
    ['same part twice', { parts: { 'XL/workbook.xml': 'x' } }, refused('unsafe_file', 'duplicate_entry')],
    [
      'too many entries',
      { parts: Object.fromEntries(Array.from({ length: 1000 }, (_, i) => [`x${i}`, ''])) },
      refused('unsafe_file', 'too_many_entries'),
    ],
  ])('refused: %s', async (_, options, refusal) => {
    expect(await readBuilt(options)).toEqual(refusal);
  });

  test('cut off anywhere', async () => {
    const bytes = buildXlsx({ sheets });
    for (let length = 0; length < bytes.length; length += 7) {
      const [code] = (await read(bytes.subarray(0, length))) as string[];
      expect(length === 0 ? ['empty_file'] : ['corrupt_workbook', 'unsupported_type']).toContain(code);
    }
  });

  test('errors of the source pass through, wherever they come', async () => {
    const bytes = buildXlsx({ sheets });
    for (let failing = 1; ; failing++) {
      let reads = 0;
      const source: ByteSource = {
        size: bytes.length,
        read: (from, to) =>
          ++reads === failing ? Promise.reject(new Error('gone')) : Promise.resolve(bytes.subarray(from, to)),
      };
      const found = await readSource(source).catch((error: unknown) => error);
      if (failing > reads) break;
      expect(found).toEqual(new Error('gone'));
    }
  });
});

describe('other files', () => {
  const relations = (target: string) =>
    `<Relationships><Relationship Id="a" Type="x/officeDocument" Target="${target}"/></Relationships>`;
  const zip = (parts: Record<string, string>) =>
    buildZip(Object.entries(parts).map(([name, data]) => ({ name, data })));

  test.each<[title: string, bytes: Uint8Array, refusal: unknown]>([
    ['nothing', new Uint8Array(0), refused('empty_file')],
    ['text', Buffer.from('nome;telefone'), refused('unsupported_type', 'binary')],
    ['a few bytes', Buffer.from('PK'), refused('unsupported_type', 'binary')],
    [
      'bytes in front of a ZIP',
      Buffer.concat([Buffer.from('xx'), buildXlsx({ sheets })]),
      refused('corrupt_workbook', 'zip_prefix'),
    ],
    [
      'ODS',
      zip({ mimetype: 'application/vnd.oasis.opendocument.spreadsheet' }),
      refused('unsupported_type', 'ods'),
    ],
    ['ODT', zip({ mimetype: 'application/vnd.oasis.opendocument.text' }), refused('unsupported_type', 'odt')],
    ['EPUB', zip({ mimetype: 'application/epub+zip' }), refused('unsupported_type', 'zip')],
    ['Numbers', zip({ 'Index/Document.iwa': '' }), refused('unsupported_type', 'numbers')],
    ['ZIP', zip({ 'a.txt': 'a' }), refused('unsupported_type', 'zip')],
    ['empty ZIP', zip({}), refused('unsupported_type', 'zip')],
    [
      'package of nothing',
      zip({ '[Content_Types].xml': '<a/>' }),
      refused('corrupt_workbook', 'no_workbook'),
    ],
    [
      'XLSB',
      zip({ '_rels/.rels': relations('xl/workbook.bin'), 'xl/workbook.bin': '' }),
      refused('unsupported_type', 'xlsb'),
    ],
    [
      'DOCX',
      zip({ '_rels/.rels': relations('d.xml'), 'd.xml': '<w:document/>' }),
      refused('unsupported_type', 'docx'),
    ],
    [
      'PPTX',
      zip({ '_rels/.rels': relations('p.xml'), 'p.xml': '<p:presentation/>' }),
      refused('unsupported_type', 'pptx'),
    ],
    [
      'other XML',
      zip({ '_rels/.rels': relations('p.xml'), 'p.xml': '<x/>' }),
      refused('corrupt_workbook', 'no_workbook'),
    ],
    [
      'a missing workbook',
      zip({ '_rels/.rels': relations('p.xml') }),
      refused('corrupt_workbook', 'part_missing'),
    ],
    ['encrypted', ole('Root Entry', 'EncryptionInfo', 'EncryptedPackage'), refused('password_protected')],
    ['XLS', ole('Root Entry', 'Workbook'), refused('unsupported_type', 'xls')],
    ['old XLS', ole('Root Entry', 'Book'), refused('unsupported_type', 'xls')],
    ['DOC', ole('Root Entry', 'WordDocument'), refused('unsupported_type', 'doc')],
    ['PPT', ole('Root Entry', 'PowerPoint Document'), refused('unsupported_type', 'ppt')],
    ['MSI', ole('Root Entry'), refused('unsupported_type', 'ole')],
    ['OLE cut off', ole('Root Entry').subarray(0, 600), refused('unsupported_type', 'ole')],
    ['OLE head alone', ole('Root Entry').subarray(0, 100), refused('corrupt_workbook', 'cut_off')],
  ])('%s', async (_, bytes, refusal) => {
    expect(await read(new Uint8Array(bytes))).toEqual(refusal);
  });
});

describe('parts', () => {
  test.each<[title: string, parts: Record<string, string | null>, found: unknown]>([
    ['no shared strings, no styles', { 'xl/sharedStrings.xml': null, 'xl/styles.xml': null }, ['Ana']],
    ['no sheet', { 'xl/worksheets/sheet1.xml': null }, refused('corrupt_workbook', 'part_missing')],
    [
      'no relations of the workbook',
      { 'xl/_rels/workbook.xml.rels': null },
      refused('corrupt_workbook', 'no_sheets'),
    ],
    ['no data', { 'xl/worksheets/sheet1.xml': '<worksheet/>' }, []],
    ['no XML', { 'xl/worksheets/sheet1.xml': 'x' }, refused('corrupt_workbook', 'xml_end')],
    ['nothing', { 'xl/worksheets/sheet1.xml': '' }, refused('corrupt_workbook', 'xml_end')],
    ['text in front', { 'xl/worksheets/sheet1.xml': 'x<a/>' }, refused('corrupt_workbook', 'xml_text')],
    [
      'wrong nesting',
      { 'xl/worksheets/sheet1.xml': '<a><b></a></b>' },
      refused('corrupt_workbook', 'xml_nesting'),
    ],
    [
      'cut off',
      { 'xl/worksheets/sheet1.xml': '<a><sheetData><row>' },
      refused('corrupt_workbook', 'xml_end'),
    ],
    [
      'cut off in a tag',
      { 'xl/worksheets/sheet1.xml': '<a/><b x="' },
      refused('corrupt_workbook', 'xml_end'),
    ],
    ['two roots', { 'xl/worksheets/sheet1.xml': '<a/><b/>' }, refused('corrupt_workbook', 'xml_second_root')],
    [
      'attribute without a value',
      { 'xl/worksheets/sheet1.xml': '<a b></a>' },
      refused('corrupt_workbook', 'xml_attribute'),
    ],
    [
      'attribute without quotes',
      { 'xl/worksheets/sheet1.xml': '<a b=c></a>' },
      refused('corrupt_workbook', 'xml_attribute'),
    ],
    ['no tag', { 'xl/worksheets/sheet1.xml': '<a>< b></a>' }, refused('corrupt_workbook', 'xml_tag')],
    [
      'deep nesting',
      { 'xl/worksheets/sheet1.xml': '<a>'.repeat(300) },
      refused('corrupt_workbook', 'xml_depth'),
    ],
    [
      'unknown entity',
      { 'xl/sharedStrings.xml': '<sst><si><t>&x;</t></si></sst>' },
      refused('corrupt_workbook', 'xml_entity'),
    ],
    [
      'lone ampersand',
      { 'xl/sharedStrings.xml': '<sst><si><t>A & B</t></si></sst>' },
      refused('corrupt_workbook', 'xml_entity'),
    ],
    [
      'character beyond Unicode',
      { 'xl/sharedStrings.xml': '<sst><si><t>&#x110000;</t></si></sst>' },
      refused('corrupt_workbook', 'xml_entity'),
    ],
    ['DTD', { 'xl/worksheets/sheet1.xml': '<!DOCTYPE a><a/>' }, refused('unsafe_file', 'dtd')],
    [
      'DTD with an external entity',
      {
        'xl/sharedStrings.xml':
          '<?xml version="1.0"?> <!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>',
      },
      refused('unsafe_file', 'dtd'),
    ],
    [
      'another declaration',
      { 'xl/worksheets/sheet1.xml': '<!ELEMENT a><a/>' },
      refused('corrupt_workbook', 'xml_declaration'),
    ],
    [
      'a comment without end',
      { 'xl/worksheets/sheet1.xml': '<!-- <a/>' },
      refused('corrupt_workbook', 'xml_end'),
    ],
  ])('%s', async (_, parts, found) => {
    expect(await readBuilt({ parts })).toEqual(found);
  });

  test('another encoding', async () => {
    const sheet = Buffer.from(`<worksheet><sheetData>${row('José')}</sheetData></worksheet>`, 'latin1');
    expect(await readBuilt({ parts: { 'xl/worksheets/sheet1.xml': sheet } })).toEqual(
      refused('corrupt_workbook', 'xml_encoding'),
    );
  });

  test.each<[target: string]>([
    ['/xl/s/A%20b.xml'],
    ['s/A b.xml'],
    ['../xl/./s/a%20B.xml'],
    ['../../../xl/s/a b.xml'],
    ['s\\A b.xml'],
  ])('a sheet by %s', async (target) => {
    const relations = `<Relationships><Relationship Target="${target}" Id="rId1" Type="http://x/worksheet"/></Relationships>`;
    const parts = {
      'xl/_rels/workbook.xml.rels': relations,
      'xl/s/A b.xml': `<worksheet><sheetData>${row('Bia')}</sheetData></worksheet>`,
    };
    expect(await readBuilt({ parts })).toEqual(['Bia']);
  });

  test('relations to other files are not followed', async () => {
    const relations =
      '<Relationships><Relationship Id="rId1" Type="x/worksheet" TargetMode="External" Target="file:///a.xml"/></Relationships>';
    expect(await readBuilt({ parts: { 'xl/_rels/workbook.xml.rels': relations } })).toEqual(
      refused('corrupt_workbook', 'no_sheets'),
    );
  });

  test('sheets with their names and whether they are shown; charts are none', async () => {
    const workbook = await openWorkbook(
      bytesSource(
        buildXlsx({
          sheets: [
            { rows: '', name: 'A &amp; &quot;B&quot;' },
            { rows: '', name: 'Gráfico', kind: 'chartsheet' },
            { rows: '', name: 'b', state: 'hidden' },
            { rows: '', name: 'c', state: 'veryHidden' },
            { rows: '', name: 'd', state: 'visible' },
          ],
        }),
      ),
    );
    expect(workbook.sheets).toEqual([
      { name: 'A & "B"', visibility: 'visible' },
      { name: 'b', visibility: 'hidden' },
      { name: 'c', visibility: 'very_hidden' },
      { name: 'd', visibility: 'visible' },
    ]);
    await expect(workbook.readSheet(4, { limits, locale: 'en' }).next()).rejects.toThrow(RangeError);
  });
});

describe('limits', () => {
  const rows = (count: number) => [{ rows: Array.from({ length: count }, (_, i) => row(`r${i}`)).join('') }];

  test.each<[title: string, options: Partial<BuildXlsxOptions>, limit: Partial<CsvLimits>, found: unknown]>([
    ['as many rows as allowed, and a header', { sheets: rows(4) }, { maxRows: 3 }, ['r0', 'r1', 'r2', 'r3']],
    ['a row more', { sheets: rows(5) }, { maxRows: 3 }, refused('too_many_rows', 3, 5)],
    [
      'as many columns as allowed, and an empty cell',
      { sheets: [{ rows: '<row><c><v>1</v></c><c/></row>' }] },
      { maxColumns: 1 },
      ['1'],
    ],
    [
      'a column more',
      { sheets: [{ rows: '<row><c r="B1"><v>1</v></c></row>' }] },
      { maxColumns: 1 },
      refused('too_many_columns', 1, 1),
    ],
    [
      'far columns',
      { sheets: [{ rows: '<row><c r="XFE1"><v>1</v></c></row>' }] },
      {},
      refused('too_many_columns', 16_384, 1),
    ],
    [
      'farther columns',
      { sheets: [{ rows: '<row><c r="ZZZZZZ1"><v>1</v></c></row>' }] },
      {},
      refused('too_many_columns', 16_384, 1),
    ],
    ['a cell as large as allowed', { sheets: [{ rows: row('éé') }] }, { maxCellBytes: 4 }, ['éé']],
    [
      'a larger cell',
      { sheets: [{ rows: row('ééé') }] },
      { maxCellBytes: 4 },
      refused('cell_too_large', 4, 1),
    ],
    [
      'a larger shared cell',
      { sharedStrings: '<si><t>ééé</t></si>', sheets: [{ rows: '<row r="7"><c t="s"><v>0</v></c></row>' }] },
      { maxCellBytes: 4 },
      refused('cell_too_large', 4, 7),
    ],
    [
      'a large row of small cells',
      { sheets: [{ rows: `<row>${'<c t="str"><v>aaaa</v></c>'.repeat(5)}</row>` }] },
      { maxCellBytes: 4 },
      refused('cell_too_large', 16, 1),
    ],
    [
      'rich text without end',
      { sheets: [{ rows: `<row><c><is>${`<t>${'a'.repeat(1000)}</t>`.repeat(10_000)}</is></c></row>` }] },
      {},
      refused('cell_too_large', 1_000_000, 1),
    ],
    [
      'text of a cell without end',
      { sheets: [{ rows: row('a'.repeat(20_000_000)) }] },
      {},
      refused('too_large_unpacked', 8_000_000),
    ],
    [
      'nothing but blanks',
      { sheets: [{ rows: '<row></row>'.repeat(4_000_000) }] },
      {},
      refused('too_large_unpacked', 32_000_000),
    ],
  ])('%s', async (_, options, limit, found) => {
    expect(await readBuilt(options, limit)).toEqual(found);
  });

  test('many sheets that are none', async () => {
    const parts = {
      'xl/workbook.xml': `<workbook><sheets>${'<sheet/>'.repeat(1_100_000)}</sheets></workbook>`,
    };
    expect(await readBuilt({ parts })).toEqual(refused('unsafe_file', 'too_many_elements'));
  });

  test('one long string in every cell', async () => {
    const long = { sharedStrings: `<si><t>${'a'.repeat(900_000)}</t></si>` };
    const rows = '<row><c t="s"><v>0</v></c></row>'.repeat(2000);
    expect(await readBuilt({ ...long, sheets: [{ rows }] })).toEqual(
      refused('too_large_unpacked', 1_000_000_000),
    );
  });

  test('many far cells come in small batches', async () => {
    const workbook = await openWorkbook(
      bytesSource(buildXlsx({ sheets: [{ rows: '<row><c r="XFD1"><v>1</v></c></row>'.repeat(2000) }] })),
    );
    let most = 0;
    let count = 0;
    for await (const batch of workbook.readSheet(0, { limits, locale: 'en' })) {
      most = Math.max(most, batch.length);
      count += batch.length;
    }
    expect(count).toBe(2000);
    expect(most).toBeLessThan(600);
  });
});

describe('reading', () => {
  const many = buildXlsx({
    sheets: [{ rows: Array.from({ length: 2500 }, (_, i) => row(`r${i}`)).join('') }],
  });

  test('gives batches of the size asked for, and the sheet again', async () => {
    const workbook = await openWorkbook(bytesSource(many));
    for (const [batchSize, sizes] of [
      [undefined, [1000, 1000, 500]],
      [2499, [2499, 1]],
      [2500, [2500]],
    ] as const) {
      const found: number[] = [];
      const options = batchSize === undefined ? {} : { batchSize };
      for await (const batch of workbook.readSheet(0, { limits, locale: 'en', ...options }))
        found.push(batch.length);
      expect(found).toEqual(sizes);
    }
  });

  test('says how far it is', async () => {
    const shares: number[] = [];
    const workbook = await openWorkbook(bytesSource(many));
    const onProgress = (share: number) => void shares.push(share);
    for await (const _ of workbook.readSheet(0, { limits, locale: 'en', onProgress })) void _;
    expect(shares.at(-1)).toBe(1);
    expect(shares).toEqual([...shares].sort((a, b) => a - b));
  });

  test('stops when aborted, before and in the middle', async () => {
    const controller = new AbortController();
    const { signal } = controller;
    const workbook = await openWorkbook(bytesSource(many), { signal });
    const read = async () => {
      for await (const _ of workbook.readSheet(0, { limits, locale: 'en', signal, batchSize: 10 })) {
        controller.abort(new Error('enough'));
      }
    };
    await expect(read()).rejects.toThrow('enough');
    await expect(read()).rejects.toThrow('enough');
    await expect(openWorkbook(bytesSource(many), { signal })).rejects.toThrow('enough');
  });

  test('may be left at any time', async () => {
    const workbook = await openWorkbook(bytesSource(many));
    for (let i = 0; i < 50; i++) {
      for await (const batch of workbook.readSheet(0, { limits, locale: 'en', batchSize: 10 })) {
        expect(batch[0]?.cells[0]).toBe('r0');
        break;
      }
    }
  });
});
