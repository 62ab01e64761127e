import { Secret, TOTP } from 'otpauth';
import { describe, expect, it } from 'vitest';
import {
  hashRecoveryCode,
  isAuthenticatorCode,
  newRecoveryCodes,
  newRecoverySalt,
  newTotpSecret,
  normalizeCode,
  setupOf,
  stepOf,
} from './codes';
import { seal, unseal } from './seal';

describe('stepOf', () => {
  // RFC 6238, appendix B, the last six digits.
  const SECRET = Buffer.from('12345678901234567890');
  it.each([
    [59, '287082', 1],
    [1_111_111_109, '081804', 37_037_036],
    [1_111_111_111, '050471', 37_037_037],
    [1_234_567_890, '005924', 41_152_263],
    [2_000_000_000, '279037', 66_666_666],
  ])('at second %i knows %s', (seconds, code, step) => {
    expect(stepOf(SECRET, code, seconds * 1000)).toBe(step);
  });

  it('takes the code of the half minute before and after, and none further away', () => {
    const now = 1_234_567_890_000;
    const steps = [-2, -1, 0, 1, 2].map((away) => {
      const code = TOTP.generate({
        secret: new Secret({ buffer: Uint8Array.from(SECRET).buffer }),
        timestamp: now + away * 30_000,
      });
      return stepOf(SECRET, code, now);
    });
    expect(steps).toEqual([null, 41_152_262, 41_152_263, 41_152_264, null]);
  });

  it('does not take another secret’s code', () => {
    expect(stepOf(newTotpSecret(), '287082', 59_000)).toBeNull();
  });
});

describe('setupOf', () => {
  it('says the same secret to be typed and to be scanned', () => {
    const { secret, uri } = setupOf(Buffer.from('12345678901234567890'), 'ana@ponte.example');
    expect(secret).toBe('GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ');
    expect(new URL(uri).protocol).toBe('otpauth:');
    expect(Object.fromEntries(new URL(uri).searchParams)).toEqual({
      issuer: 'Ponte',
      secret,
      algorithm: 'SHA1',
      digits: '6',
      period: '30',
    });
    expect(decodeURIComponent(uri)).toContain('totp/Ponte:ana@ponte.example');
  });
});

describe('recovery codes', () => {
  it('are ten different ones that are not taken for codes of the app', () => {
    const codes = newRecoveryCodes();
    expect(new Set(codes).size).toBe(10);
    for (const code of codes) {
      expect(code).toMatch(/^[a-hjkmnp-z2-9]{5}-[a-hjkmnp-z2-9]{5}$/);
      expect(isAuthenticatorCode(normalizeCode(code))).toBe(false);
    }
  });

  it('are the same however they are typed, and another with another salt', async () => {
    const salt = newRecoverySalt();
    const hash = await hashRecoveryCode('abcde-fghjk', salt);
    expect(await hashRecoveryCode(' ABCDE fghjk ', salt)).toEqual(hash);
    expect(await hashRecoveryCode('abcde-fghjm', salt)).not.toEqual(hash);
    expect(await hashRecoveryCode('abcde-fghjk', newRecoverySalt())).not.toEqual(hash);
  });
});

describe('seal', () => {
  const KEY = Buffer.alloc(32, 7);
  it('is opened with its key and for its owner alone', () => {
    const secret = newTotpSecret();
    const sealed = seal(secret, KEY, '1');
    expect(unseal(sealed, KEY, '1')).toEqual(Buffer.from(secret));
    expect(sealed.includes(Buffer.from(secret))).toBe(false);
    expect(seal(secret, KEY, '1')).not.toEqual(sealed);
    expect(() => unseal(sealed, KEY, '2')).toThrow();
    expect(() => unseal(sealed, Buffer.alloc(32, 8), '1')).toThrow();
    sealed[sealed.length - 1] = (sealed.at(-1) ?? 0) ^ 1;
    expect(() => unseal(sealed, KEY, '1')).toThrow();
  });
});
