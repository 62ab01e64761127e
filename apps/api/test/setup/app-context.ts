import { Module, type INestApplicationContext, type ModuleMetadata } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { DataSource } from 'typeorm';
import { readConfig, type Config } from '../../src/platform/config/config';
import { ConfigModule } from '../../src/platform/config/config.module';
import { DatabaseModule } from '../../src/platform/database/database.module';
import { migrate } from '../../src/platform/database/migrate';
import { newDatabase, type PostgresKind } from './database';

type Variables = Readonly<Record<string, string>>;

/** The smallest configuration there is, with what a test changes. */
export function testConfig(databaseUrl: string, variables: Variables = {}): Config {
  return readConfig({ DATABASE_URL: databaseUrl, SMTP_URL: 'smtp://127.0.0.1:1', ...variables });
}

/** The configuration of a new database with all tables. */
export async function migratedConfig(
  kind: PostgresKind = 'embedded',
  variables: Variables = {},
): Promise<Config> {
  const config = testConfig(await newDatabase(kind), variables);
  await migrate(config);
  return config;
}

/** One process, as far as the given modules and providers go: a container and a connection pool of its own. */
export async function openContext(
  config: Config,
  { imports = [], providers = [] }: ModuleMetadata = {},
): Promise<{ app: INestApplicationContext; dataSource: DataSource }> {
  @Module({ imports: [ConfigModule.for(config), DatabaseModule, ...imports], providers })
  class Process {}
  const app = await NestFactory.createApplicationContext(Process, { logger: false, abortOnError: false });
  return { app, dataSource: app.get(DataSource) };
}
