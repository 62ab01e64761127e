import { Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { JobQueue } from '../platform/queue/job-queue';
import { RunImport } from './run-import';

/** Consumes the queue of imports. Imported by the worker's module alone: whoever provides it works. */
@Injectable()
export class ImportProcessor implements OnApplicationBootstrap, OnModuleDestroy {
  constructor(
    private readonly queue: JobQueue,
    private readonly runImport: RunImport,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    await this.runImport.runs.start(this.queue, 'import');
  }

  async onModuleDestroy(): Promise<void> {
    await this.runImport.runs.stop();
  }
}
