import { describe, expect, test } from 'vitest';
import { proposeName } from './propose-name';

describe('a name', () => {
  test.each([
    ['is good as it is', 'Ana Lima', { ok: true, value: 'Ana Lima', needs: [], strict: null }],
    ['is trimmed for nothing', ' Ana\r\nLima ', { ok: true, value: 'Ana Lima', needs: [] }],
    [
      'loses control characters',
      'Ana\u0000 \u0007Lima\ud800',
      { ok: true, value: 'Ana Lima', needs: ['drop_invalid_characters'], strict: 'invalid_character' },
    ],
    ['may look like a phone', '(11) 98765-4321', { ok: true, warning: 'name_looks_like_phone' }],
    ['stays missing', ' ', { ok: false, codes: ['name_missing'], strict: 'name_missing' }],
    ['is missing behind control characters', '\u0000\u0007', { ok: false, codes: ['name_missing'] }],
    ['stays too long', 'a'.repeat(501), { ok: false, codes: ['name_too_long'] }],
    ['is no placeholder', '-', { ok: true, value: '-' }],
  ])('%s', (_, text, expected) => {
    expect(proposeName(text)).toMatchObject(expected);
  });
});
