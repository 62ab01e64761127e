import { performance } from 'node:perf_hooks';
import { Client } from '../client';
import { median } from '../figures';
import { startProduct, type Product } from '../product';
import { middleOf } from './compare-with-psql';
import { limitsFor, productTurn, untilEnded } from './product-turn';
import type { Figure } from './report';
import type { Sample } from './samples';
import { inCopy, logTurn, type Turn } from './turn';
import { assertOutcome, outcomeOf } from './verify';
import type { Bench } from './with-bench';

const QUEUES = ['PostgreSQL', 'Bull'] as const;
type Queue = (typeof QUEUES)[number];

interface Job {
  readonly queue: Queue;
  /** From the first byte sent to the e-mail received. */
  readonly seconds: number;
  /** From the first byte sent to the answer 202. */
  readonly uploadSeconds: number;
  /** From that answer to the first event that tells of rows that are done. */
  readonly progressMilliseconds: number;
  /** Of the run in it. */
  readonly runSeconds: number;
}

/** From the first byte of the upload to the e-mail, with a worker that waits, over both queues; in turn with the run alone. */
export async function wholeJob(bench: Bench, job: { rows: number; turns: number }): Promise<Figure[]> {
  const { postgres, build, empty: state, options, log } = bench;
  const rows = options.rows ?? job.rows;
  const sample = bench.samples.get({ rows, account: state.account });
  const { expected } = sample;
  const runs: Turn[] = [];
  const jobs: Job[] = [];
  for (let turn = 0; turn < (options.turns ?? job.turns); turn++) {
    const run = await productTurn({ postgres, build, state, sample, expected });
    logTurn(log, run);
    runs.push(run);
    for (const queue of QUEUES) {
      jobs.push(await jobTurn(bench, sample, queue));
      log(JSON.stringify(jobs.at(-1)));
    }
  }
  const alone = { title: 'the run alone', fileRows: rows, ...middleOf(runs) };
  return [
    alone,
    ...QUEUES.map((queue) =>
      summarize(
        alone,
        jobs.filter((each) => each.queue === queue),
      ),
    ),
  ];
}

function summarize({ rows, seconds: alone }: Figure, jobs: readonly Job[]): Figure {
  const seconds = median(jobs.map((job) => job.seconds));
  const upload = median(jobs.map(({ uploadSeconds }) => uploadSeconds));
  const run = median(jobs.map(({ runSeconds }) => runSeconds));
  const progress = median(jobs.map(({ progressMilliseconds }) => progressMilliseconds));
  return {
    title: `upload to e-mail, queue in ${jobs[0]?.queue ?? ''}`,
    side: 'ponte',
    ...{ fileRows: rows, rows, turns: jobs.length, seconds },
    compared: { ratio: seconds / alone, with: 'the run’s time' },
    note: `upload ${upload.toFixed(2)} s, then ${Math.round(progress)} ms to the first progress, run ${run.toFixed(2)} s`,
  };
}

async function jobTurn(bench: Bench, sample: Sample, queue: Queue): Promise<Job> {
  const { postgres, redis, build, empty: state } = bench;
  return inCopy(postgres, state.database, async (copy) => {
    await redis.empty();
    const product = await startProduct({
      ...{ build, databaseUrl: postgres.url(copy), env: limitsFor(sample.rows) },
      ...(queue === 'Bull' ? { redisUrl: redis.url } : {}),
    });
    const client = new Client(product.address, state.token, state.account);
    let job: Job;
    try {
      await product.startWorker();
      await postgres.psql(copy, 'CHECKPOINT');
      const { importId, ...figures } = await measureJob(product, client, sample);
      assertOutcome(await outcomeOf(postgres, copy, importId), sample.expected);
      job = { queue, ...figures, runSeconds: await untilEnded(postgres.url(copy), importId) };
    } finally {
      await product.stop();
    }
    // Looked at after the worker's end: nothing can come any more.
    const { length } = product.mailbox.mails;
    if (length !== 1) throw new Error(`There were ${length} e-mails.`);
    return job;
  });
}

async function measureJob(
  { mailbox }: Product,
  client: Client,
  sample: Sample,
): Promise<Omit<Job, 'queue' | 'runSeconds'> & { importId: number }> {
  const mail = mailbox.next(mailbox.mails.length);
  const start = performance.now();
  const { id: importId } = await client.upload(sample.file);
  const answered = performance.now();
  let progressed: number | null = null;
  for await (const { rows } of client.follow(importId)) {
    if (rows.done > 0) progressed ??= performance.now();
  }
  const { at } = await mail;
  return {
    importId,
    seconds: (at - start) / 1000,
    uploadSeconds: (answered - start) / 1000,
    progressMilliseconds: (progressed ?? at) - answered,
  };
}
