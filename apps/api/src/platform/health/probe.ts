import { Inject, Injectable, Logger, type OnApplicationShutdown } from '@nestjs/common';
import { Pool } from 'pg';
import { CONFIG, type Config } from '../config/config';
import { describeError } from '../log/describe-error';

/** A database that needs longer for a row is not one to work with. */
const LIMIT_MS = 2_000;

/** A connection of its own for checks and figures: people and runs may keep all connections of the pool busy. */
@Injectable()
export class Probe implements OnApplicationShutdown {
  private readonly log = new Logger(Probe.name);
  private readonly pool: Pool;

  constructor(@Inject(CONFIG) { database }: Config) {
    this.pool = new Pool({
      connectionString: database.url,
      application_name: 'ponte probe',
      max: 1,
      connectionTimeoutMillis: LIMIT_MS,
      statement_timeout: LIMIT_MS,
      query_timeout: LIMIT_MS,
      keepAlive: true,
      // Kept: when the server has no connection left for others, this one still tells how the service is.
      idleTimeoutMillis: 0,
    });
    this.pool.on('error', (error) =>
      this.log.warn(`The connection of the checks broke: ${describeError(error)}`),
    );
  }

  async query<Row extends object>(sql: string, params: readonly unknown[] = []): Promise<Row[]> {
    return (await this.pool.query<Row>(sql, [...params])).rows;
  }

  async onApplicationShutdown(): Promise<void> {
    await this.pool.end();
  }
}
