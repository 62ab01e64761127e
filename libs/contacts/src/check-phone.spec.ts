import { parsePhoneNumberFromString } from 'libphonenumber-js/max';
import { describe, expect, test } from 'vitest';
import { checkPhone, isE164, readByLibrary } from './check-phone';

describe('checkPhone accepts', () => {
  test.each([
    ['a mobile', '+5511987654321', '+5511987654321', null],
    ['a mobile with blanks and hyphen', '+55 11 98765-4321', '+5511987654321', null],
    ['parentheses', '+55 (21) 98765-4321', '+5521987654321', null],
    ['dots', '+55.31.98765.4321', '+5531987654321', null],
    ['a blank after the plus', '+ 5561987654321', '+5561987654321', null],
    ['a blank behind the ninth digit', '+55 (11) 9 8765-4321', '+5511987654321', null],
    ['a trunk zero in parentheses', '+55 (011) 3333-4444', '+551133334444', 'phone_landline'],
    ['an en dash', '+55 71 98765–4321', '+5571987654321', null],
    ['a hyphen after the plus', '+-5511987654321', '+5511987654321', null],
    ['bidi marks around', '\u202a+5511987654321\u202c', '+5511987654321', null],
    ['a zero-width space behind', '+5531987654321\u200b', '+5531987654321', null],
    ['blanks and marks mixed around', ' \u200e\ufeff+5531987654321\u00a0\u200f ', '+5531987654321', null],
    ['the apostrophe of an export', "'+5511987654321", '+5511987654321', null],
    ['a trunk zero, which is dropped', '+55011987654321', '+5511987654321', null],
    ['trunk zero and carrier, which are dropped', '+55 0 15 31 98765-4321', '+5531987654321', null],
    ['a landline', '+55 11 3333-4444', '+551133334444', 'phone_landline'],
    ['0800', '+558001234567', '+558001234567', 'phone_non_geographic'],
    ['4004 without area code', '+5540041234', '+5540041234', 'phone_non_geographic'],
    ['the United States', '+12133734253', '+12133734253', null],
    ['Italy with its zero', '+39 06 1234 5678', '+390612345678', 'phone_landline'],
    ['a satellite phone', '+870773111632', '+870773111632', null],
  ])('%s', (_, text, value, warning) => {
    expect(checkPhone(text)).toEqual({ ok: true, value, warning });
  });
});

describe('checkPhone rejects', () => {
  test.each([
    ['nothing', '', 'phone_missing'],
    ['blanks and marks', ' \u200b ', 'phone_missing'],
    ['no plus', '5511987654321', 'phone_no_plus'],
    ['a wide plus', '＋5511987654321', 'phone_no_plus'],
    ['two escaping apostrophes', "''+5511987654321", 'phone_no_plus'],
    ['words', 'não tem', 'phone_no_plus'],
    ['a number in scientific notation', '5.51199E+12', 'phone_no_plus'],
    ['the same with a plus', '+5.51199E+12', 'phone_invalid'],
    ['a mobile without its ninth digit', '+551187654321', 'phone_invalid'],
    ['an area code that is not in use', '+5520987654321', 'phone_invalid'],
    ['one digit too many', '+55119876543210', 'phone_invalid'],
    ['a float', '+5511987654321.0', 'phone_invalid'],
    ['two plus signs', '++5511987654321', 'phone_invalid'],
    ['a plus alone', '+', 'phone_invalid'],
    ['letters', '+55119EIGHT65432', 'phone_invalid'],
    ['a country that does not exist', '+999123456789', 'phone_invalid'],
    ['an extension', '+5521987654321 x12', 'phone_has_extension'],
    ['an extension as in a URI', '+5511987654321;ext=12', 'phone_has_extension'],
    ['NUL', '+55119876\u000054321', 'invalid_character'],
    ['half a surrogate pair', '+5511987654321\ud800', 'invalid_character'],
    ['a line break inside', '+5511\n987654321', 'phone_invalid'],
    ['20,000 digits', `+${'5'.repeat(20_000)}`, 'phone_invalid'],
    ['a number that changes each time it is parsed', '+37508106025507', 'phone_invalid'],
  ])('%s', (_, text, code) => {
    expect(checkPhone(text)).toEqual({ ok: false, code });
  });

  test('long runs of blanks in linear time', () => {
    const started = performance.now();
    checkPhone(`+55${' '.repeat(1_000_000)}x`);
    checkPhone(`${' \u200b'.repeat(500_000)}+5511987654321${' \u200b'.repeat(500_000)}`);
    expect(performance.now() - started).toBeLessThan(2000);
  });
});

/** A plain linear congruence: a million cheap decisions, the same on every run. */
function createDice(seed: number): (sides: number) => number {
  let state = seed;
  return (sides) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 4_294_967_296) * sides);
  };
}

describe('the fast path answers as the library does', () => {
  const dice = createDice(20_240_131);
  const pick = (items: readonly string[]) => items[dice(items.length)] ?? '';
  const digits = (count: number) => Array.from({ length: count }, () => dice(10)).join('');

  /** Brazilian numbers, most of them right or one step from right, with every two-digit area code. */
  const makeNumber = (): string => {
    const area = String(dice(100)).padStart(2, '0');
    const ninth = pick(['9', '9', '9 ', '9.', '9-', '9  ']);
    const subscriber = dice(2) === 0 ? `${ninth}${digits(8)}` : digits(7 + dice(4));
    if (dice(3) > 0) return `+55${area}${subscriber}`;
    const open = pick(['', '', ' ', '(', ' (', '-', '.', '0', ' 0', ' (0', '(0']);
    const close = pick(['', '', ' ', ')', ') ', '-', '.']);
    const cut = subscriber.length - 4;
    const between = pick(['-', ' ', '.', '', '–', '--', '/']);
    return `+55${open}${area}${close}${subscriber.slice(0, cut)}${between}${subscriber.slice(cut)}`;
  };

  const mutate = (number: string): string => {
    const at = dice(number.length + 1);
    const inserted = pick(['0', '9', '5', ' ', '-', '(', ')', 'x', '+', '.', '#', '\n', '٣', ';ext=1']);
    const rest = dice(2) === 0 ? number.slice(at) : number.slice(at + 1);
    return `${number.slice(0, at)}${inserted}${rest}`;
  };

  const compare = (number: string): void => {
    const trimmed = number.trim();
    if (!trimmed.startsWith('+')) return;
    const fast = checkPhone(trimmed);
    const slow = readByLibrary(trimmed);
    // `expect` on each of a million answers would take a minute.
    if (JSON.stringify(fast) !== JSON.stringify(slow)) expect([trimmed, fast]).toEqual([trimmed, slow]);
  };

  test('on 250,000 Brazilian numbers, good and bad, plain and formatted', { timeout: 60_000 }, () => {
    for (let i = 0; i < 250_000; i++) compare(makeNumber());
  });

  test('on 60,000 of them with a character changed, added or lost', { timeout: 60_000 }, () => {
    for (let i = 0; i < 60_000; i++) compare(mutate(makeNumber()));
  });

  test('on every area code with every first digit, mobile and landline', () => {
    for (let area = 0; area < 100; area++) {
      for (let first = 0; first < 10; first++) {
        const start = `+55${String(area).padStart(2, '0')}${first}`;
        compare(`${start}7654321`);
        compare(`${start}87654321`);
      }
    }
  });
});

test('what is stored is valid and stays the same, in every country', () => {
  const dice = createDice(7);
  const countryCodes = [
    '1',
    '7',
    '39',
    '44',
    '49',
    '52',
    '54',
    '54',
    '351',
    '375',
    '225',
    '870',
    '800',
    '372',
    '47',
  ];
  let accepted = 0;
  for (let i = 0; i < 60_000; i++) {
    const code = countryCodes[dice(countryCodes.length)] ?? '1';
    const national = Array.from({ length: 6 + dice(7) }, () => dice(10)).join('');
    const verdict = checkPhone(`+${code}${dice(4) === 0 ? '0' : ''}${national}`);
    if (!verdict.ok) continue;
    accepted++;
    if (parsePhoneNumberFromString(verdict.value, { extract: false })?.isValid() !== true) {
      expect(verdict.value).toBe('a valid number');
    }
    if (JSON.stringify(checkPhone(verdict.value)) !== JSON.stringify(verdict)) {
      expect([verdict.value, checkPhone(verdict.value)]).toEqual([verdict.value, verdict]);
    }
  }
  expect(accepted).toBeGreaterThan(1000);
});

test.each([
  ['+5511987654321', true],
  ['+1234567', true],
  ['+123456', false],
  ['+123456789012345', true],
  ['+1234567890123456', false],
  ['+0511987654321', false],
  ['5511987654321', false],
  ['+55 11987654321', false],
  ['+5511987654321\n', false],
])('isE164(%j) is %s', (text, is) => {
  expect(isE164(text)).toBe(is);
});
