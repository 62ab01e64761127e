import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isAreaCode } from './area-codes';
import { checkContact } from './check-contact';
import { proposeEmail } from './propose-email';
import { proposeName } from './propose-name';
import { proposeByRules, proposeNational, proposePhone } from './propose-phone';
import { codesOf, judgeRow, needsOfRow, proposeRow, repairCells } from './repair-cells';
import { OPTIONAL_REPAIRS, REPAIR_CODES } from './repair-codes';
import { REPAIR_BITS, repairMask, repairsOf } from './repair-mask';
import type { CellProposal } from './cell-proposal';

/** A plain linear congruence: cheap decisions, the same on every run. */
function createDice(seed: number): (sides: number) => number {
  let state = seed;
  return (sides) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 4_294_967_296) * sides);
  };
}

const ALL = repairMask(REPAIR_CODES);
const CONTEXTS = [{ areaCode: null }, { areaCode: '11' }, { areaCode: '55' }];

const pieces = [
  ...[
    '11',
    '55',
    '0',
    '00',
    '015',
    '+',
    '+55',
    '(',
    ')',
    ' ',
    '-',
    '.',
    ',',
    '/',
    ';',
    ' / ',
    ' ou ',
    ' e ',
    ':::',
    '\n',
  ],
  ...[
    '98765',
    '8765',
    '3234',
    '4321',
    '0800',
    '4004',
    '1',
    '9',
    'zap',
    'Cel:',
    'x',
    '0xx',
    'ramal 12',
    'E+12',
    '.0',
    ',5',
  ],
  ...[
    "'",
    '="',
    '"',
    '\u200b',
    '\u202a',
    '\u0000',
    '\ud800',
    '＋',
    '５',
    '٣',
    '²',
    '📱',
    '*',
    '?',
    'não tem',
    'n/a',
  ],
];
const number = fc
  .tuple(
    fc.constantFrom('', '55', '+55 ', '0', '0xx', '015 ', '0055', '00', '+1 ', '0800 '),
    fc.constantFrom('11', '11 ', '(21)', ' 55 ', '99-', '20', '', '213 '),
    fc.constantFrom(
      '98765-4321',
      '3234.5678',
      '8765 4321',
      '987654321',
      '7123-4567',
      '11 123 45',
      '373 4253',
      '123 4567',
    ),
  )
  .map((parts) => parts.join(''));
const around = fc.oneof(fc.constantFrom('', ' '), fc.constantFrom(...pieces));
const phoneText = fc.oneof(
  { weight: 6, arbitrary: fc.tuple(around, number, around).map((parts) => parts.join('')) },
  fc.tuple(around, number, around, number, around).map((parts) => parts.join('')),
  fc.array(fc.constantFrom(...pieces), { maxLength: 9 }).map((parts) => parts.join('')),
  fc.string({ unit: 'binary' }),
  fc.string({ unit: fc.constantFrom(...'0123456789+-() ./xeE,') }),
);
const emailPieces = [
  ...[
    'ana',
    'a',
    '@',
    '.',
    'example',
    'com',
    'gmial.com',
    '.con',
    '<',
    '>',
    'mailto:',
    ' ',
    ';',
    ',',
    '"',
    "'",
    '\u200b',
  ],
  ...[
    '＠',
    '\u0000',
    '?subject=x',
    '-',
    'xn--',
    'é',
    '=',
    '|',
    '+',
    'Ana Lima ',
    'combr',
    '\n',
    ')',
    '.com.br',
  ],
];
const emailText = fc.oneof(
  fc.array(fc.constantFrom(...emailPieces), { maxLength: 9 }).map((parts) => parts.join('')),
  fc.string({ unit: 'binary' }),
  fc.emailAddress().map((address) => `<${address}>`),
);
const nameText = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.constantFrom('Ana', 'A\u0000na', '\u0000', ' ', '11987654321'),
);

/** Digits without what Brazil's telephones may add: the country, the area code and the ninth digit. */
const digitsOf = (text: string) => text.normalize('NFKC').replace(/\D/g, '');

/** What a proposal promises, whatever it was made of. */
function expectSound(found: CellProposal, again: (value: string) => CellProposal): void {
  if (!found.ok) {
    expect(found.codes.length).toBeGreaterThan(0);
    return;
  }
  expect(repairMask(found.needs)).toBe(found.mask);
  expect(found.strict === null).toBe(found.mask === 0);
  for (const value of [found.value, found.offer?.value]) {
    if (value === null || value === undefined) continue;
    expect(again(value)).toMatchObject({ ok: true, value, mask: 0 });
  }
}

describe('whatever the text', () => {
  test('a phone is sound, strictly good and made of the digits that were there', () => {
    let accepted = 0;
    fc.assert(
      fc.property(phoneText, fc.constantFrom(...CONTEXTS), (text, context) => {
        const found = proposePhone(text, context);
        expectSound(found, (value) => proposePhone(value, context));
        if (!found.ok || found.value === null) return;
        accepted++;
        expect(checkContact({ name: 'Ana', phone_number: found.value })).toMatchObject({
          ok: true,
          contact: { phone_number: found.value },
        });
        if (found.mask !== 0) expectNothingInvented(text, found.value, found.mask, context.areaCode);
      }),
      { numRuns: 20_000, seed: 11 },
    );
    expect(accepted).toBeGreaterThan(1000);
  });

  test('an e-mail is sound, and is what stood there without its wrapping', () => {
    let unwrapped = 0;
    fc.assert(
      fc.property(emailText, (text) => {
        const found = proposeEmail(text);
        expect(found.ok).toBe(true);
        expectSound(found, proposeEmail);
        if (!found.ok || found.value === null) return;
        if ((found.mask & REPAIR_BITS.email_unwrap) !== 0) unwrapped++;
        const bare = text.normalize('NFKC').replace(/[\s\p{Cf}\p{Cc}\p{Surrogate}]/gu, '');
        expect(bare).toContain(found.value);
      }),
      { numRuns: 15_000, seed: 12 },
    );
    expect(unwrapped).toBeGreaterThan(500);
  });

  test('a name is sound', () => {
    fc.assert(
      fc.property(nameText, (text) => expectSound(proposeName(text), proposeName)),
      { numRuns: 5000, seed: 13 },
    );
  });

  test('with nothing accepted a row gets the strict verdict, and the strict code is among its codes', () => {
    fc.assert(
      fc.property(
        nameText,
        phoneText,
        emailText,
        fc.constantFrom(...CONTEXTS),
        (name, phone, email, context) => {
          const strict = checkContact({ name, phone_number: phone, email });
          const verdict = repairCells(name, phone, email, new Set(), context);
          expect(verdict.ok).toBe(strict.ok);
          expect(verdict.warnings).toEqual(strict.warnings);
          if (verdict.ok || strict.ok) {
            expect(verdict).toMatchObject({ contact: strict.ok ? strict.contact : {}, applied: 0 });
            return;
          }
          expect(verdict.issues.map(({ field }) => field)).toEqual(strict.issues.map(({ field }) => field));
          verdict.issues.forEach(({ code, also }, index) => {
            expect([code, ...also]).toContain(strict.issues[index]?.code);
          });
        },
      ),
      { numRuns: 6000, seed: 14 },
    );
  });

  test('accepting more never refuses a row, and the masks say the same as the verdict', () => {
    const masks = fc.integer({ min: 0, max: ALL });
    fc.assert(
      fc.property(nameText, phoneText, emailText, masks, masks, (name, phone, email, some, more) => {
        const row = proposeRow(name, phone, email, { areaCode: '11' });
        const verdict = judgeRow(row, some);
        const needs = needsOfRow(row);
        expect(verdict.ok).toBe(needs !== null && (needs & ~some) === 0);
        if (verdict.ok) {
          expect(judgeRow(row, some | more).ok).toBe(true);
          expect(verdict.applied & ~some).toBe(0);
          expect(checkContact(verdict.contact)).toMatchObject({ ok: true, contact: verdict.contact });
          return;
        }
        expect(verdict.issues.length).toBeGreaterThan(0);
        expect(verdict.isRepairable).toBe(needs !== null);
        if (needs !== null) expect(judgeRow(row, some | verdict.missing).ok).toBe(true);
        for (const cell of [row.name, row.phone, row.email]) {
          const codes = codesOf(cell, some);
          expect(new Set(codes).size).toBe(codes.length);
        }
      }),
      { numRuns: 10_000, seed: 15 },
    );
  });

  test('what a worker sends survives postMessage', () => {
    const row = proposeRow('Ana', '11 98765-4321 / 11 97777-6666', 'ana@gmial.com', { areaCode: null });
    expect(structuredClone(row)).toEqual(row);
    expect(repairsOf(row.phone.ok ? row.phone.mask : 0)).toBe(row.phone.ok && row.phone.needs);
    expect(OPTIONAL_REPAIRS.every((code) => (ALL & REPAIR_BITS[code]) !== 0)).toBe(true);
  });
});

function expectNothingInvented(text: string, value: string, mask: number, areaCode: string | null): void {
  let national = value.slice(1);
  if (national.startsWith('55')) national = national.slice(2);
  if ((mask & REPAIR_BITS.phone_add_ninth) !== 0) {
    expect(national.charAt(2)).toBe('9');
    national = national.slice(0, 2) + national.slice(3);
  }
  if ((mask & REPAIR_BITS.phone_add_area_code) !== 0) {
    expect(national.slice(0, 2)).toBe(areaCode);
    national = national.slice(2);
  }
  // In their order and without a gap, but for the carrier's crosses between a trunk zero and the area code.
  if (!digitsOf(text).includes(national)) expect([text, value]).toEqual([text, 'made of its digits']);
}

describe('the fast path answers as the slow one does', () => {
  const dice = createDice(20_240_201);
  const pick = (items: readonly string[]) => items[dice(items.length)] ?? '';
  const digits = (count: number) => Array.from({ length: count }, () => dice(10)).join('');

  const makeNotation = (): string => {
    const area = String(dice(100)).padStart(2, '0');
    const repeated = String(dice(10)).repeat(9);
    const ninth = pick(['9', '9', '9 ', '9.', '9-', '9  ']);
    const subscriber =
      dice(20) === 0 ? repeated : dice(2) === 0 ? `${ninth}${digits(8)}` : digits(7 + dice(3));
    const before = pick([
      '',
      '',
      '',
      ' ',
      '0',
      '(',
      '(0',
      '55',
      '55 ',
      '55 (',
      '0 ',
      '+55 ',
      '055',
      '55-',
      '550',
    ]);
    const behind = pick(['', '', ' ', ')', ') ', '-', '.', ')-']);
    const cut = subscriber.length - 4;
    const between = pick(['-', '-', ' ', '.', '', '', '–', '--', '/']);
    const end = pick(['', '', '', '', ' ', '  ', '.', '0', ' zap']);
    return `${before}${area}${behind}${subscriber.slice(0, cut)}${between}${subscriber.slice(cut)}${end}`;
  };

  test('on 200,000 Brazilian notations, good and bad', { timeout: 120_000 }, () => {
    const context = { areaCode: null };
    let fast = 0;
    for (let i = 0; i < 200_000; i++) {
      const text = makeNotation();
      const found = proposeNational(text);
      if (found === null) continue;
      fast++;
      const slow = proposeByRules(text, context);
      // `expect` on each of them would take a minute.
      if (JSON.stringify(found) !== JSON.stringify(slow)) expect([text, found]).toEqual([text, slow]);
    }
    expect(fast).toBeGreaterThan(20_000);
  });
});

test('every area code in every notation comes back whole', () => {
  const areas = Array.from({ length: 90 }, (_, index) => String(index + 10)).filter(isAreaCode);
  expect(areas).toHaveLength(67);
  const notations: readonly ((area: string, first: string, last: string) => string)[] = [
    (area, first, last) => `${area}${first}${last}`,
    (area, first, last) => `(${area}) ${first}-${last}`,
    (area, first, last) => `${area} ${first} ${last}`,
    (area, first, last) => `${area}.${first}.${last}`,
    (area, first, last) => `0${area} ${first}-${last}`,
    (area, first, last) => `(0${area}) ${first}-${last}`,
    (area, first, last) => `0 ${area} ${first}-${last}`,
    (area, first, last) => `0xx${area} ${first}-${last}`,
    (area, first, last) => `(0xx${area}) ${first}-${last}`,
    (area, first, last) => `0 15 ${area} ${first}-${last}`,
    (area, first, last) => `021${area}${first}${last}`,
    (area, first, last) => `55${area}${first}${last}`,
    (area, first, last) => `55 (${area}) ${first}-${last}`,
    (area, first, last) => `55 0 ${area} ${first}-${last}`,
    (area, first, last) => `0055${area}${first}${last}`,
    (area, first, last) => `+55 (${area}) ${first}-${last}`,
    (area, first, last) => `="${area}${first}${last}"`,
    (area, first, last) => `${area}${first}${last}.0`,
    (area, first, last) => `${area}/${first}-${last}`,
    (area, first, last) => `Zap: (${area}) ${first}-${last}`,
  ];
  for (const area of areas) {
    for (const write of notations) {
      for (const [first, last, whole] of [
        ['98765', '4321', '987654321'],
        ['3234', '5678', '32345678'],
        ['8765', '4321', '987654321'],
      ] as const) {
        const text = write(area, first, last);
        expect([text, proposePhone(text, { areaCode: null })]).toMatchObject([
          text,
          { value: `+55${area}${whole}` },
        ]);
      }
    }
  }
});
