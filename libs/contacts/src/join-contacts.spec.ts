import { expect, test } from 'vitest';
import { joinContacts } from './join-contacts';

test.each([
  ['nothing', [], ['', '', '']],
  ['one row', [['Ana', '1', 'a@example.com']], ['Ana', '1', 'a@example.com']],
  [
    'the last value of each field',
    [
      ['Ana', '1', 'a@example.com'],
      ['Ana Lima', '1', 'b@example.com'],
    ],
    ['Ana Lima', '1', 'b@example.com'],
  ],
  [
    'values over blanks',
    [
      ['Ana', '1', 'a@example.com'],
      [' ', '1', ''],
    ],
    ['Ana', '1', 'a@example.com'],
  ],
  [
    'fields from different rows',
    [
      ['', '1', 'a@example.com'],
      ['Ana', '1', ''],
      ['', '1', '\t'],
    ],
    ['Ana', '1', 'a@example.com'],
  ],
] as const)('joins %s', (_, rows, joined) => {
  expect(joinContacts(rows)).toEqual(joined);
});
