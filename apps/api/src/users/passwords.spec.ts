import { describe, expect, it } from 'vitest';
import { generatePassword, hashPassword, verifyPassword } from './passwords';

describe('hashPassword', () => {
  it('makes an argon2id hash with at least the cost that OWASP asks for', async () => {
    const hash = await hashPassword('correct horse');
    const [, cost] = /^\$argon2id\$v=19\$([^$]+)\$[A-Za-z0-9+/]{22,}\$[A-Za-z0-9+/]{43}$/.exec(hash) ?? [];
    const { m, t, p } = Object.fromEntries((cost ?? '').split(',').map((part) => part.split('='))) as Record<
      string,
      string
    >;
    expect(Number(m)).toBeGreaterThanOrEqual(19_456);
    expect(Number(t)).toBeGreaterThanOrEqual(2);
    expect(Number(p)).toBe(1);
    expect(hash).not.toContain('correct horse');
  });

  it('salts: the same password has another hash each time', async () => {
    const hashes = await Promise.all([1, 2, 3].map(() => hashPassword('correct horse')));
    expect(new Set(hashes).size).toBe(3);
    for (const hash of hashes) expect(await verifyPassword(hash, 'correct horse')).toBe(true);
  });
});

describe('verifyPassword', () => {
  it.each([
    ['the password itself', 'Senha-é-ção 1', 'Senha-é-ção 1', true],
    ['another one', 'Senha-é-ção 1', 'Senha-é-ção 2', false],
    ['another case', 'correct horse', 'Correct horse', false],
    ['a blank more', 'correct horse', 'correct horse ', false],
    ['nothing', 'correct horse', '', false],
    ['what only begins the same, beyond 72 bytes', `${'x'.repeat(100)}a`, `${'x'.repeat(100)}b`, false],
    ['what follows a NUL', 'a\u0000b', 'a\u0000c', false],
    ['200 characters', '😀'.repeat(100), '😀'.repeat(100), true],
  ])('compares %s', async (_, password, tried, matches) => {
    expect(await verifyPassword(await hashPassword(password), tried)).toBe(matches);
  });

  it('is never true for nobody', async () => {
    expect(await verifyPassword(null, '')).toBe(false);
    expect(await verifyPassword(null, 'correct horse')).toBe(false);
  });

  it('takes as long for nobody as for somebody, so that addresses cannot be found out by the clock', async () => {
    const hash = await hashPassword('correct horse');
    await verifyPassword(null, 'warm');
    const measure = async (of: string | null) => {
      const times: number[] = [];
      for (let round = 0; round < 7; round += 1) {
        const began = performance.now();
        await verifyPassword(of, 'wrong');
        times.push(performance.now() - began);
      }
      return Math.min(...times);
    };
    const [somebody, nobody] = [await measure(hash), await measure(null)];
    expect(nobody).toBeGreaterThan(somebody / 3);
    expect(nobody).toBeLessThan(somebody * 3);
  });
});

describe('generatePassword', () => {
  it('makes four groups of five letters and digits that are not read as one another', () => {
    for (let round = 0; round < 200; round += 1) {
      expect(generatePassword()).toMatch(/^[a-hjkmnp-z2-9]{5}(-[a-hjkmnp-z2-9]{5}){3}$/);
    }
  });

  it('makes another one each time, out of the whole alphabet', () => {
    const passwords = Array.from({ length: 500 }, generatePassword);
    expect(new Set(passwords).size).toBe(500);
    expect(new Set(passwords.join('').replaceAll('-', '')).size).toBe(31);
  });
});
