import fc from 'fast-check';
import { expect, test } from 'vitest';
import { PhoneKeys } from './phone-keys';
import { RowGroups } from './row-groups';

test('rows of one key are one group, in file order', () => {
  const key = fc.oneof(fc.constantFrom(0, 0, 1, 2, 5511987654321, -1, -2), fc.nat(40), fc.maxSafeNat());
  fc.assert(
    fc.property(fc.array(key, { maxLength: 200 }), (keys) => {
      const byKey = new Map<number, number[]>();
      keys.forEach((found, row) => found !== 0 && byKey.set(found, [...(byKey.get(found) ?? []), row]));
      const expected = [...byKey.values()].filter((rows) => rows.length > 1);
      const groups = RowGroups.of(Float64Array.from(keys));
      expect(Array.from({ length: groups.size }, (_, group) => [...groups.rows(group)])).toEqual(expected);
      keys.forEach((_, row) =>
        expect(groups.groupOf(row)).toBe(expected.findIndex((rows) => rows.includes(row))),
      );
    }),
    { numRuns: 1000, seed: 1 },
  );
});

test('a hundred thousand numbers in a row, each twice', () => {
  const count = 100_000;
  const keys = Float64Array.from({ length: count * 2 }, (_, row) => 5_511_900_000_000 + (row % count));
  const groups = RowGroups.of(keys);
  expect(groups.size).toBe(count);
  expect([...groups.rows(77)]).toEqual([77, 77 + count]);
});

test('phones and keys are one to one, longer ones than a double holds too', () => {
  const digits = fc
    .tuple(
      fc.integer({ min: 1, max: 9 }),
      fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 6, maxLength: 19 }),
    )
    .map(([first, rest]) => `+${first}${rest.join('')}`);
  fc.assert(
    fc.property(fc.array(digits, { maxLength: 20 }), (phones) => {
      const keys = new PhoneKeys();
      const found = phones.map((phone) => keys.of(phone));
      expect(found.map((key) => keys.phone(key))).toEqual(phones);
      expect(new Set(found).size).toBe(new Set(phones).size);
      expect(found).not.toContain(0);
    }),
    { numRuns: 500, seed: 2 },
  );
});
