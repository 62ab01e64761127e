import { Injectable, Logger, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { periodically } from '../periodically';
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
  private stop: (() => Promise<void>) | null = null;

  constructor(
    private readonly dataSource: DataSource,
    private readonly queue: JobQueue,
  ) {}

  onApplicationBootstrap(): void {
    this.stop = periodically(EVERY_MS, this.log, () => this.sweep());
  }

  async onModuleDestroy(): Promise<void> {
    await this.stop?.();
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
