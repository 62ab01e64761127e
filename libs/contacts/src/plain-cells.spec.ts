import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isPlainEmail } from './plain-email';
import { isPlainName } from './plain-name';
import { isPlainMobile, readPlainPhone } from './plain-phone';
import { proposeEmail } from './propose-email';
import { proposeName } from './propose-name';
import { proposePhone } from './propose-phone';
import type { CellProposal } from './cell-proposal';

const encoder = new TextEncoder();
/** Neighbours that would be good in a cell, to see that nothing looks beyond it. */
const BEFORE = '11';
const AFTER = '99';

function within<Result>(
  text: string,
  judge: (bytes: Uint8Array, from: number, to: number) => Result,
): Result {
  const bytes = encoder.encode(BEFORE + text + AFTER);
  return judge(bytes, BEFORE.length, bytes.length - AFTER.length);
}

const plainName = (text: string) => within(text, isPlainName);
const plainPhone = (text: string) => within(text, readPlainPhone);
const plainEmail = (text: string) => within(text, isPlainEmail);

/** A cell that is good as it is and about which there is nothing to remark. */
const asTyped = (value: string) => ({
  ok: true,
  value,
  needs: [],
  mask: 0,
  warning: null,
  strict: null,
  offer: null,
  others: null,
});

function phoneProposal(text: string, phone: number): unknown {
  const warning = isPlainMobile(phone) ? null : 'phone_landline';
  const good = { ...asTyped(`+${phone}`), warning };
  return text.startsWith('+')
    ? good
    : { ...good, needs: ['phone_add_country'], mask: expect.any(Number), strict: 'phone_no_plus' };
}

const propose = (text: string): CellProposal => proposePhone(text, { areaCode: null });

describe('a plain phone', () => {
  test.each([
    ['+5511987654321', 5_511_987_654_321],
    ['+55 (11) 98765-4321', 5_511_987_654_321],
    ['+55-11 9 8765.4321', 5_511_987_654_321],
    ['11987654321', 5_511_987_654_321],
    ['(11) 98765-4321', 5_511_987_654_321],
    [' (11)-9.8765 4321 ', 5_511_987_654_321],
    ['55 11 98765-4321', 5_511_987_654_321],
    ['55 98765-4321', 5_555_987_654_321],
    ['55987654321', 5_555_987_654_321],
    ['(55) 3234-5678', 555_532_345_678],
    ['551132345678', 551_132_345_678],
    ['+551132345678', 551_132_345_678],
  ])('%j is read', (text, expected) => {
    expect(plainPhone(text)).toBe(expected);
  });

  test.each([
    '',
    '1198765432',
    '119876543210',
    '011987654321',
    '11 98765--4321',
    '11  98765-4321',
    '(11 ) 98765-4321',
    '((11) 98765-4321',
    ')11( 98765-4321',
    '-11987654321',
    '11987654321-',
    '+55 11987654321 ',
    '+11987654321',
    '+ 5511987654321',
    '+4411987654321',
    '20987654321',
    '11 9876-54321',
    '11 98765–4321',
    '11 99999-9999',
    '11 8765-4321',
    'a1987654321',
    '119876543219999999999999999',
  ])('%j is left to the rules', (text) => {
    expect(plainPhone(text)).toBe(0);
  });

  const digit = fc.constantFrom(...'0123456789');
  const mark = fc.oneof(
    { weight: 16, arbitrary: fc.constantFrom('', ' ', '-') },
    fc.constantFrom('.', '(', ')', ') ', ' (', '–', '0', '9'),
  );
  const written = fc
    .tuple(
      fc.constantFrom('', '', '+55', '55', '+', ' ', '0', '+54'),
      fc.array(mark, { minLength: 6, maxLength: 6 }),
      fc.constantFrom('11', '21', '55', '47', '20', '10', '99'),
      fc.constantFrom('9', '', '2', '6'),
      fc.array(digit, { minLength: 8, maxLength: 8 }),
    )
    .map(([country, [a, b, c, d, e, f], area, ninth, rest]) => {
      const digits = rest.join('');
      return `${country}${a}${b}${area}${c}${ninth}${d}${digits.slice(0, 4)}${e}${digits.slice(4)}${f}`;
    });
  const noise = fc.string({ unit: fc.constantFrom(...'0123456789115599+-() .'), maxLength: 20 });

  test('is proposed by the rules in the same way', () => {
    let read = 0;
    fc.assert(
      fc.property(fc.oneof({ weight: 4, arbitrary: written }, noise), (text) => {
        const phone = plainPhone(text);
        if (phone === 0) return;
        read++;
        expect(propose(text)).toEqual(phoneProposal(text, phone));
      }),
      { numRuns: 50_000, seed: 3 },
    );
    expect(read).toBeGreaterThan(500);
  });
});

describe('a plain name', () => {
  test.each(['Ana', 'José da Silva', 'Ünal Škoda', "D'Ávila & Filhos Ltda.", 'Nº 7', 'a'])(
    '%j is seen',
    (text) => expect(plainName(text)).toBe(true),
  );

  test.each([
    '',
    ' Ana',
    'Ana ',
    'Ana  Lima',
    'Ana\tLima',
    'Ana\u00a0Lima',
    'Ana\u00adLima',
    'Ana\u0085',
    'Ana\u007f',
    'Ana 😀',
    'Jose\u0301',
    '11 98765-4321',
    '\ud800Ana',
    'x'.repeat(501),
  ])('%j is left to the rules', (text) => expect(plainName(text)).toBe(false));

  const letters = fc.string({
    unit: fc.constantFrom(...'aÁÿĀʯ\u02ff\u0300 \u00a1\u00a0\u00ad-1€'),
    maxLength: 12,
  });

  test('is proposed by the rules as it is', () => {
    let seen = 0;
    fc.assert(
      fc.property(fc.oneof(letters, fc.string({ unit: 'binary' })), (text) => {
        if (!plainName(text)) return;
        seen++;
        expect(proposeName(text)).toEqual(asTyped(text));
      }),
      { numRuns: 20_000, seed: 5 },
    );
    expect(seen).toBeGreaterThan(1000);
  });
});

describe('a plain e-mail', () => {
  test.each([
    'ana@example.com',
    'Ana.Lima+x@MAIL.example.com.br',
    'a@gmail.com',
    'b@hotmail.com',
    'c@yahoo.com.br',
    `${'x'.repeat(64)}@example.com`,
    `a@${'x'.repeat(63)}.com`,
  ])('%j is seen', (text) => expect(plainEmail(text)).toBe(true));

  test.each([
    '',
    'ana',
    '@example.com',
    'ana@',
    'ana@example',
    'ana@.com',
    'ana@example.c',
    'ana@example.com.',
    'ana@example..com',
    'ana.@example.com',
    '.ana@example.com',
    'a..b@example.com',
    'a@b@example.com',
    'ana@-example.com',
    'ana@example-.com',
    'ana@exa_mple.com',
    'ana@example.c0m',
    ' ana@example.com',
    'ana@example.com ',
    "'ana@example.com",
    'josé@example.com',
    'ana@gmial.com',
    'ana@GMIAL.com',
    'ana@example.CON',
    'ana@example.combr',
    `${'x'.repeat(65)}@example.com`,
    `a@${'x'.repeat(64)}.com`,
    `a@${'x.'.repeat(125)}com`,
  ])('%j is left to the rules', (text) => expect(plainEmail(text)).toBe(false));

  const word = fc.constantFrom(
    'ana',
    'x',
    '@',
    '@',
    '.',
    '-',
    '_',
    "'",
    '+',
    'Com',
    'con',
    'gmail.com',
    'gmial',
    'é',
    ' ',
    '9',
  );
  const words = fc.array(word, { maxLength: 9 }).map((parts) => parts.join(''));

  test('is proposed by the rules as it is', () => {
    let seen = 0;
    fc.assert(
      fc.property(fc.oneof(words, fc.emailAddress(), fc.string({ unit: 'binary' })), (text) => {
        if (!plainEmail(text)) return;
        seen++;
        expect(proposeEmail(text)).toEqual(asTyped(text));
      }),
      { numRuns: 20_000, seed: 7 },
    );
    expect(seen).toBeGreaterThan(1000);
  });
});
