import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { hashEmail, hashEmailBytes } from './email-hash';

const lower = (text: string) => text.replaceAll(/[A-Z]/g, (letter) => letter.toLowerCase());
const address = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 20 }),
  fc
    .array(fc.constantFrom('a', 'A', 'z', 'Z', '@', '[', '`', '{', '.', 'é', 'É', '😀'), { maxLength: 9 })
    .map((all) => all.join('')),
);

describe('the hash of an address', () => {
  test('is the same of its text and of its bytes among others', () => {
    fc.assert(
      fc.property(address, (text) => {
        const bytes = new TextEncoder().encode(`Zz${text}aA@`);
        expect(hashEmailBytes(bytes, 2, bytes.length - 3)).toBe(hashEmail(text));
      }),
      { numRuns: 2000, seed: 1 },
    );
  });

  test('differs where anything but the case of an ASCII letter does', () => {
    fc.assert(
      fc.property(address, address, (one, other) => {
        expect(hashEmail(one) === hashEmail(other)).toBe(lower(one) === lower(other));
        expect(hashEmail(one)).toBe(hashEmail(lower(one)));
      }),
      { numRuns: 5000, seed: 2 },
    );
  });

  test('differs for addresses that are much alike', () => {
    const hashes = new Set<number>();
    const count = 200_000;
    for (let n = 0; n < count; n++) hashes.add(hashEmail(`pessoa${n}@exemplo.com.br`));
    expect(hashes.size).toBe(count);
    expect(hashes.has(0)).toBe(false);
    expect(Math.max(...[...hashes].slice(0, 1000))).toBeLessThan(2 ** 53);
  });
});
