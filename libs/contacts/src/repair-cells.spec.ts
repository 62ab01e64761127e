import { describe, expect, test } from 'vitest';
import { judgeRow, needsOfRow, proposeRow, repairCells, repairsOfRow, valueOf } from './repair-cells';
import { REPAIR_CODES, type RepairCode } from './repair-codes';
import { REPAIR_BITS, repairMask, repairsOf } from './repair-mask';

const NOBODY = { areaCode: null };
const COUNTRY: readonly RepairCode[] = ['phone_add_country'];

const judge = (
  cells: readonly [string, string, string],
  accepted: readonly RepairCode[],
  areaCode: string | null = null,
) => repairCells(...cells, new Set(accepted), { areaCode });

/** First code of each field, then what would mend the row. */
const reasonOf = (phone: string, accepted: readonly RepairCode[]): string => {
  const verdict = judge(['Ana', phone, ''], accepted);
  if (verdict.ok) return 'good';
  return [...verdict.issues.map(({ code }) => code), '+', ...repairsOf(verdict.missing)].join(' ');
};

describe('a row', () => {
  test('that is good needs nothing', () => {
    expect(judge(['Ana', '+5511987654321', 'ana@example.com'], [])).toEqual({
      ok: true,
      contact: { name: 'Ana', phone_number: '+5511987654321', email: 'ana@example.com' },
      applied: 0,
      warnings: [],
    });
  });

  test('becomes good by the repairs that were accepted, and says which', () => {
    const cells = ['Ana\u0000', '(11) 3234-5678', '<ana@gmial.com>'] as const;
    const accepted = [
      'drop_invalid_characters',
      'phone_add_country',
      'email_unwrap',
      'phone_take_first',
    ] as const;
    expect(judge(cells, accepted)).toEqual({
      ok: true,
      contact: { name: 'Ana', phone_number: '+551132345678', email: 'ana@gmial.com' },
      applied: repairMask(['drop_invalid_characters', 'phone_add_country', 'email_unwrap']),
      warnings: [
        { code: 'phone_landline', field: 'phone_number' },
        { code: 'email_maybe_typo', field: 'email' },
      ],
    });
    expect(judge(cells, [...accepted, 'email_fix_typo'])).toMatchObject({
      contact: { email: 'ana@gmail.com' },
      applied: repairMask(['drop_invalid_characters', 'phone_add_country', 'email_unwrap', 'email_fix_typo']),
      warnings: [{ code: 'phone_landline' }],
    });
  });

  test('says what is missing, field by field', () => {
    expect(judge(['', '11 8765-4321', 'ana'], COUNTRY)).toEqual({
      ok: false,
      issues: [
        { code: 'name_missing', field: 'name', also: [] },
        { code: 'phone_maybe_missing_ninth', field: 'phone_number', also: ['phone_invalid'] },
        { code: 'email_invalid', field: 'email', also: [] },
      ],
      missing: repairMask(['phone_add_ninth', 'email_leave_out']),
      isRepairable: false,
      warnings: [],
    });
  });

  test('without a usable e-mail enters without it', () => {
    expect(judge(['Ana', '+5511987654321', 'não tem'], ['email_leave_out'])).toMatchObject({
      ok: true,
      contact: { email: null },
    });
  });

  test('gets the confirmed area code', () => {
    const accepted: readonly RepairCode[] = ['phone_add_country', 'phone_add_area_code'];
    expect(judge(['Ana', '98765-4321', ''], accepted, '21')).toMatchObject({
      contact: { phone_number: '+5521987654321' },
    });
    expect(judge(['Ana', '98765-4321', ''], accepted)).toMatchObject({
      issues: [{ code: 'phone_needs_area_code' }],
      isRepairable: false,
    });
    expect(judge(['Ana', '98765-4321', ''], COUNTRY, '21')).toMatchObject({
      issues: [{ code: 'phone_needs_area_code' }],
      missing: repairMask(['phone_add_area_code']),
      isRepairable: true,
    });
  });
});

describe('the reason of a phone', () => {
  test.each([
    ['11 98765-4321', [], 'phone_no_plus + phone_add_country'],
    ['11 98765-4321', COUNTRY, 'good'],
    ['11 8765-4321', [], 'phone_maybe_missing_ninth + phone_add_country phone_add_ninth'],
    ['11 8765-4321', COUNTRY, 'phone_maybe_missing_ninth + phone_add_ninth'],
    ['11 8765-4321', ['phone_add_ninth'], 'phone_no_plus + phone_add_country'],
    ['+55 11 8765-4321', [], 'phone_maybe_missing_ninth + phone_add_ninth'],
    ['11 98765-4321 / 11 3234-5678', COUNTRY, 'phone_several + phone_take_first'],
    ['11 98765-4321 (zap)', [], 'phone_no_plus + phone_drop_words phone_add_country'],
    ['11 98765-4321 (zap)', COUNTRY, 'phone_invalid + phone_drop_words'],
    ['="+5511987654321"', [], 'phone_no_plus + phone_unwrap'],
    ['="+5511987654321"', COUNTRY, 'phone_invalid + phone_unwrap'],
    ['5,51199E+12', COUNTRY, 'phone_scientific +'],
    ['-', [], 'phone_missing_placeholder +'],
    ['', [], 'phone_missing +'],
    ['10 98765-4321', [], 'phone_invalid +'],
    ['+5511987\u0000654321', [], 'invalid_character + drop_invalid_characters'],
    ['11987\u0000654321', [], 'invalid_character + phone_add_country drop_invalid_characters'],
    ['11987\u0000654321', ['drop_invalid_characters'], 'phone_no_plus + phone_add_country'],
    ['11987\u0000654321 zap', ['drop_invalid_characters', ...COUNTRY], 'phone_invalid + phone_drop_words'],
  ] as const)('%j with %j: %s', (text, accepted, reason) => {
    expect(reasonOf(text, accepted)).toBe(reason);
  });

  test('names the strict code too, until the country was accepted', () => {
    expect(judge(['Ana', '-', ''], [])).toMatchObject({
      issues: [{ also: ['phone_invalid', 'phone_no_plus'] }],
    });
    expect(judge(['Ana', '-', ''], COUNTRY)).toMatchObject({ issues: [{ also: ['phone_invalid'] }] });
  });
});

describe('masks', () => {
  test('have a bit for each repair, and their lists are shared', () => {
    expect(new Set(Object.values(REPAIR_BITS)).size).toBe(REPAIR_CODES.length);
    const all = repairMask(REPAIR_CODES);
    expect(repairsOf(all)).toEqual(REPAIR_CODES);
    expect(repairsOf(all)).toBe(repairsOf(all));
    expect(Object.isFrozen(repairsOf(all))).toBe(true);
  });

  test('are taken in place of a set', () => {
    const mask = repairMask(COUNTRY);
    expect(repairCells('Ana', '11987654321', '', mask, NOBODY)).toEqual(
      judge(['Ana', '11987654321', ''], COUNTRY),
    );
  });

  test('tell what a row needs and what it could have', () => {
    const row = proposeRow('Ana', '11987654321', 'ana@gmial.com', NOBODY);
    expect(needsOfRow(row)).toBe(repairMask(COUNTRY));
    expect(repairsOfRow(row)).toBe(repairMask(['phone_add_country', 'email_fix_typo']));
    expect(needsOfRow(proposeRow('', '11987654321', '', NOBODY))).toBeNull();
  });

  test('choose the value of a cell', () => {
    const { email, phone } = proposeRow('Ana', '11987654321', 'ana@gmial.com', NOBODY);
    expect(valueOf(phone, 0)).toBeNull();
    expect(valueOf(phone, repairMask(COUNTRY))).toBe('+5511987654321');
    expect(valueOf(email, 0)).toBe('ana@gmial.com');
    expect(valueOf(email, repairMask(['email_fix_typo']))).toBe('ana@gmail.com');
    expect(judgeRow(proposeRow('', '', '', NOBODY), -1).ok).toBe(false);
  });
});
