import { Global, Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { CONFIG, type Config } from '../config/config';
import { InteractiveReads } from './interactive-reads';
import { Notifications } from './notifications';

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
      }),
    }),
  ],
  providers: [Notifications, InteractiveReads],
  exports: [Notifications, InteractiveReads],
})
export class DatabaseModule {}
