import { Global, Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import type { Client } from 'pg';
import { CONFIG, type Config } from '../config/config';
import { InteractiveReads } from './interactive-reads';
import { Notifications } from './notifications';

const KEEP_ALIVE_MS = 10_000;

/**
 * Has PostgreSQL find out within half a minute that the machine of a client is gone, and end what it had begun: with the
 * system's usual settings that takes two hours. By a statement, because poolers refuse options at the start.
 */
async function noticeLostClients(client: Client): Promise<void> {
  await client.query(
    `SELECT set_config('tcp_keepalives_idle', '10', false), set_config('tcp_keepalives_interval', '5', false),
       set_config('tcp_keepalives_count', '3', false), set_config('tcp_user_timeout', '30000', false)`,
  );
}

/** The one connection pool, and the notifications that other processes send through the database. */
@Global()
@Module({
  imports: [
    TypeOrmModule.forRootAsync({
      inject: [CONFIG],
      useFactory: (config: Config) => ({
        type: 'postgres' as const,
        url: config.database.url,
        poolSize: config.database.poolSize,
        parseInt8: true,
        uuidExtension: 'pgcrypto' as const,
        installExtensions: false,
        autoLoadEntities: true,
        connectTimeoutMS: 5_000,
        // The start has already proved that the database answers.
        retryAttempts: 1,
        applicationName: 'ponte',
        extra: { keepAlive: true, keepAliveInitialDelayMillis: KEEP_ALIVE_MS, onConnect: noticeLostClients },
      }),
    }),
  ],
  providers: [Notifications, InteractiveReads],
  exports: [Notifications, InteractiveReads],
})
export class DatabaseModule {}
