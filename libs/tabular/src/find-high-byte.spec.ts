import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createHighByteFinder } from './find-high-byte';

test('finds every byte of 0x80 and above, wherever the bytes lie in their buffer', () => {
  const byte = fc.oneof(
    { weight: 9, arbitrary: fc.integer({ min: 0, max: 0x7f }) },
    { weight: 1, arbitrary: fc.integer({ min: 0x80, max: 0xff }) },
  );
  fc.assert(
    fc.property(fc.array(byte, { maxLength: 40 }), fc.nat(8), (values, offset) => {
      const bytes = Uint8Array.from(values).subarray(offset);
      const next = createHighByteFinder(bytes);
      for (let from = 0; from <= bytes.length; from++) {
        const found = bytes.findIndex((value, at) => at >= from && value >= 0x80);
        expect(next(from)).toBe(found < 0 ? bytes.length : found);
      }
    }),
    { numRuns: 2000, seed: 1 },
  );
});
