import { describe, expect, test } from 'vitest';
import {
  bytesSource,
  openTable,
  TableRefusal,
  type ByteSource,
  type OpenTableOptions,
  type TableChoice,
  type TableDetection,
} from './index';

const LIMITS = { maxRows: 1000, maxColumns: 50, maxCellBytes: 1000 };
const latin1 = (text: string) => Uint8Array.from(text, (character) => character.charCodeAt(0));
const utf16 = (text: string) =>
  Uint8Array.from(
    [...text].flatMap((character) => [character.charCodeAt(0) & 255, character.charCodeAt(0) >> 8]),
  );

const open = (bytes: Uint8Array, options: Partial<OpenTableOptions> = {}) =>
  openTable(bytesSource(bytes), { limits: LIMITS, locale: 'pt-BR', ...options });

async function read(bytes: Uint8Array, options: Partial<OpenTableOptions> = {}) {
  const table = await open(bytes, options);
  const rows = [];
  for await (const batch of table.rows()) rows.push(...batch);
  return { ...table, rows };
}

/** `code`, `code:format`, `code@line`; or `read`. */
async function outcome(bytes: Uint8Array, options: Partial<OpenTableOptions> = {}): Promise<string> {
  try {
    await read(bytes, options);
    return 'read';
  } catch (error) {
    if (!(error instanceof TableRefusal)) throw error;
    const { code, line, params } = error;
    const format = params?.['format'];
    return `${code}${format === undefined ? '' : `:${format}`}${line === undefined ? '' : `@${line}`}`;
  }
}

const HTML = '<table><tr><td>Ana</td><td>+5511987654321</td></tr></table>';
const CSV = 'Nome;Telefone\r\nAna;+5511987654321\r\n';

describe('content decides', () => {
  const cases: readonly (readonly [title: string, bytes: Uint8Array, outcome: string])[] = [
    ['nothing', latin1(''), 'empty_file'],
    ['blanks', latin1(' \r\n\t\r\n '), 'empty_file'],
    ['a byte order mark', latin1('\xef\xbb\xbf'), 'empty_file'],
    ['a byte order mark of UTF-16', latin1('\xff\xfe'), 'empty_file'],
    ['blanks in UTF-16', utf16('\ufeff \r\n'), 'empty_file'],
    ['Ctrl-Z alone', latin1('\r\n\x1a'), 'empty_file'],
    ['empty cells', latin1(';;\r\n;;\r\n'), 'empty_file'],
    ['a line sep= alone', latin1('sep=;\r\n'), 'empty_file'],
    ['titles alone', latin1('Nome;Telefone\r\n'), 'no_rows'],
    ['titles alone, and blank rows', latin1('Nome;Telefone\r\n;\r\n \r\n'), 'no_rows'],
    ['an HTML table', latin1(HTML), 'unsupported_type:html'],
    ['after blanks', latin1(`\r\n\r\n   ${HTML}`), 'unsupported_type:html'],
    ['after a byte order mark', latin1(`\xef\xbb\xbf<HTML>${HTML}`), 'unsupported_type:html'],
    ['with a document type', latin1(`<!DOCTYPE html>\n${HTML}`), 'unsupported_type:html'],
    ['with styles first', latin1(`<style>td{}</style>${HTML}`), 'unsupported_type:html'],
    ['with a comment first', latin1(`<!-- x -->${HTML}`), 'unsupported_type:html'],
    ['as XHTML', latin1(`<?xml version="1.0"?><html>${HTML}</html>`), 'unsupported_type:html'],
    ['in UTF-16', utf16(`\ufeff<html>${HTML}`), 'unsupported_type:html'],
    ['in UTF-16 without mark', utf16(` <html>${HTML}`), 'unsupported_type:html'],
    ['as a web archive', latin1(`MIME-Version: 1.0\r\n\r\n${HTML}`), 'unsupported_type:html'],
    ['words in angle brackets are no HTML', latin1('<nome>;<fone>\r\nAna;+5511987654321\r\n'), 'read'],
    [
      'an XML spreadsheet',
      latin1('<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"><Table >'),
      'unsupported_type:xml',
    ],
    ['JSON', latin1('[{"nome":"Ana"}]'), 'unsupported_type:json'],
    ['address cards', latin1('BEGIN:VCARD\r\nFN:Ana\r\n'), 'unsupported_type:vcard'],
    ['PDF', latin1('%PDF-1.7\n'), 'unsupported_type:pdf'],
    ['PNG', latin1('\x89PNG\r\n\x1a\n'), 'unsupported_type:png'],
    ['gzip', latin1('\x1f\x8b\x08'), 'unsupported_type:gzip'],
    ['UTF-32', latin1('\xff\xfe\0\0N\0\0\0'), 'unsupported_type:utf-32'],
    ['NUL in the first line', latin1('Nome\0;Fone\nAna;1\n'), 'unsupported_type:binary'],
    ['controls everywhere', latin1('\x01\x02\x03\x04ab;\x05'), 'unsupported_type:binary'],
    ['controls below the first line', latin1('ab\n\x01\x02\x03\x04\x05\x06'), 'unsupported_type:binary'],
    ['controls in UTF-16', utf16('\ufeff\x01\x02\x03ab'), 'unsupported_type:binary'],
    ['a NUL in a row is the row’s', latin1(`${CSV}Rui\0;+5521987654321\r\n`), 'read'],
    ['a broken zip', latin1('PK\x03\x04broken'), 'corrupt_workbook'],
    ['an open quote', latin1(`${CSV}Rui;1\r\n"Bia;2\r\nEva;3\r\n`), 'malformed_csv@4'],
    ['a quote that swallowed lines', latin1(`${CSV}"Rui\r\nBia" x;2\r\n`), 'malformed_csv@3'],
    ['too many columns', latin1(`${CSV}Rui${';'.repeat(50)}x\r\n`), 'too_many_columns@3'],
    ['a cell too large', latin1(`${CSV}${'x'.repeat(1001)};1\r\n`), 'cell_too_large@3'],
  ];
  test.each(cases)('%s', async (_, bytes, expected) => {
    expect(await outcome(bytes)).toBe(expected);
  });

  test('rows are counted from below the header', async () => {
    const rows = (count: number) =>
      latin1(`ACME\r\n\r\nNome;Telefone\r\n${'Ana;+5511987654321\r\n'.repeat(count)}`);
    const limits = { ...LIMITS, maxRows: 300 };
    expect(await outcome(rows(300), { limits })).toBe('read');
    expect(await outcome(rows(301), { limits })).toBe('too_many_rows@304');
  });
});

describe('the dialect', () => {
  const ROWS = 'Nome;Fone\r\nJos\xe9;+5511987654321\r\n';
  const cases: readonly (readonly [
    title: string,
    bytes: Uint8Array,
    detection: Partial<TableDetection>,
    cells: readonly (readonly string[])[],
  ])[] = [
    [
      'Excel in Portuguese',
      latin1(ROWS),
      { format: 'csv', encoding: 'windows-1252', delimiter: ';', headerLine: 1, sheet: null, sheets: [] },
      [['José', '+5511987654321']],
    ],
    ['ASCII with semicolons', latin1(CSV), { encoding: 'windows-1252' }, [['Ana', '+5511987654321']]],
    [
      'ASCII with commas',
      latin1(CSV.replaceAll(';', ',')),
      { encoding: 'utf-8' },
      [['Ana', '+5511987654321']],
    ],
    [
      'a line sep=',
      latin1(`sep=;\r\n${ROWS}`),
      { delimiter: ';', headerLine: 2 },
      [['José', '+5511987654321']],
    ],
    [
      'a line sep= that is believed against structure',
      latin1('sep=,\nNome;Sobrenome,Fone\nAna;Lima,+5511987654321\nRui;Lima,1\n'),
      { delimiter: ',', headerLine: 2 },
      [
        ['Ana;Lima', '+5511987654321'],
        ['Rui;Lima', '1'],
      ],
    ],
    [
      'a line sep= in quotes, after a mark',
      latin1(`\xef\xbb\xbf"SEP=;"\n${CSV}`),
      { headerLine: 2 },
      [['Ana', '+5511987654321']],
    ],
    [
      'a line sep= with something else',
      latin1(`sep=:\n${CSV}`),
      { delimiter: ';', headerLine: 2 },
      [['Ana', '+5511987654321']],
    ],
    [
      'two marks',
      latin1('\xef\xbb\xbf\xef\xbb\xbfNome,Fone\nAna,+5511987654321\n'),
      { headerLine: 1 },
      [['Ana', '+5511987654321']],
    ],
    ['Ctrl-Z at the end', latin1(`${ROWS}\x1a`), { headerLine: 1 }, [['José', '+5511987654321']]],
    [
      'a block of Ctrl-Z',
      latin1(`${ROWS}${'\x1a'.repeat(300)}`),
      { headerLine: 1 },
      [['José', '+5511987654321']],
    ],
    ['Ctrl-Z in UTF-16', utf16(`\ufeff${ROWS}\x1a`), { encoding: 'utf-16le' }, [['José', '+5511987654321']]],
    [
      'Ctrl-Z after the last cell',
      latin1('Nome;Fone\nAna;+5511987654321\x1a'),
      {},
      [['Ana', '+5511987654321']],
    ],
    [
      'half a character of UTF-16 at the end',
      latin1('\xff\xfea\0;\0b\0\n\x001\0;\x002\0\n\x003'),
      {},
      [['1', '2']],
    ],
    [
      'mixed line ends',
      latin1('Nome;Fone\rAna;11987654321\nRui;21987654321\r\nBia;31987654321'),
      { headerLine: 1 },
      [
        ['Ana', '11987654321'],
        ['Rui', '21987654321'],
        ['Bia', '31987654321'],
      ],
    ],
    [
      'no header',
      latin1('Ana;11987654321\nRui;21987654321\n'),
      { headerLine: 0 },
      [
        ['Ana', '11987654321'],
        ['Rui', '21987654321'],
      ],
    ],
    [
      'signs of Windows-1252 that Node decodes wrongly',
      latin1('Nome;Fone\n\x93Z\xe9\x94 \x80 D\x92\xc1vila \x81;11987654321\n'),
      { encoding: 'windows-1252' },
      [['“Zé” € D’Ávila \x81', '11987654321']],
    ],
    [
      'pasted cells',
      new TextEncoder().encode('Nome\tFone\nJosé\t11987654321'),
      { encoding: 'utf-8', delimiter: '\t', headerLine: 1 },
      [['José', '11987654321']],
    ],
    [
      'pasted cells without header',
      new TextEncoder().encode('José\t11987654321\nAna\t21987654321'),
      { delimiter: '\t', headerLine: 0 },
      [
        ['José', '11987654321'],
        ['Ana', '21987654321'],
      ],
    ],
    [
      'one pasted column',
      latin1('11987654321\r\n21987654321'),
      { delimiter: null, headerLine: 0 },
      [['11987654321'], ['21987654321']],
    ],
    [
      'one pasted column with its title',
      latin1('Fone\r\n11987654321'),
      { delimiter: null, headerLine: 1 },
      [['11987654321']],
    ],
  ];
  test.each(cases)('%s', async (_, bytes, detection, cells) => {
    const table = await read(bytes);
    expect(table.detection).toMatchObject(detection);
    expect(table.rows.map((row) => row.cells)).toEqual(cells);
  });

  test('rows say where they are, and top shows everything from the first line', async () => {
    const table = await read(latin1('ACME\r\n\r\n Nome ;Fone\r\nAna;"+55\r\n11"\r\n;\r\nRui;"1"x\r\n'));
    expect(table.header).toEqual(['Nome', 'Fone']);
    expect(table.detection.headerLine).toBe(3);
    expect(table.top.map(({ line }) => line)).toEqual([1, 3, 4, 7]);
    expect(table.rows).toEqual([
      { line: 4, cells: ['Ana', '+55\r\n11'], isMalformed: false, isHidden: false },
      { line: 7, cells: ['Rui', '"1"x'], isMalformed: true, isHidden: false },
    ]);
  });

  test('top has twenty rows, batches have at most a thousand', async () => {
    const table = await open(latin1(`Nome;Fone\n${'a;1\n'.repeat(40_000)}`), {
      limits: { ...LIMITS, maxRows: 40_000 },
    });
    expect(table.top).toHaveLength(20);
    const sizes: number[] = [];
    for await (const batch of table.rows()) sizes.push(batch.length);
    expect(Math.max(...sizes)).toBe(1000);
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBe(40_000);
  });
});

describe('a choice overrules what was detected', () => {
  const TEXT = latin1('ACME;;\nNome;Fone;x\nJos\xe9,Ana;11987654321;y\nRui;21987654321;z\n');
  const cases: readonly (readonly [
    choice: TableChoice,
    first: readonly string[],
    detection: Partial<TableDetection>,
  ])[] = [
    [{}, ['José,Ana', '11987654321', 'y'], { headerLine: 2, encoding: 'windows-1252', delimiter: ';' }],
    [{ encoding: 'ibm850' }, ['JosÚ,Ana', '11987654321', 'y'], { encoding: 'ibm850', headerLine: 2 }],
    [{ encoding: 'macintosh' }, ['JosÈ,Ana', '11987654321', 'y'], { encoding: 'macintosh' }],
    [{ encoding: 'utf-8' }, ['José,Ana', '11987654321', 'y'], { encoding: 'utf-8' }],
    [{ delimiter: ',', headerLine: 0 }, ['ACME;;'], { delimiter: ',', headerLine: 0 }],
    [{ headerLine: 0 }, ['ACME', '', ''], { headerLine: 0 }],
    [{ headerLine: 1 }, ['Nome', 'Fone', 'x'], { headerLine: 1 }],
    [{ headerLine: 3 }, ['Rui', '21987654321', 'z'], { headerLine: 3 }],
  ];
  test.each(cases)('%j', async (choice, first, detection) => {
    const { rows, detection: found } = await read(TEXT, { choice });
    expect(rows[0]?.cells).toEqual(first);
    expect(found).toMatchObject(detection);
  });

  test('titles are those of the chosen line', async () => {
    expect((await open(TEXT, { choice: { headerLine: 3 } })).header).toEqual([
      'José,Ana',
      '11987654321',
      'y',
    ]);
    expect((await open(TEXT, { choice: { headerLine: 0 } })).header).toEqual([]);
  });

  test('a header far down is found, one below everything leaves no rows', async () => {
    const bytes = latin1(`${'Ana;1\n'.repeat(500)}Nome;Fone\nRui;2\n`);
    const table = await read(bytes, { choice: { headerLine: 501 } });
    expect(table.header).toEqual(['Nome', 'Fone']);
    expect(table.rows.map(({ cells }) => cells)).toEqual([['Rui', '2']]);
    expect(await outcome(bytes, { choice: { headerLine: 502 } })).toBe('no_rows');
  });
});

describe('a caller', () => {
  const BIG = latin1(`Nome;Fone\n${'Jos\xe9;11987654321\n'.repeat(200_000)}`);
  const limits = { ...LIMITS, maxRows: 1_000_000 };

  test('that aborts gets its reason, before, while opening, and while reading', async () => {
    const reason = new Error('left');
    await expect(open(BIG, { signal: AbortSignal.abort(reason) })).rejects.toBe(reason);

    const opening = new AbortController();
    const onProgress = () => opening.abort(reason);
    await expect(open(BIG, { limits, signal: opening.signal, onProgress })).rejects.toBe(reason);

    const reading = new AbortController();
    const table = await open(BIG, { limits, signal: reading.signal });
    const rows = table.rows();
    await rows.next();
    reading.abort(reason);
    await expect(
      (async () => {
        for await (const batch of rows) expect(batch.length).toBeGreaterThan(0);
      })(),
    ).rejects.toBe(reason);
  });

  test('hears of the progress, which ends at 1', async () => {
    const shares: number[] = [];
    await read(BIG, { limits, onProgress: (share) => shares.push(share) });
    expect(shares.at(-1)).toBe(1);
    expect(Math.max(...shares)).toBe(1);
    expect(shares.length).toBeGreaterThan(4);
  });

  test('gets the errors of its source', async () => {
    const fault = new Error('gone');
    const source: ByteSource = { size: 10, read: () => Promise.reject(fault) };
    await expect(openTable(source, { limits, locale: 'en' })).rejects.toBe(fault);
  });
});
