import { Injectable, Logger, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { periodically } from '../platform/periodically';

const EVERY_MS = 60 * 60 * 1000;

/** Removes invitations that nobody answered, a month after they expired: until then they can be sent again. */
@Injectable()
export class RemoveOldInvitations implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly log = new Logger(RemoveOldInvitations.name);
  private stop: (() => Promise<void>) | null = null;

  constructor(private readonly dataSource: DataSource) {}

  onApplicationBootstrap(): void {
    this.stop = periodically(EVERY_MS, this.log, () => this.remove());
  }

  async onModuleDestroy(): Promise<void> {
    await this.stop?.();
  }

  async remove(): Promise<void> {
    await this.dataSource.query("DELETE FROM invitations WHERE expires_at < now() - interval '30 days'");
  }
}
