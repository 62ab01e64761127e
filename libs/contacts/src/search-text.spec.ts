import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { foldText, phoneQuery } from './search-text';

describe('phoneQuery', () => {
  test.each([
    ['(11) 98765-4321', '11987654321'],
    ['+55 11 98765-4321', '5511987654321'],
    ['98765-4321', '987654321'],
    ['011987654321', '11987654321'],
    ['0 15 11 98765-4321', '11987654321'],
    ['0xx11 98765-4321', '11987654321'],
    ['015 11 3333-4444', '1133334444'],
    ['005511987654321', '5511987654321'],
    ['+55 (0) 11 98765-4321', '5511987654321'],
    ['+55 0 15 11 98765-4321', '5511987654321'],
    ['5511987654321', '5511987654321'],
    ['08001234567', '8001234567'],
    ['4321', '4321'],
    [' \u202a+5511987654321\u202c ', '5511987654321'],
    ['11 98765–4321', '11987654321'],
    ['+1 213 373-4253', '12133734253'],
  ])('%j looks for %s', (text, fragment) => {
    expect(phoneQuery(text)).toBe(fragment);
  });

  test.each([
    '',
    ' ',
    'Ana',
    'Ana 11987654321',
    'ana@example.com',
    '11',
    '+',
    '--',
    '(0)',
    '1'.repeat(41),
    '9'.repeat(9999),
  ])('%j is no phone', (text) => {
    expect(phoneQuery(text)).toBeNull();
  });

  test('finds a stored number by any notation of it', () => {
    const stored = '+5511987654321';
    for (const typed of [
      '+5511987654321',
      '11 98765 4321',
      '011 98765-4321',
      '98765.4321',
      '0055 11 98765-4321',
    ]) {
      expect(stored).toContain(phoneQuery(typed));
    }
  });

  test('gives digits or null, whatever is typed', () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.string(), fc.string({ unit: fc.constantFrom(...'0123456789+-() x') })),
        (text) => {
          expect(phoneQuery(text) ?? '000').toMatch(/^\d{3,}$/);
        },
      ),
      { numRuns: 3000, seed: 6 },
    );
  });
});

describe('foldText', () => {
  test.each([
    ['José  Conceição ', 'jose conceicao'],
    ['JOSE\u0301', 'jose'],
    ['São\nJoão', 'sao joao'],
    ['ﬁlial', 'filial'],
    ['İstanbul', 'istanbul'],
    ['Ｗｉｄｅ', 'wide'],
    ["D'Ávila", "d'avila"],
    ['', ''],
  ])('%j is %j', (text, folded) => {
    expect(foldText(text)).toBe(folded);
  });

  test('folding twice changes nothing', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: 'binary' }), fc.string({ unit: 'grapheme' })), (text) => {
        expect(foldText(foldText(text))).toBe(foldText(text));
      }),
      { numRuns: 5000, seed: 7 },
    );
  });
});
