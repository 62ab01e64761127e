import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { RepeatedPhones } from './repeated-phones';

/** Few enough to meet again, from the shortest to longer than a number is exact. */
const phones = fc.oneof(
  fc.integer({ min: 1_000_000, max: 1_000_040 }).map((digits) => `+${digits}`),
  fc.integer({ min: 0, max: 40 }).map((digits) => `+55119876543${String(digits).padStart(2, '0')}`),
  fc.integer({ min: 0, max: 5 }).map((digits) => `+99999999999999${digits}`),
  fc.integer({ min: 0, max: 5 }).map((digits) => `+4915112345678901234${digits}`),
);

describe('RepeatedPhones', () => {
  it('is right for any file, also in a full table', () => {
    fc.assert(
      fc.property(fc.array(phones, { maxLength: 200 }), (file) => {
        const counts = new Map<string, number>();
        for (const phone of file) counts.set(phone, (counts.get(phone) ?? 0) + 1);
        const repeated = new RepeatedPhones(counts.size);
        for (const phone of file) repeated.add(phone);
        for (const [phone, count] of counts) expect([phone, repeated.has(phone)]).toEqual([phone, count > 1]);
        expect(repeated.has('+12025550123')).toBe(false);
        expect(repeated.has('+49151123456789012349')).toBe(false);
      }),
    );
  });

  it('keeps numbers apart that differ in their last digit, however long', () => {
    const repeated = new RepeatedPhones(4);
    for (const phone of ['+999999999999998', '+999999999999999', '+9007199254740992', '+9007199254740993'])
      repeated.add(phone);
    repeated.add('+999999999999999');
    repeated.add('+9007199254740993');
    expect(repeated.has('+999999999999998')).toBe(false);
    expect(repeated.has('+999999999999999')).toBe(true);
    expect(repeated.has('+9007199254740992')).toBe(false);
    expect(repeated.has('+9007199254740993')).toBe(true);
  });

  it('finds its way in a million neighbouring numbers', () => {
    const repeated = new RepeatedPhones(1_000_000);
    for (let row = 0; row < 1_000_000; row++) repeated.add(`+55${11_900_000_000 + row}`);
    for (let row = 0; row < 1_000_000; row += 1_000) repeated.add(`+55${11_900_000_000 + row}`);
    let found = 0;
    for (let row = 0; row < 1_000_000; row++) if (repeated.has(`+55${11_900_000_000 + row}`)) found += 1;
    expect(found).toBe(1_000);
  });

  it('of an empty file knows none', () => {
    expect(new RepeatedPhones(0).has('+5511987654321')).toBe(false);
  });
});
