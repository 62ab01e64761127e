import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { checkContact } from './check-contact';
import { CONTACT_FIELDS, contactKey, type ContactInput } from './contact-fields';
import { REJECTION_CODES, WARNING_CODES } from './issue-codes';

const good = { name: 'Ana Lima', phone_number: '+5511987654321', email: 'ana@example.com' };

describe('checkContact', () => {
  test('gives back a good contact', () => {
    expect(checkContact(good)).toEqual({ ok: true, contact: good, warnings: [] });
  });

  test.each([
    ['no e-mail', { email: undefined }],
    ['a null e-mail', { email: null }],
    ['a blank e-mail', { email: '  ' }],
  ])('takes %s for none', (_, change) => {
    expect(checkContact({ ...good, ...change })).toMatchObject({ ok: true, contact: { email: null } });
  });

  test('names every field that is wrong, in the order of the table', () => {
    expect(checkContact({ name: '', phone_number: '11', email: 'x' })).toEqual({
      ok: false,
      issues: [
        { code: 'name_missing', field: 'name' },
        { code: 'phone_no_plus', field: 'phone_number' },
        { code: 'email_invalid', field: 'email' },
      ],
      warnings: [],
    });
  });

  test('warns without rejecting', () => {
    const verdict = checkContact({
      name: '(11) 98765-4321',
      phone_number: '+551133334444',
      email: 'a@gmial.com',
    });
    expect(verdict).toMatchObject({
      ok: true,
      warnings: [
        { code: 'name_looks_like_phone', field: 'name' },
        { code: 'phone_landline', field: 'phone_number' },
        { code: 'email_maybe_typo', field: 'email' },
      ],
    });
  });

  test.each(['2024', '1234567', 'Ana 11987654321', 'A', '-'])('does not take %j for a phone', (name) => {
    expect(checkContact({ ...good, name })).toMatchObject({ ok: true, warnings: [] });
  });

  test('does not read other keys', () => {
    const input = { ...good, id: 1, account_id: 2, role: 'administrator' };
    const verdict = checkContact(input);
    expect(verdict.ok && Object.keys(verdict.contact)).toEqual(['name', 'phone_number', 'email']);
  });

  test.each([
    ['nothing', undefined],
    ['null', null],
    ['a string', 'Ana'],
    ['a number', 5],
    ['an array', ['Ana', '+5511987654321']],
    ['an object without prototype', Object.create(null)],
  ])('rejects %s without throwing', (_, input) => {
    expect(checkContact(input as ContactInput)).toMatchObject({
      ok: false,
      issues: [{ code: 'name_missing' }, { code: 'phone_missing' }],
    });
  });

  test('reads a number as its digits, and rejects other values that are no text', () => {
    expect(checkContact({ ...good, phone_number: 5511987654321 } as unknown as ContactInput)).toMatchObject({
      issues: [{ code: 'phone_no_plus', field: 'phone_number' }],
    });
    const odd = { name: {}, phone_number: [], email: true } as unknown as ContactInput;
    expect(checkContact(odd)).toMatchObject({
      issues: [{ code: 'name_missing' }, { code: 'phone_invalid' }, { code: 'email_invalid' }],
    });
  });

  test('answers in values that survive postMessage', () => {
    const verdicts = [
      checkContact(good),
      checkContact({}),
      checkContact({ ...good, phone_number: '+551133334444' }),
    ];
    expect(structuredClone(verdicts)).toEqual(verdicts);
  });
});

/** Text near the rules' edges: pieces that mean something to some rule, and anything at all. */
const hostileText = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.string({ unit: 'grapheme' }),
  fc
    .array(
      fc.constantFrom(
        ...[
          'Ana',
          'é',
          'e\u0301',
          ' ',
          '\u00a0',
          '\n',
          '\r\n',
          '\t',
          "'",
          '=',
          '+',
          '-',
          '@',
          '|',
          '＝',
          '+55',
          '11',
        ],
        ...[
          '98765',
          '4321',
          '(',
          ')',
          'x12',
          'a@b.com',
          '.',
          '\u200b',
          '\u202e',
          '\ufeff',
          '\u2800',
          '\u0000',
          '\ud800',
        ],
        ...['😀', '\u0338', '\u0301', '0', '\u00ad', '\u0085', '\u1160', '가'],
      ),
      { maxLength: 10 },
    )
    .map((pieces) => pieces.join('')),
);
const hostileInput = fc.record({
  name: fc.oneof(hostileText, fc.constant('Ana')),
  phone_number: fc.oneof(
    hostileText,
    fc.constant('+5511987654321'),
    hostileText.map((text) => `+55${text}`),
    fc.tuple(hostileText, hostileText).map(([before, after]) => `${before}+5511987654321${after}`),
  ),
  email: fc.oneof(
    hostileText,
    fc.constant(null),
    hostileText.map((text) => `${text}ana@example.com`),
  ),
});

describe('whatever the input', () => {
  test('checkContact never throws and gives only declared codes', () => {
    const codes = new Set<string>([...REJECTION_CODES, ...WARNING_CODES]);
    fc.assert(
      fc.property(fc.oneof(hostileInput, fc.anything()), (input) => {
        const verdict = checkContact(input as ContactInput);
        const issues = [...(verdict.ok ? [] : verdict.issues), ...verdict.warnings];
        expect(verdict.ok || verdict.issues.length > 0).toBe(true);
        for (const { code } of issues) expect(codes).toContain(code);
      }),
      { numRuns: 5000, seed: 2 },
    );
  });

  test('checking a checked contact changes nothing', () => {
    let accepted = 0;
    fc.assert(
      fc.property(hostileInput, (input) => {
        const verdict = checkContact(input);
        if (!verdict.ok) return;
        accepted++;
        expect(checkContact(verdict.contact)).toEqual(verdict);
      }),
      { numRuns: 20_000, seed: 3 },
    );
    expect(accepted).toBeGreaterThan(200);
  });

  test('what is accepted keeps the limits and holds no control character', () => {
    fc.assert(
      fc.property(hostileInput, (input) => {
        const verdict = checkContact(input);
        if (!verdict.ok) return;
        for (const field of CONTACT_FIELDS) {
          const value = verdict.contact[field.name];
          expect([...(value ?? '')].length).toBeLessThanOrEqual(field.maxLength);
          expect(value ?? '').not.toMatch(/\p{Cc}|\p{Surrogate}/u);
          expect(value?.trim()).toBe(value ?? undefined);
        }
      }),
      { numRuns: 5000, seed: 4 },
    );
  });

  test('decomposed letters and foreign line ends get the same verdict', () => {
    fc.assert(
      fc.property(hostileInput, (input) => {
        const verdict = checkContact(input);
        const name = input.name.normalize('NFD');
        expect(checkContact({ ...input, name })).toEqual(verdict);
        const withCrLf = input.name.replace(/\r\n|\r|\n/g, '\r\n');
        expect(checkContact({ ...input, name: withCrLf })).toEqual(verdict);
        expect(checkContact({ ...input, name: `\ufeff${input.name}\r\n` })).toEqual(verdict);
      }),
      { numRuns: 5000, seed: 5 },
    );
  });
});

describe('the field table', () => {
  test('lists each field once, required ones first', () => {
    expect(CONTACT_FIELDS.map(({ name, isRequired }) => [name, isRequired])).toEqual([
      ['name', true],
      ['phone_number', true],
      ['email', false],
    ]);
  });

  test('gives no header word to two fields', () => {
    const owners = new Map<string, string>();
    for (const { name, headerWords } of CONTACT_FIELDS) {
      for (const word of Object.values(headerWords).flat()) {
        expect(owners.get(word) ?? name).toBe(name);
        expect(word).toMatch(/^[a-z]+( [a-z]+)*$/);
        owners.set(word, name);
      }
    }
  });

  test('the key of a contact is its phone', () => {
    expect(contactKey(good)).toBe('+5511987654321');
  });
});
