import { Inject, Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { CONFIG, type Config } from '../platform/config/config';
import { JobQueue } from '../platform/queue/job-queue';
import { RunExport } from './run-export';

/** Consumes the queue of exports. Imported by the worker's module alone: whoever provides it works. */
@Injectable()
export class ExportProcessor implements OnApplicationBootstrap, OnModuleDestroy {
  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly queue: JobQueue,
    private readonly runExport: RunExport,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    await this.queue.consume('export', this.config.runs.concurrency, (exportId) =>
      this.runExport.run(exportId),
    );
  }

  onModuleDestroy(): void {
    this.runExport.stop();
  }
}
