import { describe, expect, test } from 'vitest';
import { escapeFormula, unescapeFormula } from './escape-formula';
import { csvLine, csvRows, type CsvCells, type CsvRowsOptions } from './write-csv';

describe('csvLine', () => {
  test.each<[title: string, cells: CsvCells, line: string]>([
    ['plain cells', ['Ana', '+5511987654321', 'a@b.com'], 'Ana,+5511987654321,a@b.com'],
    ['null', ['Ana', null, ''], 'Ana,,'],
    ['a comma', ['Lima, Ana'], '"Lima, Ana"'],
    ['a quote', ['Ana "Na"'], '"Ana ""Na"""'],
    ['line ends', ['a\nb', 'a\rb'], '"a\nb","a\rb"'],
    ['blanks around, kept', [' a '], ' a '],
    ['one empty cell', [''], '""'],
    ['one null', [null], '""'],
    ['no cell', [], ''],
    ['a byte order mark in front', ['\ufeffa'], '"\ufeffa"'],
    ['a formula', ['=1+1'], "'=1+1"],
    ['a formula behind a semicolon', ['Ana;=1+1'], "Ana;'=1+1"],
    ['a formula behind a quote', ['Ana;"=1+1"'], '"Ana;""\'=1+1"""'],
    ['a formula in its second line', ['Ana\n=1+1;'], '"Ana\n\'=1+1;"'],
    ['a phone alone', ['+5511987654321'], '+5511987654321'],
    ['a phone in front, all in quotes', ['+5511987654321', '1+"', null], '"+5511987654321","1+""",'],
    ['a formula with a quote', ['=HYPERLINK("x")'], '"\'=HYPERLINK(""x"")"'],
  ])('writes %s', (_, cells, line) => {
    expect(csvLine(cells)).toBe(`${line}\r\n`);
  });

  test('keeps formulas when told so', () => {
    expect(csvLine(['=1+1', '@x'], { formulas: 'keep' })).toBe('=1+1,@x\r\n');
  });
});

describe('escapeFormula', () => {
  test.each([
    ['=1+1', "'=1+1"],
    ['+1+1', "'+1+1"],
    ['-2+3', "'-2+3"],
    ['@SUM(1)', "'@SUM(1)"],
    ['|calc', "'|calc"],
    ['\t=1', "'\t'=1"],
    ['\r=1', "'\r'=1"],
    ['\n=1', "'\n'=1"],
    ['\t1', "'\t1"],
    [' =1', " '=1"],
    ['\0=1', "\0'=1"],
    ['"=1"', '"\'=1"'],
    ["' =1", "' =1"],
    ['Ana;=1', "Ana;'=1"],
    ['Ana; \u3000＝1', "Ana; \u3000'＝1"],
    ['Ana;"=1"', 'Ana;"\'=1"'],
    ["Ana;'=1", "Ana;''=1"],
    ['Ana\t-1;@x', "Ana\t'-1;'@x"],
    ['=1;=2', "'=1;'=2"],
    [';=1', ";'=1"],
    [';;=1', ";;'=1"],
    ['Ana;\t=1', "Ana;\t'=1"],
    ['Ana, =1', 'Ana, =1'],
    ['Ana;x=1', 'Ana;x=1'],
    ['Ana;+5511987654321', "Ana;'+5511987654321"],
    ['＝1+1', "'＝1+1"],
    ['＋1', "'＋1"],
    ['－1', "'－1"],
    ['＠x', "'＠x"],
    ["'=1+1", "''=1+1"],
    ['+5511987654321', '+5511987654321'],
    ['+55 11 98765-4321', "'+55 11 98765-4321"],
    ['+5511987654321\n', "'+5511987654321\n"],
    ["'+5511987654321", "''+5511987654321"],
    ['+1', "'+1"],
    ['-', "'-"],
    ["d'Ávila", "d'Ávila"],
    ["'Ana", "'Ana"],
    ["'", "'"],
    ['%0A-1', '%0A-1'],
    ['1=1', '1=1'],
    ['', ''],
  ])('%j becomes %j and comes back', (text, escaped) => {
    expect(escapeFormula(text)).toBe(escaped);
    expect(unescapeFormula(escaped)).toBe(text);
  });
});

test.each(['\t', '; ', "'", '"', ';"', "\t'"])('escaping a long run of %j takes linear time', (piece) => {
  const text = piece.repeat(1_000_000);
  const started = performance.now();
  for (const cell of [text, `${text}=1`]) expect(unescapeFormula(escapeFormula(cell)) === cell).toBe(true);
  expect(performance.now() - started).toBeLessThan(5000);
});

describe('csvRows', () => {
  const write = async (batches: readonly (readonly CsvCells[])[], options?: CsvRowsOptions) => {
    async function* source() {
      yield* batches;
    }
    const chunks: Uint8Array[] = [];
    for await (const chunk of csvRows(source(), options)) chunks.push(chunk);
    return chunks.map((chunk) => new TextDecoder('utf-8', { ignoreBOM: true }).decode(chunk));
  };

  test('writes one chunk per batch', async () => {
    expect(await write([[['é'], ['b']], [], [['c']]])).toEqual(['é\r\nb\r\n', 'c\r\n']);
  });

  test('begins with a byte order mark when told so', async () => {
    expect((await write([[['a']]], { bom: true })).join('')).toBe('\ufeffa\r\n');
    expect((await write([], { bom: true })).join('')).toBe('\ufeff');
  });

  test('keeps formulas when told so', async () => {
    expect(await write([[['=1']]], { formulas: 'keep' })).toEqual(['=1\r\n']);
  });
});
