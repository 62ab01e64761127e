import { Inject, Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { CONFIG, type Config } from '../config/config';
import { FileStorage } from '../storage/file-storage';
import { KeptCheck } from './kept-check';
import { Presence, PROCESS_KIND, type ProcessKind } from './presence';
import { RedisProbe } from './redis-probe';

const LIMIT_MS = 3_000;
/** Looked at by balancers every few seconds: two of them cost one row. */
const ROW_FOR_MS = 1_000;
/** A stored byte costs a sync of the disk or a request to S3. */
const BYTE_FOR_MS = 5_000;

export interface ReadyAnswer {
  /** `degraded`: requests are answered, but nobody works on runs. */
  status: 'ok' | 'degraded' | 'unavailable' | 'stopping';
  missing: string[];
}

/** Whether this process can do its work: every part is used a little, by a connection of its own and in limited time. */
@Injectable()
export class Readiness implements OnApplicationShutdown {
  private readonly checks: (readonly [name: string, check: KeptCheck])[];
  private readonly redis: RedisProbe | null;
  private isWorkerSeen = false;

  constructor(
    @Inject(CONFIG) { redisUrl }: Config,
    @Inject(PROCESS_KIND) private readonly kind: ProcessKind,
    presence: Presence,
    storage: FileStorage,
  ) {
    const redis = redisUrl === null ? null : new RedisProbe(redisUrl);
    this.redis = redis;
    const row = async () => (this.isWorkerSeen = (await presence.show()).isWorkerSeen);
    this.checks = [
      ['database', new KeptCheck(row, ROW_FOR_MS, LIMIT_MS)],
      ...(redis === null
        ? []
        : [['queue', new KeptCheck(() => redis.check(), ROW_FOR_MS, LIMIT_MS)] as const]),
      ['storage', new KeptCheck(() => storage.check(), BYTE_FOR_MS, LIMIT_MS)],
    ];
  }

  /**
   * A missing worker leaves the process ready: a balancer that took away every HTTP process would make an outage of what
   * is a delay, because uploads wait in the queue and lists are answered.
   */
  async ask(): Promise<ReadyAnswer> {
    const answers = await Promise.all(this.checks.map(([, check]) => check.isGood()));
    const missing = this.checks.map(([name]) => name).filter((_, index) => answers[index] === false);
    if (missing.length > 0) return { status: 'unavailable', missing };
    if (this.kind === 'http' && !this.isWorkerSeen) return { status: 'degraded', missing: ['worker'] };
    return { status: 'ok', missing: [] };
  }

  onApplicationShutdown(): void {
    this.redis?.close();
  }
}
