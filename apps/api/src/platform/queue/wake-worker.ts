import { Logger } from '@nestjs/common';
import type { JobQueue, QueueName } from './job-queue';

const log = new Logger('Queue');

/**
 * Asks for a worker for a run that is written down. Nobody waits for it: when the queue cannot be reached now, the
 * person's answer is no later and no worse for it, and the sweeper asks again.
 */
export function wakeWorker(queue: JobQueue, name: QueueName, runId: number): void {
  queue
    .add(name, runId, 0)
    .catch((error: unknown) => log.warn(`Cannot wake a worker for ${name} ${runId}: ${String(error)}`));
}
