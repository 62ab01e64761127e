import { Injectable, Logger, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { periodically } from '../platform/periodically';
import { KnownBrowsers } from './known-browsers';
import { SecondFactor } from './second-factor/second-factor';
import { Sessions } from './sessions';

const EVERY_MS = 3600 * 1000;

/** Removes what no longer counts: sessions that are over, browsers that were not used again, setups left half done. */
@Injectable()
export class RemoveOldSignIns implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly log = new Logger(RemoveOldSignIns.name);
  private stop: (() => Promise<void>) | null = null;

  constructor(
    private readonly sessions: Sessions,
    private readonly browsers: KnownBrowsers,
    private readonly secondFactor: SecondFactor,
  ) {}

  onApplicationBootstrap(): void {
    this.stop = periodically(EVERY_MS, this.log, async () => {
      await this.sessions.removeOld();
      await this.browsers.removeOld();
      await this.secondFactor.removeOld();
    });
  }

  async onModuleDestroy(): Promise<void> {
    await this.stop?.();
  }
}
