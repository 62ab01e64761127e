import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, expect, it } from 'vitest';
import type { JobQueue, QueueName } from './job-queue';

export interface QueueUnderTest {
  /** The queue as another process has it, with connections of its own. */
  open(): Promise<JobQueue>;
  /** Cuts every connection of every process, as a restarted server or a router does. */
  cutConnections(): Promise<void>;
  /** Ends all processes and forgets all jobs. */
  reset(): Promise<void>;
}

const WAKE_LIMIT_MS = 500;

/** What every driver of the queue must do. */
export function describeJobQueue(start: () => QueueUnderTest): void {
  let under: QueueUnderTest;
  const open = () => (under ??= start()).open();
  afterEach(() => under.reset());

  it('delivers an id to its consumer', async () => {
    const queue = await open();
    const seen = await record(queue);
    await queue.add('import', 9_007_199_254);
    await eventually(() => expect(seen).toEqual([9_007_199_254]));
  });

  it('keeps a job until somebody consumes', async () => {
    const sender = await open();
    await sender.add('import', 1);
    await sender.add('import', 2);
    await sender.close();
    const seen = await record(await open());
    await eventually(() => expect(seen).toEqual([1, 2]));
  });

  it('delivers the oldest first', async () => {
    const [sender, receiver] = [await open(), await open()];
    const ids = Array.from({ length: 30 }, (_, index) => 30 - index);
    for (const id of ids.slice(0, 10)) await sender.add('import', id);
    const seen = await record(receiver);
    for (const id of ids.slice(10)) await sender.add('import', id);
    await eventually(() => expect(seen).toEqual(ids));
  });

  it('works on as many jobs at once as it may, and on no more', async () => {
    const queue = await open();
    let active = 0;
    const seen: { id: number; active: number }[] = [];
    await queue.consume('import', 2, async (id) => {
      active += 1;
      seen.push({ id, active });
      await pause(60);
      active -= 1;
    });
    for (let id = 1; id <= 10; id += 1) await queue.add('import', id);
    await eventually(() => expect(seen).toHaveLength(10));
    expect(Math.max(...seen.map((entry) => entry.active))).toBe(2);
    expect(new Set(seen.map(({ id }) => id)).size).toBe(10);
  });

  it('shares the jobs between two processes, each job once', async () => {
    const [one, other] = [await open(), await open()];
    const seen: string[] = [];
    const consume = (name: string, queue: JobQueue) =>
      queue.consume('import', 1, async (id) => {
        seen.push(`${name} ${id}`);
        await pause(20);
      });
    await consume('one', one);
    await consume('other', other);
    for (let id = 1; id <= 40; id += 1) await (id % 2 === 0 ? one : other).add('import', id);
    await eventually(() => expect(seen.length).toBeGreaterThanOrEqual(40));
    await settle();
    const ids = seen.map((entry) => Number(entry.split(' ')[1]));
    expect(ids.sort((a, b) => a - b)).toEqual(Array.from({ length: 40 }, (_, index) => index + 1));
    expect(new Set(seen.map((entry) => entry.split(' ')[0]))).toEqual(new Set(['one', 'other']));
  });

  it('drops a wake that is waiting already', async () => {
    const sender = await open();
    for (const id of [7, 7, 8, 7, 8]) await sender.add('import', id);
    const seen = await record(await open());
    await eventually(() => expect(seen).toEqual([7, 8]));
    await settle();
    expect(seen).toEqual([7, 8]);
  });

  it('wakes again for a run that was delivered', async () => {
    const queue = await open();
    const seen = await record(queue);
    await queue.add('import', 7);
    await eventually(() => expect(seen).toEqual([7]));
    // Until the handler has returned it may still count as waiting.
    await eventually(async () => {
      await queue.add('import', 7);
      expect(seen.length).toBeGreaterThanOrEqual(2);
    });
  });

  it('goes on after a handler that throws, whose delivery is used up', async () => {
    const queue = await open();
    const seen: number[] = [];
    await queue.consume('import', 1, async (id) => {
      seen.push(id);
      if (id < 3) throw new Error('expected by the test');
    });
    for (const id of [1, 2, 3]) await queue.add('import', id);
    await eventually(() => expect(seen).toEqual([1, 2, 3]));
    await settle();
    expect(seen).toEqual([1, 2, 3]);
  });

  it('keeps the queues apart', async () => {
    const queue = await open();
    const imports = await record(queue, 'import');
    await queue.add('export', 1);
    await queue.add('import', 1);
    await queue.add('export', 2);
    await eventually(() => expect(imports).toEqual([1]));
    const exports = await record(queue, 'export');
    await eventually(() => expect(exports).toEqual([1, 2]));
    expect(imports).toEqual([1]);
  });

  it('closes after the handler that is working, and leaves the rest to others', async () => {
    const [one, other] = [await open(), await open()];
    const working = gate();
    const seen: number[] = [];
    await one.consume('import', 1, async (id) => {
      seen.push(id);
      await working.passed;
    });
    await one.add('import', 1);
    await one.add('import', 2);
    await eventually(() => expect(seen).toEqual([1]));
    let isClosed = false;
    const closing = one.close().then(() => (isClosed = true));
    await pause(100);
    expect(isClosed).toBe(false);
    working.open();
    await closing;
    expect(seen).toEqual([1]);
    const seenByOther = await record(other);
    await eventually(() => expect(seenByOther).toEqual([2]));
    expect(seen).toEqual([1]);
  });

  it('loses no job and starts none after a close that meets an arriving job', async () => {
    const sender = await open();
    const seen: number[] = [];
    const late: number[] = [];
    for (let id = 1; id <= 12; id += 1) {
      const receiver = await open();
      let hasBegun = false;
      let isClosed = false;
      await receiver.consume('import', 1, async (runId) => {
        if (isClosed) late.push(runId);
        await pause(5);
        if (isClosed) late.push(runId);
        if (runId < 100) seen.push(runId);
        else hasBegun = true;
      });
      await sender.add('import', 100 + id);
      await eventually(() => expect(hasBegun).toBe(true));
      await Promise.all([sender.add('import', id), pause(id % 6).then(() => receiver.close())]);
      isClosed = true;
    }
    expect(late).toEqual([]);
    const rest = await record(await open());
    await eventually(() => expect([...seen, ...rest].length).toBeGreaterThanOrEqual(12));
    await settle();
    expect([...seen, ...rest].sort((a, b) => a - b)).toEqual(
      Array.from({ length: 12 }, (_, index) => index + 1),
    );
    expect(late).toEqual([]);
  });

  it('wakes its consumer at once', async () => {
    const [sender, receiver] = [await open(), await open()];
    let arrived: () => void = () => undefined;
    await receiver.consume('import', 1, async () => arrived());
    const times: number[] = [];
    for (let id = 1; id <= 7; id += 1) {
      // The consumer has gone back to waiting.
      await pause(50);
      const arrival = new Promise<void>((resolve) => (arrived = resolve));
      const began = performance.now();
      await sender.add('import', id);
      await arrival;
      times.push(performance.now() - began);
    }
    // The median: one delivery may meet a busy machine.
    expect(times.sort((a, b) => a - b)[3]).toBeLessThan(WAKE_LIMIT_MS);
  });

  it('goes on after all connections were cut', async () => {
    const [sender, receiver] = [await open(), await open()];
    const seen = await record(receiver);
    await sender.add('import', 1);
    await eventually(() => expect(seen).toEqual([1]));
    for (const round of [1, 2]) {
      await under.cutConnections();
      await eventually(() => sender.add('import', round * 10));
      await eventually(() => expect(seen).toContain(round * 10));
    }
    // A consumer that hears nothing any more, but for its next look, would have lost the half of this.
    await sender.add('import', 3);
    await eventually(() => expect(seen.at(-1)).toBe(3));
  });
}

/** Consumes one at a time, noting what arrives. */
async function record(queue: JobQueue, name: QueueName = 'import'): Promise<number[]> {
  const seen: number[] = [];
  await queue.consume(name, 1, async (id) => {
    seen.push(id);
  });
  return seen;
}

function gate(): { passed: Promise<void>; open: () => void } {
  let open: () => void = () => undefined;
  const passed = new Promise<void>((resolve) => (open = resolve));
  return { passed, open };
}

/** Long enough for a job that comes twice to show itself. */
function settle(): Promise<void> {
  return pause(150);
}

/** Asks until the expectation holds. */
async function eventually(expectation: () => unknown, limitMs = 15_000): Promise<void> {
  for (const end = performance.now() + limitMs; ; await pause(10)) {
    try {
      await expectation();
      return;
    } catch (error) {
      if (performance.now() > end) throw error;
    }
  }
}
