import { setTimeout as pause } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { Handoff } from './handoff';

async function readAll<Item>(handoff: Handoff<Item>): Promise<Item[]> {
  const items: Item[] = [];
  for await (const item of handoff) items.push(item);
  return items;
}

/** Whether the promise has settled by now. */
async function isSettled(promise: Promise<unknown>): Promise<boolean> {
  const pending = Symbol('pending');
  await pause(5);
  return (await Promise.race([promise.catch(() => undefined), Promise.resolve(pending)])) !== pending;
}

describe('Handoff', () => {
  it('hands items over in order', async () => {
    const handoff = new Handoff<number>();
    const reading = readAll(handoff);
    for (const item of [1, 2, 3]) await handoff.push(item);
    handoff.close();
    expect(await reading).toEqual([1, 2, 3]);
  });

  it('lets the sender wait until the reader asks for the next item', async () => {
    const handoff = new Handoff<number>();
    const reader = handoff[Symbol.asyncIterator]();
    const first = handoff.push(1);
    expect(await isSettled(first)).toBe(false);
    expect(await reader.next()).toEqual({ done: false, value: 1 });
    expect(await isSettled(first)).toBe(false);
    const next = reader.next();
    await first;
    const second = handoff.push(2);
    expect(await next).toEqual({ done: false, value: 2 });
    await reader.return(undefined);
    await second;
  });

  it('wakes a reader that is there first', async () => {
    const handoff = new Handoff<number>();
    const reading = readAll(handoff);
    await pause(5);
    await handoff.push(1);
    handoff.close();
    expect(await reading).toEqual([1]);
  });

  it('ends a reader that waits', async () => {
    const handoff = new Handoff<number>();
    const reading = readAll(handoff);
    await pause(5);
    handoff.close();
    expect(await reading).toEqual([]);
  });

  it('gives what was pushed before the end, then the error', async () => {
    const handoff = new Handoff<number>();
    const pushing = handoff.push(1);
    handoff.close(new Error('the sender went away'));
    const seen: number[] = [];
    const reading = (async () => {
      for await (const item of handoff) seen.push(item);
    })();
    await expect(reading).rejects.toThrow('the sender went away');
    expect(seen).toEqual([1]);
    await pushing;
  });

  it('keeps its first end', async () => {
    const handoff = new Handoff<number>();
    handoff.close(new Error('first'));
    handoff.close();
    handoff.close(new Error('third'));
    await expect(readAll(handoff)).rejects.toThrow('first');
    const other = new Handoff<number>();
    other.close();
    other.close(new Error('too late'));
    expect(await readAll(other)).toEqual([]);
  });

  it.each(['breaks off', 'throws'])('lets the sender go on when the reader %s', async (how) => {
    const handoff = new Handoff<number>();
    const reading = (async () => {
      for await (const item of handoff) {
        if (how === 'throws') throw new Error(`cannot read ${item}`);
        break;
      }
    })().catch((error: unknown) => error);
    // The first is being read, the second waits, the third comes too late.
    const pushes = [handoff.push(1), handoff.push(2)];
    await reading;
    pushes.push(handoff.push(3));
    await Promise.all(pushes);
    handoff.close();
  });

  it('holds one item at a time however many there are', async () => {
    const handoff = new Handoff<number>();
    let pushed = 0;
    let most = 0;
    const sending = (async () => {
      for (let item = 0; item < 1_000; item += 1) {
        pushed += 1;
        await handoff.push(item);
      }
      handoff.close();
    })();
    let read = 0;
    for await (const item of handoff) {
      expect(item).toBe(read);
      read += 1;
      most = Math.max(most, pushed - read);
    }
    await sending;
    expect(read).toBe(1_000);
    expect(most).toBe(0);
  });
});
