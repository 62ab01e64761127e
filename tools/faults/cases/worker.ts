import type { ChildProcess } from 'node:child_process';
import { setTimeout as pause } from 'node:timers/promises';
import { until, type Account } from '../account';
import { EXACT, since, STOPPED, type FaultCase, type Outcome, type Size } from '../fault-case';
import { freeze, holdAt, type Frozen } from '../hold';
import { end, type Stage } from '../stage';
import { assertExact, assertStopped, sampleOf, type Sample } from '../verify';

/** Other people's work is done in this time although a worker is frozen. */
const OTHERS_MS = 20_000;
const ANSWER_MS = 5_000;
const HOURS = 3_600_000;

interface Begun {
  readonly account: Account;
  readonly id: number;
  readonly sample: Sample;
  letGo(): Promise<void>;
}

/** An import that has written rows and does not come to its end before it is let go. */
async function beginHeld(stage: Stage, rows: number, share: number): Promise<Begun> {
  const sample = await sampleOf(rows);
  const account = await stage.account();
  const letGo = await holdAt(account, sample.phoneAt(share));
  const id = await account.begin(sample.file);
  await account.progress(id, 0);
  return { account, id, sample, letGo };
}

function onlyWorker({ workers }: Stage): ChildProcess {
  const [worker] = workers;
  if (worker === undefined || workers.size > 1) throw new Error(`There are ${workers.size} workers, not 1.`);
  return worker;
}

async function fenceOf(stage: Stage, id: number): Promise<number> {
  const [row] = await stage.query<{ fence: number }>('SELECT fence FROM imports WHERE id = $1', [id]);
  return row?.fence ?? 0;
}

/** Ends the only worker again and again in the middle of an import; another one is started each time. */
async function endWorkers(
  stage: Stage,
  { rows, times }: Size,
  signal: 'SIGTERM' | 'SIGKILL',
): Promise<Outcome> {
  const { account, id, sample, letGo } = await beginHeld(stage, rows * 2, 0.95);
  let slowest = 0;
  for (let time = 1; time <= times; time += 1) {
    const fence = await fenceOf(stage, id);
    const began = performance.now();
    const code = await end(onlyWorker(stage), signal);
    if (signal === 'SIGTERM' && code !== 0) throw new Error(`A worker ended with ${code}, not 0.`);
    await stage.startWorker();
    await until(
      'The next worker',
      () => fenceOf(stage, id),
      (next) => next > fence,
    );
    slowest = Math.max(slowest, since(began));
    // So that it meets the run elsewhere each time.
    await pause(time * 20);
  }
  await letGo();
  await assertExact(account, id, sample);
  return { recoveredMs: slowest };
}

/** What a worker has to do to be met there: long COPYs, or a file of one lane, between whose batches nothing is written. */
const MET: Record<Frozen, { batch: number | null; times: number }> = {
  statement: { batch: 500, times: 1 },
  COPY: { batch: 16_000, times: 3 },
  'between batches': { batch: null, times: 1 },
};

/** While one worker is frozen the others take its run, and everyone else goes on. */
async function meetFrozen(stage: Stage, { rows }: Size, where: Frozen): Promise<Outcome> {
  const { batch, times } = MET[where];
  const sample = await sampleOf(rows * times);
  const worker = await stage.startWorker({ env: { PONTE_BATCH_ROWS: String(batch ?? Math.ceil(rows / 5)) } });
  const account = await stage.account();
  const letGo = where === 'statement' ? await holdAt(account, sample.phoneAt(0.5)) : async () => undefined;
  try {
    const id = await account.begin(sample.file);
    if (where !== 'COPY') await account.progress(id, 0);
    const isOpen = async () => (await account.show(id))?.finished_at === null;
    await freeze(stage, worker, where, isOpen);
    const began = performance.now();
    await letGo();
    const done = (await account.show(id))?.rows.done ?? 0;
    await stage.startWorker();
    const [recoveredMs] = await Promise.all([
      account.progress(id, done).then(() => since(began)),
      assertOthersGoOn(stage),
    ]);
    await account.importEnd(id);
    worker.kill('SIGCONT');
    // It finds out that the run is another's, and writes nothing.
    await pause(1_000);
    await assertExact(account, id, sample);
    return { recoveredMs };
  } finally {
    await letGo();
    await end(worker, 'SIGKILL');
  }
}

/** An import of another account comes to its end in time; a cancel and a list are answered. */
async function assertOthersGoOn(stage: Stage): Promise<void> {
  const small = await sampleOf(500, 3);
  const [other, third] = [await stage.account(), await stage.account()];
  const [id, cancelled] = [await other.begin(small.file), await third.begin(small.file)];
  const began = performance.now();
  const [{ status }, page] = await Promise.all([third.post(`/imports/${cancelled}/cancel`), other.page()]);
  // 409: it had come to its end already.
  if (![202, 409].includes(status) || page.status !== 200 || since(began) > ANSWER_MS)
    throw new Error(`Beside a frozen worker: cancel ${status}, list ${page.status}, ${since(began)} ms.`);
  if ((await stage.ready()) !== 200) throw new Error('Readiness went although one worker works.');
  await other.importEnd(id, OTHERS_MS);
  await assertExact(other, id, small);
}

/** A worker is frozen with a batch in flight, its import is cancelled and taken over, and it comes back. */
async function cancelFrozen(stage: Stage, { rows }: Size): Promise<Outcome> {
  const worker = await stage.startWorker();
  const { account, id, letGo } = await beginHeld(stage, rows, 0.5);
  try {
    await freeze(stage, worker, 'statement', async () => true);
    const { status } = await account.post(`/imports/${id}/cancel`);
    if (status !== 202) throw new Error(`The cancel was answered with ${status}.`);
    const began = performance.now();
    await stage.startWorker();
    await pause(500);
    await letGo();
    const [recoveredMs] = await Promise.all([
      account.importEnd(id).then(() => since(began)),
      // Long after its lease was over.
      pause(6_000).then(() => worker.kill('SIGCONT')),
    ]);
    await pause(1_000);
    await assertStopped(account, await account.importEnd(id), 'cancelled', null);
    return { recoveredMs };
  } finally {
    await letGo();
    await end(worker, 'SIGKILL');
  }
}

/** Workers three hours apart take each other's run; a server four days ahead hands out an export that is still valid. */
async function moveClocks(stage: Stage, { rows }: Size): Promise<Outcome> {
  const ahead = await stage.startWorker({ clock: 3 * HOURS });
  const { account, id, sample, letGo } = await beginHeld(stage, rows, 0.5);
  const fence = await fenceOf(stage, id);
  await stage.startWorker({ clock: -3 * HOURS });
  await pause(4_000);
  if ((await fenceOf(stage, id)) !== fence) throw new Error('A worker whose clock is ahead lost its lease.');
  const began = performance.now();
  await end(ahead, 'SIGKILL');
  await until(
    'The next worker',
    () => fenceOf(stage, id),
    (next) => next > fence,
  );
  const recoveredMs = since(began);
  await letGo();
  await assertExact(account, id, sample);
  const made = await account.post<{ id: number }>('/exports');
  await account.exportEnd(made.body?.id ?? 0);
  if (stage.http !== null) await end(stage.http, 'SIGTERM');
  const http = await stage.startHttp({ clock: 4 * 24 * HOURS });
  const { status } = await account.ask('GET', `/exports/${made.body?.id}/file`);
  await end(http, 'SIGTERM');
  await stage.startHttp();
  if (status !== 200) throw new Error(`Four days ahead a valid export is answered with ${status}, not 200.`);
  return { recoveredMs };
}

export const WORKER_CASES: readonly FaultCase[] = [
  {
    name: 'worker killed (SIGKILL) ×10 in one import',
    compared: EXACT,
    isQuick: true,
    limitSeconds: 240,
    run: (stage, size) => endWorkers(stage, size, 'SIGKILL'),
  },
  {
    name: 'rolling restarts (SIGTERM) ×5 in one import',
    compared: `${EXACT}; every exit code is 0`,
    limitSeconds: 240,
    run: (stage, size) => endWorkers(stage, { ...size, times: size.times / 2 }, 'SIGTERM'),
  },
  ...(['statement', 'COPY', 'between batches'] as const).map((where): FaultCase => ({
    name: `worker frozen (SIGSTOP) ${where === 'statement' ? 'in a statement' : where === 'COPY' ? 'in an active COPY' : where}`,
    compared: `${EXACT}; meanwhile other accounts' imports, cancels, lists, readiness`,
    workers: 0,
    isQuick: where === 'statement',
    run: (stage, size) => meetFrozen(stage, size, where),
  })),
  {
    name: 'cancelled while its worker is frozen',
    compared: STOPPED,
    workers: 0,
    run: cancelFrozen,
  },
  {
    name: 'clocks moved: workers ±3 h, HTTP +4 days',
    compared: `${EXACT}; an export's link is still valid`,
    workers: 0,
    isQuick: true,
    run: moveClocks,
  },
];
