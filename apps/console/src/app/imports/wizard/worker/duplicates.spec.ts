import { describe, expect, test } from 'vitest';
import { DUPLICATE_POLICIES, type DuplicatePolicy } from '../wizard-types';
import { TestTable } from './testing';

const ROWS = [
  'Ana,+5511987654321,ana@example.com',
  'Bia,+5511987654322,',
  'Ana Lima,(11) 98765-4321,',
  'Caio,+5511987654323,x@',
  'Ana Sá,+55 11 98765-4321,',
  'Bia,+5511987654322,bia@example.com',
  ',+5511987654321,',
];

const open = () => TestTable.open(`name,phone_number,email\n${ROWS.join('\n')}\n`, { headerLine: 1 });

describe('rows of one phone', () => {
  test.each<[policy: DuplicatePolicy, sent: readonly string[], merged: number]>([
    [
      'each',
      [
        'Ana,+5511987654321,ana@example.com',
        'Bia,+5511987654322,',
        'Ana Lima,+5511987654321,',
        'Ana Sá,+5511987654321,',
        'Bia,+5511987654322,bia@example.com',
      ],
      0,
    ],
    ['first', ['Ana,+5511987654321,ana@example.com', 'Bia,+5511987654322,'], 3],
    ['last', ['Ana Sá,+5511987654321,', 'Bia,+5511987654322,bia@example.com'], 3],
    ['join', ['Ana Sá,+5511987654321,ana@example.com', 'Bia,+5511987654322,bia@example.com'], 3],
  ])('%s', async (duplicates, sent, merged) => {
    const table = await open();
    const review = table.review({ duplicates, repairs: ['phone_add_country'] });
    expect(review.duplicates).toEqual({ groups: 2, rows: 5 });
    expect(review.rows).toEqual({ total: 7, ready: 5 - merged, problems: 2, leftOut: 0, merged });
    expect((await table.text('clean')).split('\r\n').slice(1, -1)).toEqual(sent);
    const shown = table
      .rows()
      .filter(({ state }) => state === 'ready')
      .map(({ fields }) => [fields.name.after, fields.phone_number.after, fields.email.after].join(','));
    expect(shown).toEqual(sent);
  });

  test('a single phone can have another policy', async () => {
    const table = await open();
    const decided = { duplicates: 'each', duplicatesOf: { '+5511987654322': 'last' } } as const;
    expect(table.review({ ...decided, repairs: ['phone_add_country'] }).rows.merged).toBe(1);
    const page = table.engine.duplicates({ offset: 1, limit: 10 });
    expect(page).toMatchObject({ count: 2, items: [{ phone: '+5511987654322', policy: 'last', count: 2 }] });
    expect(page.items[0]?.rows.map(({ row, state }) => [row, state])).toEqual([
      [1, 'merged'],
      [5, 'ready'],
    ]);
  });

  test('a row that does not pass stands for nobody', async () => {
    const table = await open();
    expect(table.review({ duplicates: 'last' }).duplicates).toEqual({ groups: 2, rows: 4 });
    const review = table.review({ duplicates: 'last', edits: [{ kind: 'leave_out', rows: [0, 2, 4] }] });
    expect(review.duplicates).toEqual({ groups: 1, rows: 2 });
    expect(review.rows).toEqual({ total: 7, ready: 1, problems: 2, leftOut: 3, merged: 1 });
  });

  test('a switch there and back changes nothing', async () => {
    const table = await open();
    const before = table.review();
    for (const duplicates of DUPLICATE_POLICIES) table.review({ duplicates });
    expect(table.review()).toEqual(before);
  });

  test('a large group is counted whole and shown in part', async () => {
    const rows = Array.from({ length: 30 }, (_, n) => `Ana ${n},+5511987654321,`);
    const table = await TestTable.open(`name,phone_number,email\n${rows.join('\n')}`, { headerLine: 1 });
    table.review();
    const [group] = table.engine.duplicates({ offset: 0, limit: 10 }).items;
    expect(group?.count).toBe(30);
    expect(group?.rows).toHaveLength(10);
  });
});
