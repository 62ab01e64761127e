import { getQueueToken } from '@nestjs/bull';
import { Injectable, Logger, type OnModuleDestroy } from '@nestjs/common';
import { ModuleRef } from '@nestjs/core';
import type { Queue } from 'bull';
import { JobQueue, QUEUES, type QueueName } from './job-queue';
import { describeError } from '../log/describe-error';

interface Wake {
  runId: number;
}

/** The queue in Redis, for installations with many workers. */
@Injectable()
export class BullJobQueue extends JobQueue implements OnModuleDestroy {
  private readonly log = new Logger(BullJobQueue.name);

  constructor(private readonly modules: ModuleRef) {
    super();
  }

  async add(queue: QueueName, runId: number, turn: number): Promise<void> {
    await this.queue(queue).add({ runId }, { jobId: `${runId}.${turn}` });
  }

  async consume(
    queue: QueueName,
    concurrency: number,
    handler: (runId: number) => Promise<void>,
  ): Promise<void> {
    const consuming = this.queue(queue).process(concurrency, async ({ data }) => {
      await handler(data.runId).catch((error: unknown) =>
        this.log.error(`${queue} ${data.runId}: ${describeError(error)}`),
      );
    });
    // Settles when the queue is closed; rejects when that happens before it had begun.
    consuming.catch((error: unknown) => this.log.warn(`Stopped consuming ${queue}: ${describeError(error)}`));
    await this.queue(queue).isReady();
  }

  async close(): Promise<void> {
    await Promise.all(QUEUES.map((name) => this.queue(name).close()));
  }

  async onModuleDestroy(): Promise<void> {
    await this.close();
  }

  private queue(name: QueueName): Queue<Wake> {
    return this.modules.get<Queue<Wake>>(getQueueToken(name), { strict: false });
  }
}
