import { Inject, Injectable, Logger, type OnApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import { Client } from 'pg';
import { setTimeout as pause } from 'node:timers/promises';
import type { EntityManager } from 'typeorm';
import { CONFIG, type Config } from '../config/config';
import { describeError } from '../log/describe-error';

export const CHANNELS = ['ponte_jobs', 'ponte_runs', 'ponte_outbox'] as const;
export type Channel = (typeof CHANNELS)[number];
type Listener = (payload: string) => void;

/**
 * Tells other processes that something changed, through the database. A message goes out when its transaction commits
 * and is lost when nobody listens: it only wakes, the tables are the truth.
 */
@Injectable()
export class Notifications implements OnModuleInit, OnApplicationShutdown {
  private readonly log = new Logger(Notifications.name);
  private readonly listeners = new Map<Channel, Set<Listener>>();
  private client: Client | null = null;
  private isStopping = false;

  constructor(@Inject(CONFIG) private readonly config: Config) {}

  async onModuleInit(): Promise<void> {
    await this.connect();
  }

  async onApplicationShutdown(): Promise<void> {
    this.isStopping = true;
    await this.client?.end();
  }

  /** Calls `listener` with every payload sent to the channel from now on; the answer ends that. */
  listen(channel: Channel, listener: Listener): () => void {
    const listeners = this.listeners.get(channel) ?? new Set();
    this.listeners.set(channel, listeners.add(listener));
    return () => listeners.delete(listener);
  }

  /** Sends inside the given transaction. */
  static async send(manager: EntityManager, channel: Channel, payload: string): Promise<void> {
    await manager.query('SELECT pg_notify($1, $2)', [channel, payload]);
  }

  private async connect(): Promise<void> {
    const client = new Client({
      connectionString: this.config.database.url,
      application_name: 'ponte listener',
      // It may say nothing for hours: without this a router that forgets it is noticed by nobody.
      keepAlive: true,
      keepAliveInitialDelayMillis: 10_000,
    });
    client.on('notification', ({ channel, payload }) => {
      for (const listener of this.listeners.get(channel as Channel) ?? []) listener(payload ?? '');
    });
    client.on('error', () => void this.reconnect(client));
    client.on('end', () => void this.reconnect(client));
    await client.connect();
    for (const channel of CHANNELS) await client.query(`LISTEN ${channel}`);
    if (this.isStopping) await client.end();
    else this.client = client;
  }

  private async reconnect(lost: Client): Promise<void> {
    if (this.isStopping || this.client !== lost) return;
    this.client = null;
    for (let wait = 100; !this.isStopping && this.client === null; wait = Math.min(wait * 2, 5_000)) {
      await pause(wait);
      // Expected while the database is away; polling goes on meanwhile.
      await this.connect().catch((error: unknown) =>
        this.log.warn(`Still not listening: ${describeError(error)}`),
      );
    }
  }
}
