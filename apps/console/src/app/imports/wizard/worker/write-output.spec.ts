import { describe, expect, test } from 'vitest';
import { serverFile, TestTable } from './testing';

const lines = (text: string) => text.split('\r\n').slice(0, -1);

describe('what is sent', () => {
  test('is short for rows that pass, and brings line and own cells of rows that do not', async () => {
    const table = await TestTable.open(
      'Relatório;;;;\nDDD;Fone;name;;Obs\n11;987654321;Ana;x;=1+1\n11;1;Bia;;"a;b"\n;;;;só\n',
      { headerLine: 2, delimiter: ';', encoding: 'utf-8' },
    );
    table.review({
      mapping: { roles: ['area_code', 'phone_number', 'name', null, null], defaults: {} },
      repairs: ['phone_add_country'],
    });
    const output = table.output('send');
    expect(output).toMatchObject({
      rows: 3,
      ownColumns: ['line', 'phone_number', 'phone_number', 'name', null, null],
    });
    expect(lines(await output.blob.text())).toEqual([
      'name,phone_number,email,line,DDD,Fone,name,Coluna 4,Obs',
      'Ana,+5511987654321,',
      'Bia,1,,4,11,1,Bia,,a;b',
      ',,,5,,,,,só',
    ]);
  });

  test('escapes formulas, which a name may be: the API undoes it', async () => {
    const table = await TestTable.open("name,phone_number,email\n=1+1,+5511987654321,'=a@b.co\n", {
      headerLine: 1,
    });
    table.review();
    expect(lines(await table.text('send'))[1]).toBe("'=1+1,+5511987654321,'=a@b.co");
    expect(lines(await table.text('clean'))[1]).toBe("'=1+1,+5511987654321,'=a@b.co");
  });

  test('undoes the apostrophes of a file that we wrote, and has them once in what is written again', async () => {
    const file = "name,phone_number,obs,errors\nAna;'=1,+5511987654321,,x\n''=Bia,1,'-2,y\n";
    const table = await TestTable.open(file, { headerLine: 1, delimiter: ',' });
    table.review({ mapping: { roles: ['name', 'phone_number', null, null], defaults: {} } });
    const sent = lines(await table.text('send'));
    expect(sent[1]).toBe("Ana;'=1,+5511987654321,");
    expect(sent[2]).toMatch(/^''=Bia,1,,3,''=Bia,1,'-2,y$/);
    const [titles, problem] = lines(await table.text('problems'));
    expect(titles).toMatch(/^\ufeff?name,phone_number,obs,[^,]+$/);
    expect(problem).toMatch(/^''=Bia,1,'-2,phone_/);
  });

  test('has what was repaired in rows that do not pass, and the rest as it was', async () => {
    const table = await TestTable.open('name,phone_number,email\n,11 98765-4321,b@\n', { headerLine: 1 });
    table.review({ repairs: ['phone_add_country'] });
    expect(lines(await table.text('send'))[1]).toBe(',+5511987654321,b@,2,,11 98765-4321,b@');
  });

  test('refuses a row as a whole where the file did', async () => {
    const table = await TestTable.open('name,phone_number\n"Ana" x,+5511987654321\nBia,+5511987654321,y\n', {
      headerLine: 1,
    });
    table.review({ mapping: { roles: ['name', 'phone_number'], defaults: {} } });
    const output = table.output('send');
    const sent = await serverFile(output.blob, output.ownColumns.length);
    expect(sent?.rows.map(({ codes }) => codes)).toEqual([['malformed_row'], ['wrong_cell_count']]);
    expect(sent?.rows.map(({ cells }) => cells.slice(3))).toEqual([
      ['2', '"Ana" x', '+5511987654321', '"" '],
      ['3', 'Bia', '+5511987654321', 'y'],
    ]);
  });

  test('is never refused as a file for what is too large in it', async () => {
    const long = 'x'.repeat(400_000);
    const hidden = `+5511987654321${' '.repeat(400_000)}x`;
    const rows = [`"${long}",+5511987654321,${long},,,,,`, `Ana,"${hidden}",,,,,,`];
    const table = await TestTable.open(`name,phone_number,a,b,c,d,e,f\n${rows.join('\n')}\n`, {
      headerLine: 1,
    });
    const { rows: sum } = table.review({
      mapping: { roles: ['name', 'phone_number', 'last_name'], defaults: {} },
    });
    expect(sum.problems).toBe(2);
    const output = table.output('send');
    const sent = await serverFile(output.blob, output.ownColumns.length);
    expect(sent?.rows.map(({ codes }) => codes.length > 0)).toEqual([true, true]);
  });
});

describe('the problems', () => {
  test('come in the own columns with their reasons, safe for spreadsheets', async () => {
    const table = await TestTable.open('name,,phone_number,email\n,=1+1,zz,b@\nAna,,+5511987654321,,mais\n', {
      headerLine: 1,
    });
    table.review({ mapping: { roles: ['name', null, 'phone_number', 'email'], defaults: {} } });
    const output = table.output('problems');
    expect(output.rows).toBe(2);
    const bytes = new Uint8Array(await output.blob.arrayBuffer());
    expect([...bytes.subarray(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
    expect(lines(await output.blob.text())).toEqual([
      'name,Coluna 2,phone_number,email,Coluna 5,Motivos',
      ",'=1+1,zz,b@,,name_missing: Falta o nome. | phone_invalid | email_invalid",
      'Ana,,+5511987654321,,mais,wrong_cell_count',
    ]);
  });
});

test('a file of many parts is one text', async () => {
  const rows = Array.from({ length: 60_000 }, (_, n) => `José 名 ${n},+55119${80_000_000 + n},`);
  const table = await TestTable.open(`name,phone_number,email\n${rows.join('\n')}\n`, { headerLine: 1 });
  table.review();
  const text = await table.text('clean');
  expect(lines(text)).toEqual(['name,phone_number,email', ...rows]);
});

test('a table as wide as a sheet can be is sent within the limits, whatever is wrong with its rows', async () => {
  const titles = ['name', 'phone_number', ...Array.from({ length: 16_379 }, (_, at) => `c${at}`)];
  const wide = (last: string) => `Ana,x${','.repeat(16_379)}${last}`;
  const rows = [wide('z'), `${wide('z')},surplus`, `"Ana" x,1${','.repeat(16_380)}`];
  const table = await TestTable.open(`${titles.join(',')}\n${rows.join('\n')}\n`, {
    headerLine: 1,
    delimiter: ',',
    encoding: 'utf-8',
  });
  const { problems } = table.review({ mapping: { roles: ['name', 'phone_number'], defaults: {} } });
  expect(problems.map(({ code }) => code).sort()).toEqual([
    'malformed_row',
    'phone_missing_placeholder',
    'wrong_cell_count',
  ]);
  const output = table.output('send');
  const sent = await serverFile(output.blob, output.ownColumns.length);
  expect(sent?.rows.map(({ codes }) => codes)).toEqual([
    ['phone_no_plus'],
    ['wrong_cell_count'],
    ['malformed_row'],
  ]);
});
