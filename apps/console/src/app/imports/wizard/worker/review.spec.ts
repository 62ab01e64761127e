import type { AssistedCode, RepairCode, WarningCode } from '@ponte/contacts';
import { describe, expect, test } from 'vitest';
import type { Decisions, Edit } from '../wizard-types';
import { TestTable } from './testing';

const open = (...lines: string[]) =>
  TestTable.open(`name,phone_number,email\n${lines.join('\n')}\n`, { headerLine: 1 });

const GOOD = 'Ana Lima,+5511987654321,ana@example.com';

describe('a row', () => {
  type Found = {
    problem?: AssistedCode;
    accepted?: readonly RepairCode[];
    repairs?: readonly RepairCode[];
    warnings?: readonly WarningCode[];
    sent?: string;
  };
  test.each<[title: string, row: string, found: Found]>([
    ['that is good', GOOD, { sent: GOOD }],
    ['without a name', ',+5511987654321,', { problem: 'name_missing' }],
    ['without a phone', 'Ana,,', { problem: 'phone_missing' }],
    ['with a word for no phone', 'Ana,não tem,', { problem: 'phone_missing_placeholder' }],
    [
      'that needs its country',
      'Ana,(11) 98765-4321,',
      { problem: 'phone_no_plus', repairs: ['phone_add_country'] },
    ],
    [
      'whose country was accepted',
      'Ana,(11) 98765-4321,',
      { accepted: ['phone_add_country'], repairs: ['phone_add_country'], sent: 'Ana,+5511987654321,' },
    ],
    [
      'with one of two repairs accepted',
      'Ana,11 8765-4321,',
      {
        accepted: ['phone_add_country'],
        repairs: ['phone_add_country', 'phone_add_ninth'],
        problem: 'phone_maybe_missing_ninth',
      },
    ],
    [
      'with a wrong e-mail that may be left out',
      'Ana,+5511987654321,ana@',
      { accepted: ['email_leave_out'], repairs: ['email_leave_out'], sent: 'Ana,+5511987654321,' },
    ],
    [
      'with a slip in its e-mail',
      'Ana,+5511987654321,ana@gmial.com',
      {
        repairs: ['email_fix_typo'],
        warnings: ['email_maybe_typo'],
        sent: 'Ana,+5511987654321,ana@gmial.com',
      },
    ],
    [
      'whose slip was mended',
      'Ana,+5511987654321,ana@gmial.com',
      { accepted: ['email_fix_typo'], repairs: ['email_fix_typo'], sent: 'Ana,+5511987654321,ana@gmail.com' },
    ],
    ['with a landline', 'Ana,+551133334444,', { warnings: ['phone_landline'], sent: 'Ana,+551133334444,' }],
    ['of too many cells', 'Ana,+5511987654321,a@b.co,x', { problem: 'wrong_cell_count' }],
    [
      'of too many cells that are blank',
      'Ana,+5511987654321,a@b.co, ,',
      { sent: 'Ana,+5511987654321,a@b.co' },
    ],
    ['of too few cells', 'Ana,+5511987654321', { sent: 'Ana,+5511987654321,' }],
    ['with text behind a quote', '"Ana" x,+5511987654321,', { problem: 'malformed_row' }],
    ['to be tidied', ' Ana   Lima ,+55 11 98765-4321, a@b.co ', { sent: 'Ana Lima,+5511987654321,a@b.co' }],
  ])('%s', async (_, line, { problem, accepted = [], repairs = [], warnings = [], sent }) => {
    const table = await open(line);
    const review = table.review({ repairs: accepted });
    expect(review.problems.map(({ code }) => code)).toEqual(problem === undefined ? [] : [problem]);
    expect(review.repairs.map(({ code, rows }) => [code, rows])).toEqual(repairs.map((code) => [code, 1]));
    expect(review.warnings).toEqual(warnings.map((code) => ({ code, rows: 1 })));
    const [row] = table.rows();
    const issues = [row?.issue, ...Object.values(row?.fields ?? {}).map(({ issue }) => issue)];
    expect(issues.filter((code) => code)).toEqual(problem === undefined ? [] : [problem]);
    const clean = await table.text('clean');
    expect(clean.split('\r\n').slice(1, -1)).toEqual(sent === undefined ? [] : [sent]);
  });
});

describe('a review', () => {
  test('shows three rows of each repair as they would be', async () => {
    const table = await open(...[1, 2, 3, 4].map((n) => `Ana,1198765432${n},`), 'Bia,+5511987654321,b@');
    expect(table.review().repairs).toEqual([
      {
        code: 'phone_add_country',
        rows: 4,
        examples: [1, 2, 3].map((n) => ({
          row: n - 1,
          line: n + 1,
          field: 'phone_number',
          before: `1198765432${n}`,
          after: `+551198765432${n}`,
        })),
      },
      {
        code: 'email_leave_out',
        rows: 1,
        examples: [{ row: 4, line: 6, field: 'email', before: 'b@', after: '' }],
      },
    ]);
  });

  test('counts problems by reason and field, most frequent first, and a row with two reasons in both', async () => {
    const table = await open(',1,', ',+5511987654321,', 'Ana,+5511987654321,x');
    const { problems, rows } = table.review();
    expect(problems[0]).toEqual({ code: 'name_missing', field: 'name', rows: 2 });
    expect(problems).toHaveLength(3);
    expect(rows).toMatchObject({ total: 3, ready: 0, problems: 3 });
  });

  test('needs the area code that was confirmed', async () => {
    const table = await open('Ana,98765-4321,');
    const accepted: Partial<Decisions> = { repairs: ['phone_add_country', 'phone_add_area_code'] };
    expect(table.review(accepted).problems[0]?.code).toBe('phone_needs_area_code');
    expect(table.review({ ...accepted, areaCode: '11' }).rows.ready).toBe(1);
    expect(table.rows()[0]?.fields.phone_number.after).toBe('+5511987654321');
  });

  test('remarks an address that several contacts have, and not one contact that comes twice', async () => {
    const table = await open(
      'Ana,+5511987654321,CONTATO@empresa.com',
      'Bia,+5511987654322,contato@empresa.com',
      'Caio,+5511987654323,c@empresa.com',
      'Caio,+5511987654323,c@empresa.com',
    );
    expect(table.review().warnings).toEqual([{ code: 'email_shared', rows: 2 }]);
    expect(table.rows({ kind: 'warning', code: 'email_shared' }).map(({ row }) => row)).toEqual([0, 1]);
    expect(table.rows()[1]?.fields.email.warning).toBe('email_shared');
    const edits: Edit[] = [{ kind: 'leave_out', rows: [0] }];
    expect(table.review({ edits }).warnings).toEqual([]);
  });

  test('remarks an address that is shared only when its slip is mended', async () => {
    const table = await open('Ana,+5511987654321,a@gmial.com', 'Bia,+5511987654322,a@gmail.com');
    expect(table.review().warnings).toEqual([{ code: 'email_maybe_typo', rows: 1 }]);
    expect(table.review({ repairs: ['email_fix_typo'] }).warnings).toEqual([
      { code: 'email_shared', rows: 2 },
    ]);
  });
});

describe('edits', () => {
  test('are counted, shown, and taken back one by one', async () => {
    const table = await open('Ana,x,', 'Ana,x,', 'Bia,+5511987654321,');
    const edits: Edit[] = [
      { kind: 'value', field: 'phone_number', from: 'x', to: '+5511987654322' },
      { kind: 'cell', row: 0, field: 'phone_number', value: '+5511987654323' },
      { kind: 'replace', field: 'name', find: 'ANA', replace: 'Aná', matchCase: false },
      { kind: 'leave_out', rows: [2, 2, 99] },
    ];
    const review = table.review({ edits });
    expect(review.editRows).toEqual([2, 1, 2, 1]);
    expect(review.rows).toEqual({ total: 3, ready: 2, problems: 0, leftOut: 1, merged: 0 });
    expect(table.rows({ kind: 'edited' }).map(({ row }) => row)).toEqual([0, 1, 2]);
    expect(
      table.rows().map(({ fields, state }) => [fields.name.before, fields.phone_number.after, state]),
    ).toEqual([
      ['Aná', '+5511987654323', 'ready'],
      ['Aná', '+5511987654322', 'ready'],
      ['Bia', '+5511987654321', 'left_out'],
    ]);
    expect(table.review({ edits: edits.slice(1) }).rows).toMatchObject({ ready: 1, problems: 1, leftOut: 1 });
    expect(table.review().rows).toMatchObject({ ready: 1, problems: 2, leftOut: 0 });
  });

  test('do not mend a row that is wrong as a whole', async () => {
    const table = await open('Ana,+5511987654321,a@b.co,x');
    const edits: Edit[] = [{ kind: 'cell', row: 0, field: 'name', value: 'Bia' }];
    expect(table.review({ edits }).problems).toEqual([{ code: 'wrong_cell_count', field: null, rows: 1 }]);
  });
});

describe('values', () => {
  test('behind a problem come once, most frequent first', async () => {
    const table = await open('Ana,zz,', 'Ana,y,', 'Ana,y,', ',y,', 'Ana,+5511987654321,');
    table.review();
    const ask = (offset: number) =>
      table.engine.values({ code: 'phone_invalid', offset, limit: 1 }, () => undefined);
    expect(ask(0)).toEqual({
      count: 2,
      items: [{ field: 'phone_number', value: 'y', rows: 3 }],
      isComplete: true,
    });
    expect(ask(1).items).toEqual([{ field: 'phone_number', value: 'zz', rows: 1 }]);
    table.review({ edits: [{ kind: 'value', field: 'phone_number', from: 'y', to: 'zz' }] });
    expect(ask(0).items).toEqual([{ field: 'phone_number', value: 'zz', rows: 4 }]);
  });

  test('that a replacement would change are counted without being changed', async () => {
    const table = await open(
      'Ana,+5511987654321,a@gmail,com',
      'Ana Ana,+5511987654322,',
      'Bia,+5511987654323,',
    );
    table.review();
    const edit = { kind: 'replace', field: 'name', find: 'ana', replace: 'Eva', matchCase: false } as const;
    expect(table.engine.countReplace(edit, () => undefined)).toEqual({
      rows: 1,
      examples: [{ row: 1, line: 3, field: 'name', before: 'Ana Ana', after: 'Eva Eva' }],
    });
    expect(table.rows()[1]?.fields.name.before).toBe('Ana Ana');
  });
});
