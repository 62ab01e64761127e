import { describe, expect, test } from 'vitest';
import { detectDelimiter } from './detect-delimiter';

const LIMITS = { maxRows: 1000, maxColumns: 100, maxCellBytes: 10_000 };

describe('the delimiter of a text', () => {
  const cases: readonly (readonly [title: string, text: string, delimiter: string | null])[] = [
    ['commas', 'nome,tel\nAna,1\nRui,2\n', ','],
    ['semicolons', 'nome;tel\nAna;1\n', ';'],
    ['tabs', 'nome\ttel\nAna\t1\n', '\t'],
    ['bars', 'nome|tel\nAna|1\n', '|'],
    ['a header alone', 'nome;tel', ';'],
    ['one row without header', 'Silva, Ana;+5511987654321;ana@example.com', ';'],
    ['more commas than semicolons in every row', 'Nome;Tel\nSilva, Ana, Neta;1\nLima, Rui, Jr.;2\n', ';'],
    [
      'as many commas as semicolons, without header',
      'Silva, Ana;+5511987654321\nLima, Rui;+5521987654321\n',
      ';',
    ],
    ['decimal commas', 'Ana;1,5;2,5\nRui;3,5;4,5\n', ';'],
    ['bars inside a column', 'nome,tel,grupos\nAna,+5511987654321,a|b\nRui,+5521987654321,c|d\n', ','],
    ['delimiters inside quotes', '"a;b;c","1"\n"d;e;f","2"\n', ','],
    ['line ends inside quotes', '"Ana\nMaria\nLima";1\n"Rui\nLima";2\n', ';'],
    ['titles above, without delimiters', 'ACME, Ltda\nClientes\n\nNome;Tel\nAna;1\nRui;2\n', ';'],
    ['titles above, with empty cells', 'ACME, Ltda;;\n;;\nNome;Tel;Mail\nAna;1;\nRui;2;\n', ';'],
    ['rows that leave empty cells away', 'a;b;c\n1;2\n3;4;5\n6;7\n8;9;0\n', ';'],
    ['spaces behind commas', 'name, phone\nAna, +5511987654321\n', ','],
    ['one column', 'telefone\n+5511987654321\n+5521987654321\n', null],
    ['one column of names with commas', 'Nome\nSilva, Ana\nLima, Rui\n', null],
    ['one column, a comma now and then', 'Nome\nAna\nLima, Rui\nBia\nEva\n', null],
    ['one cell', 'Nome', null],
    ['CR alone', 'nome;tel\rAna;1\rRui;2\r', ';'],
    ['a quote that never closes', 'nome;tel\n"Ana;1\nRui;2\n', ';'],
    ['nothing', '', null],
  ];
  test.each(cases)('%s', (_, text, delimiter) => {
    expect(detectDelimiter(text, LIMITS)).toBe(delimiter);
  });

  test('is found in text that ends in the middle of a row', () => {
    const text = 'nome;tel;mail\n'.repeat(100);
    for (let end = 14; end < 60; end++) expect(detectDelimiter(text.slice(0, end), LIMITS)).toBe(';');
  });
});
