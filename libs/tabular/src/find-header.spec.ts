import { describe, expect, test } from 'vitest';
import { findHeader } from './find-header';

const ANA = 'Ana Lima;+5511987654321;ana@example.com';
const RUI = 'Rui Sá;(21) 98765-4321;';
const BIA = 'Bia;31987654321;bia@example.com';

describe('the header among the first rows', () => {
  const cases: readonly (readonly [title: string, rows: readonly string[], header: number])[] = [
    ['titles first', ['Nome;Telefone;E-mail', ANA, RUI], 0],
    ['no titles', [ANA, RUI, BIA], -1],
    ['no titles, first row without e-mail', [RUI, ANA, BIA], -1],
    ['no titles, first row with a name alone', ['Eva;;', ANA, BIA], -1],
    ['no titles, first row with a placeholder', ['Eva;não tem;', ANA, 'Léo;não tem;', BIA], -1],
    ['one row of data', [ANA], -1],
    ['one row of titles', ['Nome;Telefone;E-mail'], 0],
    ['title lines above', ['ACME Ltda;;', 'Clientes - 31/01/2024;;', 'Nome;Telefone;E-mail', ANA, BIA], 2],
    ['title lines above, in one cell', ['ACME', 'Clientes', 'Nome;Telefone;E-mail', ANA], 2],
    ['title line with a date in its own cell', ['Clientes;31/01/2024;', 'Nome;Telefone;E-mail', ANA], 1],
    ['title lines and no header: nothing is left out', ['ACME Ltda;;', ANA, RUI, BIA], -1],
    ['title lines and titles alone', ['ACME;;', 'Nome;Telefone;E-mail'], 1],
    [
      'a phone of the company above: nothing is left out',
      ['ACME;(11) 3333-4444;a@b.co', 'Nome;Tel;Mail', ANA],
      -1,
    ],
    ['the same title twice', ['Nome;Telefone;Telefone', 'Ana;+551132345678;+5511987654321'], 0],
    ['titles with figures', ['Nome;Telefone 1;E-mail 1 - Value', ANA], 0],
    ['years as titles', ['Nome;Telefone;2023;2024', 'Ana;11987654321;100;200', 'Rui;21987654321;50;70'], 0],
    ['a title left blank', ['Nome;;E-mail', ANA, BIA], 0],
    ['an untitled column behind', ['Nome;Telefone', 'Ana;11987654321;x', 'Rui;21987654321;y'], 0],
    ['numbered rows without titles', ['1;Ana;não tem', '2;Rui;21987654321', '3;Bia;31987654321'], -1],
    ['numbered rows with titles', ['Nº;Nome;Fone', '1;Ana;não tem', '2;Rui;21987654321'], 0],
    ['one column of phones, titled', ['Telefone', '11987654321', '21987654321'], 0],
    ['one column of phones, untitled', ['11987654321', '21987654321'], -1],
    ['one column of e-mails', ['ana@example.com', 'rui@example.com'], -1],
    ['nothing but texts', ['Nome;Cidade', 'Ana;Recife', 'Rui;Natal'], 0],
    ['nothing but texts, of which one comes again', ['Ana;Recife', 'Rui;Recife'], -1],
    ['a header repeated on each page', ['Nome;Fone', 'Ana;11987654321', 'Nome;Fone', 'Rui;21987654321'], 0],
    ['phones in a formula', ['Nome;Telefone', 'Ana;="+5511987654321"'], 0],
    ['mostly empty columns', ['Nome;A;B;C;Telefone', 'Ana;;;;11987654321', 'Rui;;;;21987654321'], 0],
    [
      'a row that slipped to the side',
      ['Nome;Fone;Mail', 'Silva; Ana;11987654321;a@b.co', 'Rui;21987654321;'],
      0,
    ],
    ['a table of one row that slipped', ['Nome;Fone', 'Silva; Ana;11987654321'], -1],
    ['nothing', [], -1],
  ];
  test.each(cases)('%s', (_, rows, header) => {
    expect(findHeader(rows.map((row) => row.split(';')))).toBe(header);
  });

  test('takes no time over very wide rows', () => {
    const row = Array.from({ length: 16_384 }, () => 'x');
    const wide = Array.from({ length: 200 }, () => row);
    const started = performance.now();
    findHeader(wide);
    expect(performance.now() - started).toBeLessThan(1000);
  });
});
