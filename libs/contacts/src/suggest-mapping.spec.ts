import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { GUESS_REASONS } from './column-roles';
import { suggestMapping } from './suggest-mapping';

/** Roles by column in one line: `-` for none. */
const rolesOf = (header: readonly string[], rows: readonly (readonly string[])[] = []): string =>
  suggestMapping(header, rows)
    .map(({ role }) => role ?? '-')
    .join(' ');

describe('titles alone', () => {
  test.each([
    [['name', 'phone_number', 'email'], 'name phone_number email'],
    [['Nome', 'Telefone', 'E-mail'], 'name phone_number email'],
    [['NOME COMPLETO', 'CELULAR', 'EMAIL'], 'name phone_number email'],
    [['Cliente', 'WhatsApp', 'Correio eletrônico'], 'name phone_number email'],
    [['Razão Social', 'Fone', 'e_mail'], 'name phone_number email'],
    [['Nombre', 'Teléfono', 'Correo electrónico'], 'name phone_number email'],
    [['Nombre', 'Apellidos', 'Móvil', 'Correo'], 'name last_name phone_number email'],
    [['Full Name', 'Mobile Phone', 'Email Address'], 'name phone_number email'],
    [['First Name', 'Last Name', 'Phone'], 'name last_name phone_number'],
    [['Nome', 'Sobrenome', 'DDD', 'Telefone'], 'name last_name area_code phone_number'],
    [['Nome', 'Cód. Área', 'Telefone'], 'name area_code phone_number'],
    [['Nome', 'DDD', 'E-mail'], 'name - email'],
    [['Nome do cliente', 'Telefone celular', 'Endereço de e-mail'], 'name phone_number email'],
    [['Nome', 'Celular', 'Telefone fixo', 'E-mail'], 'name phone_number - email'],
    [['Nome', 'Telefone residencial', 'Telefone comercial', 'Celular'], 'name - - phone_number'],
    [['Nome', 'Fax', 'Telefone'], 'name - phone_number'],
    [['Nome', 'Telefone', 'Telefone celular'], 'name - phone_number'],
    [['Nome', 'Telefone 2', 'Telefone 1'], 'name - phone_number'],
    [['Nome', 'DDD Fixo', 'Fixo', 'DDD Celular', 'Celular'], 'name - - area_code phone_number'],
    [['DDD 1', 'Telefone 1', 'DDD 2', 'Telefone 2', 'Nome'], 'area_code phone_number - - name'],
    [['Nome da mãe', 'Nome', 'Nome fantasia', 'Telefone'], '- name - phone_number'],
    [['Nome da empresa', 'Contato', 'Telefone'], '- name phone_number'],
    [['Nome', 'Nome completo', 'Sobrenome', 'Tel'], '- name - phone_number'],
    [['Name', 'Given Name', 'Additional Name', 'Family Name'], 'name - - -'],
    [['Nome', 'Número', 'N', 'Telefone do cliente'], 'name - - phone_number'],
    [['Cliente desde', 'Código do cliente', 'Nome'], '- - name'],
    [['E-mail do cliente', 'Telefone do cliente', 'Cliente'], 'email phone_number name'],
    [['constructor', '__proto__', 'toString', 'nome'], '- - - name'],
    [['Nome', 'Telefone com DDD'], 'name phone_number'],
    [['Nome', 'Celular (DDD + número)', 'Cód. DDD'], 'name phone_number area_code'],
    [['', ' ', 'nome', 'nome'], '- - name -'],
    [['Nome', 'Ramal', 'Operadora', 'Telefone válido', 'Data de envio do e-mail'], 'name - - - -'],
    [[], ''],
  ] as const)('%j', (header, roles) => {
    expect(rolesOf(header)).toBe(roles);
  });
});

const people = (count: number, ...columns: readonly ((index: number) => string)[]) =>
  Array.from({ length: count }, (_, index) => columns.map((column) => column(index)));
const NAMES = [
  'Ana Lima',
  'Bruno Sá',
  'Caio Reis',
  'Davi Melo',
  'Eva Dias',
  'Félix Rocha',
  'Gil Nunes',
  'Hugo Paz',
];
const nameOf = (index: number) => `${NAMES[index % NAMES.length]} ${'ABCDEFGH'.charAt(index / 8)}`;
const mobileOf = (index: number) => `(11) 9${String(10_000_000 + index * 7).replace(/(\d{4})$/, '-$1')}`;
const landlineOf = (index: number) => `1132345${String(100 + index)}`;
const emailOf = (index: number) => `pessoa${index}@example.com`;

describe('content', () => {
  test.each<[string, string[], string[][], string]>([
    ['without a header', [], people(20, nameOf, mobileOf, emailOf), 'name phone_number email'],
    [
      'without a header, in another order',
      [],
      people(20, emailOf, landlineOf, nameOf),
      'email phone_number name',
    ],
    [
      'one row without a header',
      [],
      [['Ana Lima', '+5511987654321', 'ana@example.com']],
      'name phone_number email',
    ],
    [
      'titles that say nothing',
      ['A', 'B', 'C'],
      people(9, mobileOf, nameOf, emailOf),
      'phone_number name email',
    ],
    [
      'two columns of words: somebody has to choose',
      [],
      people(9, nameOf, nameOf, mobileOf),
      '- - phone_number',
    ],
    ['a category beside the names', [], people(9, () => 'Cliente', nameOf, mobileOf), '- name phone_number'],
    ['phones under Contato', ['Nome', 'Contato'], people(9, nameOf, mobileOf), 'name phone_number'],
    ['names under Contato', ['Contato', 'Telefone'], people(9, nameOf, mobileOf), 'name phone_number'],
    ['ids under Cliente', ['Cliente', 'Nome'], people(9, String, nameOf), '- name'],
    [
      'house numbers under Número',
      ['Nome', 'Número', 'Fone'],
      people(9, nameOf, String, mobileOf),
      'name - phone_number',
    ],
    ['phones under Nº', ['Nome', 'Nº'], people(9, nameOf, mobileOf), 'name phone_number'],
    ['phones under DDD/Telefone', ['Nome', 'DDD/Telefone'], people(9, nameOf, mobileOf), 'name phone_number'],
    [
      'area codes under DDD Celular',
      ['Nome', 'DDD Celular', 'Celular'],
      people(
        9,
        nameOf,
        () => '11',
        (index) => `98765-4${100 + index}`,
      ),
      'name area_code phone_number',
    ],
    [
      'states under Código de área',
      ['Nome', 'Código de área', 'Tel'],
      people(9, nameOf, () => 'SP', mobileOf),
      'name - phone_number',
    ],
    [
      'mobiles under the second Telefone',
      ['Nome', 'Telefone', 'Telefone'],
      people(9, nameOf, landlineOf, mobileOf),
      'name - phone_number',
    ],
    [
      'mobiles under Telefone, nothing under Celular',
      ['Nome', 'Celular', 'Telefone'],
      people(9, nameOf, () => '', mobileOf),
      'name - phone_number',
    ],
    [
      'last names that stand in the name already',
      ['Nome', 'Sobrenome', 'Tel'],
      people(9, (index) => `Ana ${nameOf(index)}`, nameOf, mobileOf),
      'name - phone_number',
    ],
    [
      'dates, tax numbers and codes',
      [],
      people(
        9,
        () => '31/01/2024',
        () => '123.456.789-09',
        (index) => `2024010${index}`,
      ),
      '- - -',
    ],
    [
      'placeholders aside',
      ['x', 'y'],
      [...people(5, nameOf, mobileOf), ['n/a', 'não tem'], ['-', '']],
      'name phone_number',
    ],
    ['rows of different lengths', ['Nome'], [['Ana'], ['Bia', '+5511987654321']], 'name phone_number'],
    [
      'fewer than four in five',
      ['x', 'y'],
      people(9, nameOf, (index) => (index < 6 ? mobileOf(index) : 'ligar à tarde')),
      'name -',
    ],
    ['nothing at all', [], [], ''],
    ['empty rows', [], [[], ['']], '-'],
  ])('%s', (_, header, rows, roles) => {
    expect(rolesOf(header, rows)).toBe(roles);
  });
});

describe('reasons', () => {
  test('are given with word and share', () => {
    const header = ['name', 'Telefone celular', 'Fixo', 'Obs', 'Celular'];
    const rows = people(10, nameOf, mobileOf, landlineOf, emailOf, (index) =>
      index < 2 ? mobileOf(index) : '',
    );
    expect(suggestMapping(header, rows)).toEqual([
      { role: 'name', reason: 'header_exact', word: 'name' },
      { role: 'phone_number', reason: 'header_contains', word: 'telefone' },
      { role: null, reason: 'same_as_other', share: 1 },
      { role: 'email', reason: 'content_email', share: 1 },
      { role: null, reason: 'same_as_other', word: 'celular' },
    ]);
    expect(suggestMapping([], people(4, nameOf, mobileOf))).toEqual([
      { role: 'name', reason: 'only_text', share: 1 },
      { role: 'phone_number', reason: 'content_phone', share: 1 },
    ]);
    expect(suggestMapping(['Nome', 'Cidade'], people(4, nameOf, nameOf))).toEqual([
      { role: 'name', reason: 'header_word', word: 'nome' },
      { role: null, reason: 'none' },
    ]);
  });
});

describe('exports of address books', () => {
  const GOOGLE = [
    ...[
      'First Name',
      'Middle Name',
      'Last Name',
      'Phonetic First Name',
      'Name Prefix',
      'Nickname',
      'Organization Name',
    ],
    ...['Notes', 'Labels', 'E-mail 1 - Label', 'E-mail 1 - Value', 'E-mail 2 - Label', 'E-mail 2 - Value'],
    ...['Phone 1 - Label', 'Phone 1 - Value', 'Phone 2 - Label', 'Phone 2 - Value'],
  ];
  const OUTLOOK = [
    ...[
      'First Name',
      'Middle Name',
      'Last Name',
      'Title',
      'Suffix',
      'Nickname',
      'Given Yomi',
      'Surname Yomi',
    ],
    ...[
      'E-mail Address',
      'E-mail 2 Address',
      'Home Phone',
      'Business Phone',
      'Mobile Phone',
      'Home Fax',
      'Company',
    ],
  ];
  const used = (header: readonly string[]) =>
    suggestMapping(header, []).flatMap(({ role }, index) =>
      role === null ? [] : [`${header[index]} = ${role}`],
    );

  test('Google Contacts', () => {
    expect(used(GOOGLE)).toEqual([
      'First Name = name',
      'Middle Name = last_name',
      'Last Name = last_name',
      'E-mail 1 - Value = email',
      'Phone 1 - Value = phone_number',
    ]);
  });

  test('Outlook', () => {
    expect(used(OUTLOOK)).toEqual([
      'First Name = name',
      'Middle Name = last_name',
      'Last Name = last_name',
      'E-mail Address = email',
      'Mobile Phone = phone_number',
    ]);
  });
});

test('whatever the table, every column gets one guess and no role but last names twice', () => {
  const cell = fc.oneof(
    fc.constantFrom('Nome', 'Telefone', 'Celular', 'DDD', 'Sobrenome', 'E-mail', 'Ana', '11987654321'),
    fc.string(),
  );
  const row = fc.array(cell, { maxLength: 8 });
  fc.assert(
    fc.property(row, fc.array(row, { maxLength: 6 }), (header, rows) => {
      const guesses = suggestMapping(header, rows);
      expect(guesses).toHaveLength(Math.max(header.length, ...rows.map(({ length }) => length), 0));
      const roles = guesses.flatMap(({ role }) => (role === null || role === 'last_name' ? [] : [role]));
      expect(new Set(roles).size).toBe(roles.length);
      for (const { role, reason } of guesses) {
        expect(GUESS_REASONS).toContain(reason);
        expect(role === null).toBe(reason === 'none' || reason === 'same_as_other');
      }
    }),
    { numRuns: 2000, seed: 21 },
  );
});
