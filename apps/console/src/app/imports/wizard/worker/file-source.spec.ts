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

test('a file that is read in pieces in order is read once, and again from its start', async () => {
  const file = new File([bytes], 'x');
  const slice = vi.spyOn(file, 'slice');
  const source = byteSourceOf({ file });
  for (let turn = 1; turn <= 2; turn++) {
    const read: number[] = [];
    for (let at = 0; at < bytes.length; at += 300)
      read.push(...(await source.read(at, Math.min(1000, at + 300))));
    expect(read).toEqual([...bytes]);
    expect(slice).toHaveBeenCalledTimes(turn * 4);
  }
});

test('a file that is read whole is one stream', async () => {
  const file = new File([bytes], 'x');
  const slice = vi.spyOn(file, 'slice');
  const read: number[] = [];
  for await (const piece of readSource(byteSourceOf({ file }))) read.push(...piece);
  expect(read).toEqual([...bytes]);
  expect(slice).toHaveBeenCalledTimes(1);
});

test('why a stream failed is what whoever reads is told', async () => {
  const file = new File([bytes], 'x');
  const failing = Object.assign(new Blob(), {
    arrayBuffer: () => Promise.reject(new DOMException('gone', 'NotReadableError')),
    stream: () => new ReadableStream({ start: (controller) => controller.error(new TypeError()) }),
  });
  vi.spyOn(file, 'slice').mockReturnValue(failing);
  const reading = readSource(byteSourceOf({ file })).next();
  await expect(reading).rejects.toMatchObject({ name: 'NotReadableError' });
});

test('an error of the disk reaches whoever reads', async () => {
  const file = new File([bytes], 'x');
  const gone = new DOMException('gone', 'NotReadableError');
  const failing = Object.assign(new Blob(), { arrayBuffer: () => Promise.reject(gone) });
  const source = byteSourceOf({ file });
  await source.read(0, 100);
  vi.spyOn(file, 'slice').mockReturnValue(failing);
  await source.read(100, 200);
  await expect(source.read(200, 300)).rejects.toMatchObject({ name: 'NotReadableError' });
});

test('pasted cells are UTF-8', async () => {
  const source = byteSourceOf({ text: 'é' });
  expect([...(await source.read(0, source.size))]).toEqual([0xc3, 0xa9]);
});
