import { Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { JobQueue } from '../platform/queue/job-queue';
import { RunExport } from './run-export';

/** Consumes the queue of exports. Imported by the worker's module alone: whoever provides it works. */
@Injectable()
export class ExportProcessor implements OnApplicationBootstrap, OnModuleDestroy {
  constructor(
    private readonly queue: JobQueue,
    private readonly runExport: RunExport,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    await this.runExport.runs.start(this.queue, 'export');
  }

  async onModuleDestroy(): Promise<void> {
    await this.runExport.runs.stop();
  }
}
