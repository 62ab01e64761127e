import type { OwnColumn } from '@ponte/contracts';
import { describe, expect, it } from 'vitest';
import { RequestProblem } from '../platform/http/request-problem';
import { checkStructure } from './check-structure';

const LIMITS = { maxRows: 5, maxColumns: 6, maxCellBytes: 100 };

async function* bytesOf(content: string | Uint8Array, chunk = 1_000_000): AsyncGenerator<Uint8Array> {
  const bytes = Buffer.from(content);
  for (let at = 0; at < bytes.length; at += chunk) yield bytes.subarray(at, at + chunk);
}

const HEADER = 'name,phone_number,email';
const ROW = 'Ana,+5511987654321,';

describe('checkStructure', () => {
  it.each([
    ['the plain case', `${HEADER}\r\n${ROW}\r\n${ROW}\r\n`, { rows: 2, ignoredColumns: [] }],
    ['no end of line at the end', `${HEADER}\n${ROW}`, { rows: 1 }],
    [
      'a byte order mark',
      `\ufeff${HEADER}\n${ROW}\n`,
      { rows: 1, header: ['name', 'phone_number', 'email'] },
    ],
    ['blank lines, which are no rows', `${HEADER}\n\n${ROW}\n,,\n\n${ROW}\n\n`, { rows: 2 }],
    [
      'columns in another order, in capitals, with blanks',
      ` Email ,NAME,Phone_Number\n,Ana,+5511987654321\n`,
      {
        rows: 1,
        header: ['Email', 'NAME', 'Phone_Number'],
        fields: { name: 1, phone_number: 2, email: 0, width: 3 },
      },
    ],
    [
      'no e-mail column',
      `name,phone_number\n${ROW}\n`,
      { fields: { name: 0, phone_number: 1, email: null, width: 2 } },
    ],
    [
      'columns that nobody knows, and one without a name',
      `name,phone_number,cidade,,__proto__\nAna,1,x,,y\n`,
      {
        ignoredColumns: ['cidade', '__proto__'],
        header: ['name', 'phone_number', 'cidade', '', '__proto__'],
      },
    ],
    ['rows that no contact comes of', `${HEADER}\nAna\n"a"b,c\n,,x\n`, { rows: 3 }],
    [
      'names that are all escaped, and a title',
      `${HEADER},'=x\n${ROW}\nAna;'=1,1,\n''-Bia,1,\n"d'Ávila",1,\n`,
      { isEscaped: true, ignoredColumns: ['=x'] },
    ],
    [
      'a name with a bare sign, beside one with an apostrophe',
      `${HEADER},'=x\n'=Ana,1,\nBia;=1,1,\n`,
      { isEscaped: false, ignoredColumns: ["'=x"] },
    ],
    ['as many rows as there may be', `${HEADER}\n${`${ROW}\n`.repeat(5)}`, { rows: 5 }],
  ])('reads %s', async (_, content, expected) => {
    expect(await checkStructure(bytesOf(content), LIMITS)).toMatchObject(expected);
    expect(await checkStructure(bytesOf(content, 1), LIMITS)).toMatchObject(expected);
  });

  const REFUSED: [string, string | Uint8Array, string, object][] = [
    ['nothing', '', 'import_empty_file', {}],
    ['white space', ' \r\n\r\n', 'import_empty_file', {}],
    ['a byte order mark alone', '\ufeff', 'import_empty_file', {}],
    ['a header alone', `${HEADER}\r\n`, 'import_no_rows', {}],
    ['a header and blank lines', `${HEADER}\n\n,,\n`, 'import_no_rows', {}],
    [
      'Latin-1',
      Buffer.from(`${HEADER}\nJo\xe3o,+5511987654321,\n`, 'latin1'),
      'import_not_utf8',
      { line: 2 },
    ],
    ['UTF-16', Buffer.from(`\ufeff${HEADER}\n${ROW}\n`, 'utf16le'), 'import_not_utf8', { line: 1 }],
    [
      'a workbook',
      Buffer.from('PK\x03\x04 xl/workbook.xml', 'latin1'),
      'import_not_csv',
      { line: 1, params: { format: 'xlsx' } },
    ],
    ['a quote that never closes', `${HEADER}\n${ROW}\n"Ana,1,\n`, 'import_malformed_csv', { line: 3 }],
    ['a header that is malformed', `"name"x,phone_number\n${ROW}\n`, 'import_malformed_csv', { line: 1 }],
    [
      'semicolons',
      `name;phone_number;email\nAna;+5511987654321;\n`,
      'import_wrong_delimiter',
      { line: 1, params: { delimiter: ';', columns: ['name', 'phone_number'] } },
    ],
    [
      'tabs',
      `\n\nname\tphone_number\nAna\t1\n`,
      'import_wrong_delimiter',
      { line: 3, params: { delimiter: '\t', columns: ['name', 'phone_number'] } },
    ],
    [
      'no phone column',
      `name,email\nAna,\n`,
      'import_missing_column',
      { line: 1, params: { columns: ['phone_number'] } },
    ],
    [
      'Portuguese headers',
      `nome,telefone\nAna,1\n`,
      'import_missing_column',
      { line: 1, params: { columns: ['name', 'phone_number'] } },
    ],
    [
      'a column twice',
      `name,phone_number,Name\nAna,1,Bia\n`,
      'import_duplicate_column',
      { line: 1, params: { columns: ['name'] } },
    ],
    [
      'a missing and a doubled column',
      `name,name\nAna,Bia\n`,
      'import_missing_column',
      { params: { columns: ['phone_number'] } },
    ],
    [
      'one row too many',
      `${HEADER}\n${`${ROW}\n`.repeat(6)}`,
      'import_too_many_rows',
      { params: { limit: 5 } },
    ],
    [
      'one column too many',
      `${HEADER},a,b,c,d\n${ROW}\n`,
      'import_too_many_columns',
      { line: 1, params: { limit: 6 } },
    ],
    [
      'a cell too large',
      `${HEADER}\n${'x'.repeat(101)},1,\n`,
      'import_cell_too_large',
      { line: 2, params: { limit: 100 } },
    ],
  ];
  it.each(REFUSED)('refuses %s', async (_, content, code, details) => {
    const problem: unknown = await checkStructure(bytesOf(content), LIMITS).catch((error: unknown) => error);
    expect(problem).toBeInstanceOf(RequestProblem);
    expect(problem).toMatchObject({ code, details });
  });

  describe("with the person's own columns at the end", () => {
    const read = (content: string, own: readonly OwnColumn[]) =>
      checkStructure(bytesOf(content), { ...LIMITS, maxColumns: 20 }, own);

    it.each<[string, string, OwnColumn[], object]>([
      [
        'names only those that are not used',
        'name,phone_number,email,#,Nome,Cidade,\nAna,1,,2,ana,x,\n',
        ['line', 'name', null, null],
        { ignoredColumns: ['Cidade'], fields: { name: 0, phone_number: 1, email: 2, width: 7 }, rows: 1 },
      ],
      [
        "does not take them for the contact's, whatever they are called",
        'name,phone_number,line,name,EMAIL,phone_number\nAna,1\n',
        ['line', 'name', null, 'phone_number'],
        { ignoredColumns: ['EMAIL'], fields: { name: 0, phone_number: 1, email: null, width: 6 } },
      ],
      [
        'names other columns before them',
        'phone_number,City,name,Nome\n1,x,Ana\n',
        ['name'],
        { ignoredColumns: ['City'], fields: { name: 2, phone_number: 0, email: null, width: 4 } },
      ],
      [
        'keeps all titles',
        'name,phone_number, Nome ,\nAna,1\n',
        ['name', null],
        { header: ['name', 'phone_number', 'Nome', ''], ignoredColumns: [] },
      ],
    ])('%s', async (_, content, own, expected) => {
      expect(await read(content, own)).toMatchObject(expected);
    });

    it.each<[string, string, OwnColumn[], string, object]>([
      ['more of them than columns', `${HEADER}\n${ROW}\n`, ['line', null, null, null], 'request_invalid', {}],
      ['all columns', `name,phone_number\nAna,1\n`, ['name', 'phone_number'], 'request_invalid', {}],
      ['one column left', `${HEADER}\n${ROW}\n`, ['name', 'phone_number'], 'request_invalid', {}],
      [
        'a required column among them',
        `name,email,phone_number\nAna,,1\n`,
        ['phone_number'],
        'import_missing_column',
        { line: 1, params: { columns: ['phone_number'] } },
      ],
      [
        'a column twice before them',
        `name,Name,phone_number,Nome\nAna,,1\n`,
        ['name'],
        'import_duplicate_column',
        { params: { columns: ['name'] } },
      ],
    ])('refuses %s', async (_, content, own, code, details) => {
      await expect(read(content, own)).rejects.toMatchObject({ code, details });
    });
  });

  it('gives faults on as they are', async () => {
    async function* broken() {
      yield Buffer.from(`${HEADER}\n`);
      throw new Error('the disk is gone');
    }
    await expect(checkStructure(broken(), LIMITS)).rejects.toThrow('the disk is gone');
  });

  it('refuses as soon as it knows, without reading on', async () => {
    let chunks = 0;
    async function* endless() {
      yield Buffer.from('nome,telefone\n');
      for (;;) {
        chunks += 1;
        if (chunks > 50) throw new Error('read on');
        yield Buffer.from(`${ROW}\n`.repeat(10_000));
      }
    }
    await expect(checkStructure(endless(), { ...LIMITS, maxRows: 1e9 })).rejects.toMatchObject({
      code: 'import_missing_column',
    });
  });
});
