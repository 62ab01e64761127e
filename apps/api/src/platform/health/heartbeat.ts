import {
  Injectable,
  Logger,
  type BeforeApplicationShutdown,
  type OnApplicationBootstrap,
} from '@nestjs/common';
import { describeError } from '../log/describe-error';
import { periodically } from '../periodically';
import { Presence } from './presence';

const EVERY_MS = 5_000;

/** A worker shows that it is there, until it ends. */
@Injectable()
export class Heartbeat implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly log = new Logger(Heartbeat.name);
  private stop: (() => Promise<void>) | null = null;

  constructor(private readonly presence: Presence) {}

  onApplicationBootstrap(): void {
    this.stop = periodically(EVERY_MS, this.log, async () => void (await this.presence.show()));
  }

  /** After the last run was handed over. */
  async beforeApplicationShutdown(): Promise<void> {
    await this.stop?.();
    // Expected while the database is away: the row grows old by itself.
    await this.presence
      .leave()
      .catch((error: unknown) => this.log.warn(`The row of this worker stays: ${describeError(error)}`));
  }
}
