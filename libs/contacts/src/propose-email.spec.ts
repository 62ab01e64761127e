import { describe, expect, test } from 'vitest';
import { proposeEmail } from './propose-email';

const outcomeOf = (text: string): string => {
  const found = proposeEmail(text);
  return found.ok ? [found.value, ...found.needs].join(' ') : 'no proposal';
};

describe('an e-mail', () => {
  test.each([
    ['is good as it is', 'ana@example.com', 'ana@example.com'],
    ['may be missing', '', ''],
    ['may be blank', ' \t', ''],
    ['comes out of brackets', '<ana@example.com>', 'ana@example.com email_unwrap'],
    ['comes out of brackets behind a name', 'Ana Lima <ana@example.com>', 'ana@example.com email_unwrap'],
    [
      'comes out of brackets behind a quoted name',
      '"Lima, Ana" <ana@example.com>;',
      'ana@example.com email_unwrap',
    ],
    ['loses a scheme', 'mailto:ana@example.com', 'ana@example.com email_unwrap'],
    [
      'loses a scheme and its subject',
      'MAILTO:ana@example.com?subject=Oi%20Ana',
      'ana@example.com email_unwrap',
    ],
    ['loses a scheme in brackets', 'Ana <mailto:ana@example.com>', 'ana@example.com email_unwrap'],
    ['loses quotes', '"ana@example.com"', 'ana@example.com email_unwrap'],
    ['loses a formula around it', '="ana@example.com"', 'ana@example.com email_unwrap'],
    ['loses a dot at the end', 'ana@example.com.', 'ana@example.com email_unwrap'],
    ['loses a semicolon at the end', 'ana@example.com;', 'ana@example.com email_unwrap'],
    ['loses commas at the end', 'ana@example.com, ,', 'ana@example.com email_unwrap'],
    ['loses parentheses', '(ana@example.com)', 'ana@example.com email_unwrap'],
    ['loses blanks around the @', 'ana @ example.com', 'ana@example.com email_unwrap'],
    ['loses blanks around the dots of its domain', 'ana@example. com .br', 'ana@example.com.br email_unwrap'],
    ['loses invisible marks', 'ana@exa\u200bmple.com\ufeff', 'ana@example.com email_unwrap'],
    ['loses wide characters', 'ana＠example．com', 'ana@example.com email_unwrap'],
    ['loses control characters', 'ana@example\u0000.com', 'ana@example.com drop_invalid_characters'],
    [
      'loses control characters and its wrapping',
      '<ana@example\u0007.com>',
      'ana@example.com email_unwrap drop_invalid_characters',
    ],
    ['is nothing but control characters', '\u0000', ' drop_invalid_characters'],
    ['keeps its plus and its case', 'Ana+Vip@Example.com', 'Ana+Vip@Example.com'],
  ])('%s: %j', (_, text, outcome) => {
    expect(outcomeOf(text)).toBe(outcome);
  });

  test.each([
    ...[
      '-',
      'não tem',
      'n/a',
      'sem email',
      'x',
      '0',
      '11987654321',
      'ana',
      'ana@',
      '@example.com',
      'ana@example',
    ],
    ...[
      'ana lima@example.com',
      'joão@example.com',
      'ana@exa mple.com',
      'ana@example..com',
      'a@b@example.com',
    ],
    ...[
      'ana@example.com; bia@example.com',
      'ana@example.com bia@example.com',
      '<ana@example.com> <bia@example.com>',
    ],
    `${'a'.repeat(250)}@example.com`,
    `<${'a'.repeat(600)}@example.com>`,
  ])('is left out: %j', (text) => {
    expect(outcomeOf(text)).toBe(' email_leave_out');
    expect(proposeEmail(text)).toMatchObject({ value: null });
  });
});

describe('a slip of the finger', () => {
  test.each([
    ['ana@gmial.com', 'ana@gmail.com'],
    ['ana@GMIAL.com', 'ana@gmail.com'],
    ['ana@gmail.con', 'ana@gmail.com'],
    ['ana@gmial.con', 'ana@gmail.com'],
    ['ana@gmail.com.br', 'ana@gmail.com'],
    ['ana@empresa.combr', 'ana@empresa.com.br'],
    ['ana@hotmial.com', 'ana@hotmail.com'],
    ['<ana@yaho.com>', 'ana@yahoo.com'],
  ])('%j is offered as %j', (text, value) => {
    expect(proposeEmail(text)).toMatchObject({
      ok: true,
      warning: 'email_maybe_typo',
      offer: { code: 'email_fix_typo', value },
    });
    expect(proposeEmail(value)).toMatchObject({ warning: null, offer: null });
  });

  test.each(['ana@gmail.com', 'ana@example.co', 'ana@yahoo.com.br', 'con@example.com'])(
    '%j is none',
    (text) => {
      expect(proposeEmail(text)).toMatchObject({ value: text, warning: null, offer: null });
    },
  );
});

test('a strict reason comes along', () => {
  expect(proposeEmail('<ana@example.com>')).toMatchObject({ strict: 'email_invalid' });
  expect(proposeEmail('ana@example\u0000.com')).toMatchObject({ strict: 'invalid_character' });
});
