import { Injectable, Logger, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { periodically } from '../periodically';
import { PendingFiles } from './pending-files';

const EVERY_MS = 10 * 60 * 1000;

/** Removes, in a worker process, the files of processes that died before a run pointed to them. */
@Injectable()
export class RemoveAbandonedFiles implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly log = new Logger(RemoveAbandonedFiles.name);
  private stop: (() => Promise<void>) | null = null;

  constructor(private readonly pendingFiles: PendingFiles) {}

  onApplicationBootstrap(): void {
    this.stop = periodically(EVERY_MS, this.log, () => this.pendingFiles.removeAbandoned());
  }

  async onModuleDestroy(): Promise<void> {
    await this.stop?.();
  }
}
