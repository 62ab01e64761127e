import { describe, expect, test } from 'vitest';
import { checkRow, rejectRow, resolveHeader, type ContactColumns } from './match-columns';

const columns: ContactColumns = { name: 0, phone_number: 1, email: 2, width: 3 };
const ana = { name: 'Ana Lima', phone_number: '+5511987654321', email: 'ana@example.com' };

describe('resolveHeader finds', () => {
  test.each([
    ['the usual columns', ['name', 'phone_number', 'email'], columns, []],
    [
      'another order',
      ['email', 'name', 'phone_number'],
      { name: 1, phone_number: 2, email: 0, width: 3 },
      [],
    ],
    ['no e-mail', ['name', 'phone_number'], { name: 0, phone_number: 1, email: null, width: 2 }, []],
    ['any case', ['NAME', 'Phone_Number', 'eMail'], columns, []],
    ['blanks and a byte order mark', ['\ufeff name ', '\tphone_number', 'email\u00a0'], columns, []],
    ['nameless columns', ['name', 'phone_number', 'email', '', ' '], { ...columns, width: 5 }, []],
    [
      'unknown columns, which it names',
      ['id', 'name', 'role', 'phone_number', 'email', '__proto__', 'constructor'],
      { name: 1, phone_number: 3, email: 4, width: 7 },
      ['id', 'role', '__proto__', 'constructor'],
    ],
  ])('%s', (_, cells, expected, ignored) => {
    expect(resolveHeader(cells)).toEqual({ ok: true, columns: expected, ignored });
  });
});

describe('resolveHeader refuses', () => {
  test.each([
    ['no phone', ['name', 'email'], ['phone_number'], []],
    ['other languages', ['nome', 'telefone', 'e-mail'], ['name', 'phone_number'], []],
    ['another separator', ['name;phone_number;email'], ['name', 'phone_number'], []],
    ['a phone given twice', ['name', 'phone_number', 'Phone_Number'], [], ['phone_number']],
    ['an e-mail given twice', ['name', 'email', 'phone_number', 'email'], [], ['email']],
    ['one missing, one given three times', ['name', 'name', 'name'], ['phone_number'], ['name']],
    ['an empty header', [], ['name', 'phone_number'], []],
    ['an invisible mark in a name', ['na\u200bme', 'phone_number'], ['name'], []],
  ])('%s', (_, cells, missing, duplicated) => {
    expect(resolveHeader(cells)).toEqual({ ok: false, missing, duplicated });
  });
});

describe('checkRow', () => {
  test.each([
    ['a row', ['Ana Lima', '+5511987654321', 'ana@example.com']],
    ['a long row with empty extra cells', ['Ana Lima', '+5511987654321', 'ana@example.com', '', ' ']],
  ])('accepts %s', (_, cells) => {
    expect(checkRow(cells, columns)).toEqual({ ok: true, contact: ana, warnings: [] });
  });

  test('accepts a short row that lacks only the e-mail', () => {
    expect(checkRow(['Ana Lima', '+5511987654321'], columns)).toMatchObject({
      ok: true,
      contact: { email: null },
    });
  });

  test('reads cells where the columns are, and not beside them', () => {
    const found = resolveHeader(['id', 'email', 'phone_number', 'name']);
    if (!found.ok) throw new Error('the header was refused');
    const cells = ['17', 'ana@example.com', '+5511987654321', 'Ana Lima'];
    expect(checkRow(cells, found.columns)).toMatchObject({ ok: true, contact: ana });
  });

  test.each([
    ['a short row without a phone', ['Ana'], ['phone_missing']],
    ['an empty row', [], ['name_missing', 'phone_missing']],
    [
      'a shifted row, for that alone',
      ['Ana', ' Lima', '+5511987654321', 'ana@example.com'],
      ['wrong_cell_count'],
    ],
    ['a repeated header', ['name', 'phone_number', 'email'], ['phone_no_plus', 'email_invalid']],
  ])('rejects %s', (_, cells, codes) => {
    const verdict = checkRow(cells, columns);
    expect(verdict.ok ? [] : verdict.issues.map(({ code }) => code)).toEqual(codes);
  });
});

test('rejectRow blames the row and no field', () => {
  expect(rejectRow('malformed_row')).toEqual({
    ok: false,
    issues: [{ code: 'malformed_row', field: null }],
    warnings: [],
  });
});
