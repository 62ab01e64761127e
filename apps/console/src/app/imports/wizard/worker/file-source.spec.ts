import { readSource } from '@ponte/tabular';
import fc from 'fast-check';
import { expect, test, vi } from 'vitest';
import { byteSourceOf } from './file-source';

const bytes = Uint8Array.from({ length: 1000 }, (_, at) => at % 251);

test('a file gives what is asked for, in whatever order', async () => {
  const place = fc.nat(1000);
  await fc.assert(
    fc.asyncProperty(fc.array(fc.tuple(place, place), { maxLength: 8 }), async (places) => {
      const source = byteSourceOf({ file: new File([bytes], 'x') });
      for (const [one, other] of places) {
        const [from, to] = [Math.min(one, other), Math.max(one, other)];
        expect([...(await source.read(from, to))]).toEqual([...bytes.subarray(from, to)]);
      }
    }),
    { numRuns: 200, seed: 1 },
  );
});

test('a file that is read in order is one stream, each time', async () => {
  const file = new File([bytes], 'x');
  const slice = vi.spyOn(file, 'slice');
  const source = byteSourceOf({ file });
  for (let turn = 1; turn <= 2; turn++) {
    const read: number[] = [];
    for await (const piece of readSource(source, undefined, 300)) read.push(...piece);
    expect(read).toEqual([...bytes]);
    expect(slice).toHaveBeenCalledTimes(turn * 2);
  }
});

test('pieces that are asked for at once come whole and in order', async () => {
  const source = byteSourceOf({ file: new File([bytes], 'x') });
  const pieces = await Promise.all([0, 100, 200, 300].map((from) => source.read(from, from + 100)));
  expect(pieces.flatMap((piece) => [...piece])).toEqual([...bytes.subarray(0, 400)]);
});

test('an error of the disk reaches whoever reads', async () => {
  const file = new File([bytes], 'x');
  const gone = new DOMException('gone', 'NotReadableError');
  const failing = Object.assign(new Blob(), {
    arrayBuffer: () => Promise.reject(gone),
    stream: () => new ReadableStream({ start: (controller) => controller.error(new TypeError()) }),
  });
  const source = byteSourceOf({ file });
  await source.read(0, 100);
  vi.spyOn(file, 'slice').mockReturnValue(failing);
  await expect(source.read(100, 200)).rejects.toMatchObject({ name: 'NotReadableError' });
});

test('pasted cells are UTF-8', async () => {
  const source = byteSourceOf({ text: 'é' });
  expect([...(await source.read(0, source.size))]).toEqual([0xc3, 0xa9]);
});
