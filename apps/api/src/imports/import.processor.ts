import { Inject, Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { CONFIG, type Config } from '../platform/config/config';
import { JobQueue } from '../platform/queue/job-queue';
import { RunImport } from './run-import';

/** Consumes the queue of imports. Imported by the worker's module alone: whoever provides it works. */
@Injectable()
export class ImportProcessor implements OnApplicationBootstrap, OnModuleDestroy {
  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly queue: JobQueue,
    private readonly runImport: RunImport,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    await this.queue.consume('import', this.config.runs.concurrency, (importId) =>
      this.runImport.run(importId),
    );
  }

  onModuleDestroy(): void {
    this.runImport.stop();
  }
}
