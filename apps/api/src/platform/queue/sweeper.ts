import { Injectable, Logger, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { JobQueue, type QueueName } from './job-queue';
import type { RunTable } from './leases';

const EVERY_MS = 2_000;

const TABLES: readonly [RunTable, QueueName][] = [
  ['imports', 'import'],
  ['exports', 'export'],
];

/**
 * Adds again every run that nobody works on: its worker died, its job was lost, or Redis forgot. Each worker sweeps; the
 * queue drops a wake that is waiting already, and the lease lets one worker in.
 */
@Injectable()
export class Sweeper implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly log = new Logger(Sweeper.name);
  private timer: NodeJS.Timeout | null = null;
  private sweeping: Promise<void> | null = null;

  constructor(
    private readonly dataSource: DataSource,
    private readonly queue: JobQueue,
  ) {}

  onApplicationBootstrap(): void {
    this.timer = setInterval(() => {
      // One at a time: while the database or Redis is slow, more of them would only make it slower.
      this.sweeping ??= this.sweep()
        .catch((error: unknown) => this.log.warn(`Cannot sweep: ${String(error)}`))
        .finally(() => (this.sweeping = null));
    }, EVERY_MS);
  }

  async onModuleDestroy(): Promise<void> {
    if (this.timer !== null) clearInterval(this.timer);
    await this.sweeping;
  }

  async sweep(): Promise<void> {
    for (const [table, queue] of TABLES) {
      const runs = await this.dataSource.query<{ id: number; fence: number }[]>(
        `SELECT id, fence FROM ${table} WHERE state IN ('queued', 'running')
         AND CASE WHEN lease_until IS NULL THEN created_at < now() - interval '2 seconds' ELSE lease_until < now() END
         ORDER BY id LIMIT 1000`,
      );
      for (const { id, fence } of runs) await this.queue.add(queue, id, fence);
    }
  }
}
