import { Injectable, Logger, type OnModuleDestroy } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Notifications } from '../database/notifications';
import { JobQueue, type QueueName } from './job-queue';
import { describeError } from '../log/describe-error';

/** How often to look without being woken: notifications are lost while a connection is away. */
const POLL_MS = 1_000;

/** The queue inside the database: small installations and the embedded mode need no other service. */
@Injectable()
export class PostgresJobQueue extends JobQueue implements OnModuleDestroy {
  private readonly log = new Logger(PostgresJobQueue.name);
  private readonly working = new Set<Promise<void>>();
  private readonly stopListening: (() => void)[] = [];
  private readonly timers: NodeJS.Timeout[] = [];
  private isClosed = false;

  constructor(
    private readonly dataSource: DataSource,
    private readonly notifications: Notifications,
  ) {
    super();
  }

  async add(queue: QueueName, runId: number, turn: number): Promise<void> {
    await this.dataSource.query(
      `WITH added AS (
         INSERT INTO jobs (queue, run_id, turn) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING RETURNING queue
       ) SELECT pg_notify('ponte_jobs', queue) FROM added`,
      [queue, runId, turn],
    );
  }

  async consume(
    queue: QueueName,
    concurrency: number,
    handler: (runId: number) => Promise<void>,
  ): Promise<void> {
    let active = 0;
    const fill = async (): Promise<void> => {
      while (!this.isClosed && active < concurrency) {
        active += 1;
        const runId = await this.take(queue).catch((error: unknown) => {
          // The database is away for a moment: the next poll looks again.
          this.log.warn(`Cannot look for ${queue} jobs: ${describeError(error)}`);
          return null;
        });
        if (runId === null) {
          active -= 1;
          return;
        }
        this.track(
          handler(runId)
            .catch((error: unknown) => this.log.error(`${queue} ${runId}: ${describeError(error)}`))
            .finally(() => {
              active -= 1;
              this.track(fill());
            }),
        );
      }
    };
    this.stopListening.push(
      this.notifications.listen('ponte_jobs', (name) => {
        if (name === queue) this.track(fill());
      }),
    );
    this.timers.push(setInterval(() => this.track(fill()), POLL_MS));
    const first = fill();
    this.track(first);
    await first;
  }

  async close(): Promise<void> {
    this.isClosed = true;
    for (const stop of this.stopListening) stop();
    for (const timer of this.timers) clearInterval(timer);
    while (this.working.size > 0) await Promise.all(this.working);
  }

  async onModuleDestroy(): Promise<void> {
    await this.close();
  }

  /** Takes the oldest job away in one statement, so that no other worker gets it; null when there is none. */
  private async take(queue: QueueName): Promise<number | null> {
    const [rows] = await this.dataSource.query<[{ run_id: number; turn: number }[], number]>(
      `DELETE FROM jobs WHERE id = (
         SELECT id FROM jobs WHERE queue = $1 ORDER BY id FOR UPDATE SKIP LOCKED LIMIT 1
       ) RETURNING run_id, turn`,
      [queue],
    );
    const job = rows[0];
    if (job === undefined) return null;
    if (!this.isClosed) return job.run_id;
    // Closed meanwhile: somebody else shall have it.
    await this.add(queue, job.run_id, job.turn);
    return null;
  }

  private track(work: Promise<void>): void {
    this.working.add(work);
    void work.finally(() => this.working.delete(work));
  }
}
