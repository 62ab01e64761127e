import { setImmediate as tick } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { Turns } from './turns';

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

describe('Turns', () => {
  it('gives so many at a time, in the order in which they came, also after failures', async () => {
    const log: string[] = [];
    const works = ['a', 'b', 'c', 'd', 'e'].map((name) => work(log, name));
    const turns = new Turns(2);
    const results = works.map(({ begin }) =>
      turns.take(never, begin).catch((error: unknown) => String(error)),
    );
    await tick();
    expect(log).toEqual(['a', 'b']);
    works[1]?.end(new Error('broken'));
    await tick();
    expect(log).toEqual(['a', 'b', 'c']);
    for (const { end } of works) end();
    expect(await Promise.all(results)).toEqual(['a', 'Error: broken', 'c', 'd', 'e']);
    expect(log).toEqual(['a', 'b', 'c', 'd', 'e']);
    // All turns are free again.
    const again = ['f', 'g'].map((name) => turns.take(never, work(log, name).begin));
    await tick();
    expect(log.slice(-2)).toEqual(['f', 'g']);
    expect(again).toHaveLength(2);
  });

  it('does not begin what nobody wants any more, and loses no turn by it', async () => {
    const log: string[] = [];
    const [first, second, third] = [work(log, 'a'), work(log, 'b'), work(log, 'c')];
    const turns = new Turns(1);
    const controller = new AbortController();
    const one = turns.take(never, first.begin);
    const two = turns.take(controller.signal, second.begin);
    const three = turns.take(never, third.begin);
    controller.abort(new Error('gone'));
    first.end();
    third.end();
    await expect(two).rejects.toThrow('gone');
    expect(await Promise.all([one, three])).toEqual(['a', 'c']);
    expect(log).toEqual(['a', 'c']);
  });
});
