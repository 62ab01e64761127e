import { describe, expect, test } from 'vitest';
import type { ColumnRole } from './column-roles';
import { compileMapping } from './compile-mapping';

type Roles = readonly (ColumnRole | null)[];

describe('cells of a row', () => {
  test.each<[string, Roles, string[], string[]]>([
    ['in order', ['name', 'phone_number', 'email'], ['Ana', '11', 'a@b.com'], ['Ana', '11', 'a@b.com']],
    [
      'in another order',
      ['email', null, 'phone_number', 'name'],
      ['a@b.com', 'x', '11', 'Ana'],
      ['Ana', '11', 'a@b.com'],
    ],
    ['that is short', ['name', 'phone_number', 'email'], ['Ana'], ['Ana', '', '']],
    ['as they are, blanks and all', ['name', 'phone_number'], [' Ana ', ' 11 '], [' Ana ', ' 11 ', '']],
    ['without any role', [null, null], ['Ana', '11'], ['', '', '']],
    [
      'first and last name',
      ['name', 'last_name', 'phone_number'],
      [' Ana ', 'Lima', '11'],
      ['Ana Lima', '11', ''],
    ],
    [
      'several last names, whatever stands first',
      ['last_name', 'name', 'last_name', 'phone_number'],
      ['Maria', 'Ana', 'Lima', '11'],
      ['Ana Maria Lima', '11', ''],
    ],
    ['a missing middle', ['name', 'last_name', 'last_name'], ['Ana', ' ', 'Lima'], ['Ana Lima', '', '']],
    ['a last name alone', ['name', 'last_name'], ['', 'Lima'], ['Lima', '', '']],
    ['area code and phone', ['area_code', 'phone_number'], ['11', '98765-4321'], ['', '11 98765-4321', '']],
    [
      'area code and landline',
      ['phone_number', 'area_code'],
      [' 32345678 ', '(11)'],
      ['', '(11) 32345678', ''],
    ],
    [
      'a phone that has its area code',
      ['area_code', 'phone_number'],
      ['11', '(21) 98765-4321'],
      ['', '(21) 98765-4321', ''],
    ],
    [
      'a phone that has its country',
      ['area_code', 'phone_number'],
      ['11', '+55 98765-4321'],
      ['', '+55 98765-4321', ''],
    ],
    ['a phone without area code', ['area_code', 'phone_number'], [' ', '98765-4321'], ['', '98765-4321', '']],
    ['an area code without phone', ['area_code', 'phone_number'], ['11', ''], ['', '', '']],
  ])('%s', (_, roles, cells, expected) => {
    expect(compileMapping({ roles, defaults: {} })(cells)).toEqual(expected);
  });

  test('blank ones take the default', () => {
    const mapCells = compileMapping({
      roles: ['name', 'phone_number', null],
      defaults: { name: 'Cliente', email: 'contato@example.com' },
    });
    expect(mapCells(['  ', '11'])).toEqual(['Cliente', '11', 'contato@example.com']);
    expect(mapCells(['Ana', ''])).toEqual(['Ana', '', 'contato@example.com']);
  });
});
