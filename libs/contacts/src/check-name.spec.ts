import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { checkName, isSameName, unescapeName } from './check-name';

const LONGEST = 500;

describe('checkName accepts', () => {
  test.each([
    ['a plain name', 'Ana Lima', 'Ana Lima'],
    ['accents', 'Célia Conceição', 'Célia Conceição'],
    ['blanks around', ' \t Ana\u00a0', 'Ana'],
    ['an ideographic space and a byte order mark around', '\u3000Ana\ufeff', 'Ana'],
    ['runs of blanks inside', 'Ana \u00a0\t Lima', 'Ana Lima'],
    ['a line feed inside', 'Ana\nLima', 'Ana Lima'],
    ['CR LF inside', 'Ana\r\nLima', 'Ana Lima'],
    ['a line separator inside', 'Ana\u2028Lima', 'Ana Lima'],
    ['decomposed letters', 'Jose\u0301', 'José'],
    ['one character', '.', '.'],
    ['an emoji', '😀', '😀'],
    ['a family of emoji joined by invisible marks', '👩\u200d👧', '👩\u200d👧'],
    ['a bidi override inside', 'Ana\u202evil\u202c', 'Ana\u202evil\u202c'],
    ['a formula', '=1+1', '=1+1'],
    ['an escaped formula, whose apostrophe may be meant', "'=1+1", "'=1+1"],
    ['words that programs convert', 'NULL', 'NULL'],
    ['digits', '00123', '00123'],
    ['a name at the limit', 'ã'.repeat(LONGEST), 'ã'.repeat(LONGEST)],
    ['a name at the limit outside the BMP', '😀'.repeat(LONGEST), '😀'.repeat(LONGEST)],
    ['a name that composing brings to the limit', 'a\u0303'.repeat(LONGEST), 'ã'.repeat(LONGEST)],
    ['a name that folding brings below the limit', `Ana${' '.repeat(40_000)}Lima`, 'Ana Lima'],
    ['a replacement character, which is one like others', 'Ana \ufffd', 'Ana \ufffd'],
  ])('%s', (_, text, value) => {
    expect(checkName(text)).toEqual({ ok: true, value });
  });
});

describe('checkName rejects', () => {
  test.each([
    ['nothing', '', 'name_missing'],
    ['blanks', ' \t\n\u00a0', 'name_missing'],
    ['zero-width marks', '\u200b\u200d', 'name_missing'],
    ['the Braille blank', '\u2800', 'name_missing'],
    ['a Hangul filler', '\u3164', 'name_missing'],
    ['a variation selector alone', '\ufe0f', 'name_missing'],
    ['a soft hyphen alone', '\u00ad', 'name_missing'],
    ['NUL', 'A\u0000na', 'invalid_character'],
    ['NUL alone', '\u0000', 'invalid_character'],
    ['bell', 'Ana\u0007', 'invalid_character'],
    ['escape', '\u001b[31mAna', 'invalid_character'],
    ['delete', 'Ana\u007f', 'invalid_character'],
    ['a C1 control', 'Ana\u0085Lima', 'invalid_character'],
    ['half a surrogate pair', 'Ana\ud83d', 'invalid_character'],
    ['the other half', '\ude00Ana', 'invalid_character'],
    ['one character too many', 'a'.repeat(LONGEST + 1), 'name_too_long'],
    ['one emoji too many', '😀'.repeat(LONGEST + 1), 'name_too_long'],
    ['a megabyte of combining marks', 'a' + '\u0316\u0301'.repeat(500_000), 'name_too_long'],
  ])('%s', (_, text, code) => {
    expect(checkName(text)).toEqual({ ok: false, code });
  });
});

test('names are folded the same way by the fast path and the slow one', () => {
  const piece = fc.constantFrom(
    'a',
    'é',
    'e\u0301',
    ' ',
    '\n',
    '\u00a0',
    '\u00ad',
    '\u02ff',
    '\u0300',
    "'",
    '=',
    '0',
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
      const text = pieces.join('');
      const slow = checkName(`${text} \u4e00`); // one ideograph keeps the text off the fast path
      const fast = checkName(text);
      if (!fast.ok || !slow.ok) return;
      expect(slow.value).toBe(`${fast.value} \u4e00`);
    }),
    { numRuns: 5000, seed: 1 },
  );
});

describe('isSameName', () => {
  test.each([
    ['the same name', 'Ana', 'Ana', true],
    ['another name', 'Ana', 'Bia', false],
    ['a formula that our export escaped', '=1+1', "'=1+1", true],
    ['an apostrophe formula that our export escaped', "'=1+1", "''=1+1", true],
    ['a name with an apostrophe in front', 'Ávila', "'Ávila", false],
    ['an apostrophe that was taken away', "'=1+1", '=1+1', false],
    ['a formula for a program that splits by semicolons', 'Ana; =1+1', "Ana; '=1+1", true],
    ['two formulas, escaped', "=1;'@x", "'=1;''@x", true],
    ['two apostrophes too many', '=1+1', "''=1+1", false],
  ])('%s', (_, stored, incoming, isSame) => {
    expect(isSameName(stored, incoming)).toBe(isSame);
  });
});

test('a name as long as can be comes back from our own export', () => {
  const name = '=1;@2;'.padEnd(LONGEST, 'x');
  expect(checkName(name)).toEqual({ ok: true, value: name });
  expect(checkName(name.replace('=', "'=").replace('@', "'@"))).toEqual({ ok: true, value: name });
  expect(checkName(`'${name}x`)).toEqual({ ok: false, code: 'name_too_long' });
  expect(checkName(`'x${name}`)).toEqual({ ok: false, code: 'name_too_long' });
});

test('unescapeName leaves names without an escape alone', () => {
  expect(['Ana', "d'Ávila", "'Ana", '=1', "'"].map(unescapeName)).toEqual([
    'Ana',
    "d'Ávila",
    "'Ana",
    '=1',
    "'",
  ]);
});
