import { setImmediate as tick } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { Semaphore, SemaphoreFull } from './semaphore';

const { signal: never } = new AbortController();

/** Work that ends when it is told to. */
function work(log: string[], name: string) {
  let end: (error?: Error) => void = () => undefined;
  const isOver = new Promise<void>((resolve, reject) => {
    end = (error) => (error === undefined ? resolve() : reject(error));
  });
  return {
    end: (error?: Error) => end(error),
    begin: async () => {
      log.push(name);
      await isOver;
      return name;
    },
  };
}

describe('Semaphore', () => {
  it('gives so many at a time, in the order in which they came, also after failures', async () => {
    const log: string[] = [];
    const works = ['a', 'b', 'c', 'd', 'e'].map((name) => work(log, name));
    const semaphore = new Semaphore(2);
    const results = works.map(({ begin }) =>
      semaphore.run(never, begin).catch((error: unknown) => String(error)),
    );
    await tick();
    expect(log).toEqual(['a', 'b']);
    works[1]?.end(new Error('broken'));
    await tick();
    expect(log).toEqual(['a', 'b', 'c']);
    for (const { end } of works) end();
    expect(await Promise.all(results)).toEqual(['a', 'Error: broken', 'c', 'd', 'e']);
    expect(log).toEqual(['a', 'b', 'c', 'd', 'e']);
    // All permits are free again.
    const again = ['f', 'g'].map((name) => semaphore.run(never, work(log, name).begin));
    await tick();
    expect(log.slice(-2)).toEqual(['f', 'g']);
    expect(again).toHaveLength(2);
  });

  it('does not begin what nobody wants any more, and loses no permit by it', async () => {
    const log: string[] = [];
    const [first, second, third] = [work(log, 'a'), work(log, 'b'), work(log, 'c')];
    const semaphore = new Semaphore(1);
    const controller = new AbortController();
    const one = semaphore.run(never, first.begin);
    const two = semaphore.run(controller.signal, second.begin);
    const three = semaphore.run(never, third.begin);
    controller.abort(new Error('gone'));
    first.end();
    third.end();
    await expect(two).rejects.toThrow('gone');
    expect(await Promise.all([one, three])).toEqual(['a', 'c']);
    expect(log).toEqual(['a', 'c']);
  });

  it('turns away what finds too many waiting, and takes again when one has left', async () => {
    const log: string[] = [];
    const [first, second] = [work(log, 'a'), work(log, 'b')];
    const semaphore = new Semaphore(1, 1);
    const controller = new AbortController();
    const one = semaphore.run(never, first.begin);
    const two = semaphore.run(controller.signal, second.begin);
    await expect(semaphore.run(never, work(log, 'c').begin)).rejects.toBeInstanceOf(SemaphoreFull);
    controller.abort(new Error('gone'));
    // Not only when its turn would have come.
    await expect(two).rejects.toThrow('gone');
    const third = semaphore.run(never, second.begin);
    first.end();
    second.end();
    expect(await Promise.all([one, third])).toEqual(['a', 'b']);
    expect([semaphore.isUnused, log]).toEqual([true, ['a', 'b']]);
  });
});
