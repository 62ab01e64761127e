import { Injectable, Logger, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { periodically } from '../platform/periodically';

const EVERY_MS = 60 * 60 * 1000;

/** Removes requests for a new password when neither their link nor their e-mail, tried for a day, can still come. */
@Injectable()
export class RemoveOldResets implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly log = new Logger(RemoveOldResets.name);
  private stop: (() => Promise<void>) | null = null;

  constructor(private readonly dataSource: DataSource) {}

  onApplicationBootstrap(): void {
    this.stop = periodically(EVERY_MS, this.log, () => this.remove());
  }

  async onModuleDestroy(): Promise<void> {
    await this.stop?.();
  }

  async remove(): Promise<void> {
    await this.dataSource.query("DELETE FROM password_resets WHERE created_at < now() - interval '2 days'");
  }
}
