import { createHash } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { FileMissing, type FileStorage } from './file-storage';

export interface StorageUnderTest {
  storage: FileStorage;
  /** Everything that the storage holds, unfinished pieces included. */
  leftBehind(): Promise<string[]>;
}

const MiB = 1024 * 1024;

async function* megabytes(count: number): AsyncGenerator<Uint8Array> {
  for (let index = 0; index < count * 4; index += 1) {
    await pause(0);
    yield Buffer.alloc(MiB / 4, `${index},Ana;`);
  }
}

/** The same bytes, all in one place. */
async function* overwritten(content: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const place = Buffer.alloc(MiB);
  for await (const chunk of content) {
    place.set(chunk);
    yield place.subarray(0, chunk.length);
  }
}

async function* text(value: string): AsyncGenerator<Uint8Array> {
  yield Buffer.from(value);
}

async function* failingAfter(count: number): AsyncGenerator<Uint8Array> {
  yield* megabytes(count);
  throw new Error('the sender went away');
}

async function* silentAfter(count: number): AsyncGenerator<Uint8Array> {
  yield* megabytes(count);
  await new Promise(() => undefined);
}

async function fingerprint(content: AsyncIterable<Uint8Array>): Promise<{ bytes: number; hash: string }> {
  const hash = createHash('sha256');
  let bytes = 0;
  for await (const chunk of content) {
    hash.update(chunk);
    bytes += chunk.length;
  }
  return { bytes, hash: hash.digest('hex') };
}

/** What every driver of the file storage must do. */
export function describeFileStorage(open: () => StorageUnderTest): void {
  it('gives back what was written', async () => {
    const { storage } = open();
    const expected = await fingerprint(megabytes(20));
    await expect(storage.write('imports/1/round-trip.csv', megabytes(20))).resolves.toEqual({
      bytes: 20 * MiB,
    });
    await expect(fingerprint(storage.read('imports/1/round-trip.csv'))).resolves.toEqual(expected);
    await storage.remove('imports/1/round-trip.csv');
  });

  it('is done with a chunk when it asks for the next one', async () => {
    const { storage } = open();
    const expected = await fingerprint(megabytes(20));
    await storage.write('overwritten', overwritten(megabytes(20)));
    await expect(fingerprint(storage.read('overwritten'))).resolves.toEqual(expected);
    await storage.remove('overwritten');
  });

  it('keeps small and empty files', async () => {
    const { storage } = open();
    await expect(storage.write('small', text('name\n'))).resolves.toEqual({ bytes: 5 });
    await expect(fingerprint(storage.read('small'))).resolves.toMatchObject({ bytes: 5 });
    await expect(storage.write('empty', text(''))).resolves.toEqual({ bytes: 0 });
    await expect(fingerprint(storage.read('empty'))).resolves.toMatchObject({ bytes: 0 });
    await storage.remove('small');
    await storage.remove('empty');
  });

  it('holds only a part of a big file in memory', async () => {
    const { storage } = open();
    let peak = 0;
    const before = process.memoryUsage().arrayBuffers;
    const watched = async function* () {
      for await (const chunk of megabytes(160)) {
        peak = Math.max(peak, process.memoryUsage().arrayBuffers - before);
        yield chunk;
      }
    };
    await storage.write('big', watched());
    await storage.remove('big');
    expect(peak).toBeLessThan(100 * MiB);
  });

  it.each([0, 1, 20])('leaves nothing when the source fails after %i MB', async (count) => {
    const { storage, leftBehind } = open();
    await expect(storage.write('imports/2/broken', failingAfter(count))).rejects.toThrow(
      'the sender went away',
    );
    await expect(fingerprint(storage.read('imports/2/broken'))).rejects.toBeInstanceOf(FileMissing);
    expect(await leftBehind()).toEqual([]);
  });

  it.each([0, 1, 20])(
    'leaves nothing when it is aborted after %i MB of a source that went silent',
    async (count) => {
      const { storage, leftBehind } = open();
      const reason = new Error('cancelled');
      const abort = new AbortController();
      const written = storage.write('imports/3/aborted', silentAfter(count), abort.signal);
      setTimeout(() => abort.abort(reason), 250);
      await expect(written).rejects.toBe(reason);
      expect(await leftBehind()).toEqual([]);
    },
  );

  it('refuses to begin when it is already aborted', async () => {
    const { storage, leftBehind } = open();
    const reason = new Error('too late');
    await expect(storage.write('late', text('x'), AbortSignal.abort(reason))).rejects.toBe(reason);
    expect(await leftBehind()).toEqual([]);
  });

  it.each([0, 1, 20])('knows the length of a file of %i MB', async (count) => {
    const { storage } = open();
    const { bytes } = await storage.write('imports/5/measured', megabytes(count));
    expect(await storage.size('imports/5/measured')).toBe(bytes);
    await storage.remove('imports/5/measured');
  });

  it('says which file is missing', async () => {
    const { storage } = open();
    await expect(storage.size('imports/4/none')).rejects.toBeInstanceOf(FileMissing);
    await expect(fingerprint(storage.read('imports/4/none'))).rejects.toMatchObject({
      name: 'FileMissing',
      key: 'imports/4/none',
    });
  });

  it('removes twice without a word', async () => {
    const { storage, leftBehind } = open();
    await storage.write('twice', text('x'));
    await storage.remove('twice');
    await storage.remove('twice');
    expect(await leftBehind()).toEqual([]);
  });

  it('can stop reading in the middle', async () => {
    const { storage } = open();
    await storage.write('long', megabytes(4));
    for await (const chunk of storage.read('long')) {
      expect(chunk.length).toBeGreaterThan(0);
      break;
    }
    await storage.remove('long');
  });

  it.each([
    '',
    '/etc/passwd',
    '../up',
    'a/../b',
    'a//b',
    'a/',
    '.hidden',
    'a/.b',
    'Ana.csv',
    'a b',
    'a\0b',
    'é',
  ])('refuses the key %j', async (key) => {
    const { storage } = open();
    await expect(storage.write(key, text('x'))).rejects.toBeInstanceOf(TypeError);
    await expect(fingerprint(storage.read(key))).rejects.toBeInstanceOf(TypeError);
    await expect(storage.remove(key)).rejects.toBeInstanceOf(TypeError);
  });

  it('is ready', async () => {
    await open().storage.check();
  });
}
