import { Logger } from '@nestjs/common';
import { describeError } from '../log/describe-error';

export const QUEUES = ['import', 'export'] as const;
export type QueueName = (typeof QUEUES)[number];

const log = new Logger('JobQueue');

/**
 * Wakes a worker for a run. The database is the truth: a job holds an id and nothing else, may be delivered more than
 * once and may be lost. The lease decides who works, and the sweeper adds again what nobody works on.
 */
export abstract class JobQueue {
  /**
   * Asks for one delivery. `turn` tells one request from the next for the same run: a second `add` of the same turn
   * changes nothing while the first is waiting.
   */
  abstract add(queue: QueueName, runId: number, turn: number): Promise<void>;

  /**
   * Asks for one delivery without waiting for the queue: a Redis that is away must not keep a request that is written
   * already. The sweeper asks again for what is lost.
   */
  wake(queue: QueueName, runId: number, turn: number): void {
    this.add(queue, runId, turn).catch((error: unknown) =>
      log.warn(`${queue} ${runId} has to wait: ${describeError(error)}`),
    );
  }

  /**
   * Calls `handler` for each job, oldest first, at most `concurrency` at a time in this process. A handler that throws
   * has used up its delivery.
   */
  abstract consume(
    queue: QueueName,
    concurrency: number,
    handler: (runId: number) => Promise<void>,
  ): Promise<void>;

  /** Takes no more jobs and waits for the handlers that are working. */
  abstract close(): Promise<void>;
}
