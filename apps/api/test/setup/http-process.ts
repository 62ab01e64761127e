import type { NestExpressApplication } from '@nestjs/platform-express';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DataSource } from 'typeorm';
import { HttpAppModule } from '../../src/http-app.module';
import type { Config } from '../../src/platform/config/config';
import { createHttpApp } from '../../src/platform/http/create-http-app';
import { migratedConfig } from './app-context';
import { ADMINISTRATOR, AGENT } from './product';

export interface HttpProcess {
  url: string;
  app: NestExpressApplication;
}

/** The HTTP side alone, in the process of the test: one process or several on one database. */
export interface HttpProcesses {
  processes: HttpProcess[];
  /** Address of the first one. */
  url: string;
  config: Config;
  dataSource: DataSource;
  close(): Promise<void>;
}

export async function openProcess(config: Config): Promise<HttpProcess> {
  const app = await createHttpApp(HttpAppModule.for(config), config);
  await app.listen(0, '127.0.0.1');
  return { app, url: await app.getUrl() };
}

export async function openHttp(
  variables: Readonly<Record<string, string>> = {},
  { postgres = 'embedded', count = 1 }: { postgres?: 'embedded' | 'debian'; count?: number } = {},
): Promise<HttpProcesses> {
  const directory = await mkdtemp(join(tmpdir(), 'ponte-http-'));
  const config = await migratedConfig(postgres, {
    PONTE_DATA_DIR: directory,
    PONTE_ADMIN_EMAIL: ADMINISTRATOR.email,
    PONTE_ADMIN_PASSWORD: ADMINISTRATOR.password,
    PONTE_AGENT_EMAIL: AGENT.email,
    PONTE_AGENT_PASSWORD: AGENT.password,
    ...variables,
  });
  const processes: HttpProcess[] = [];
  for (let index = 0; index < count; index += 1) processes.push(await openProcess(config));
  const [first] = processes;
  if (first === undefined) throw new Error('No process was asked for.');
  return {
    processes,
    url: first.url,
    config,
    dataSource: first.app.get(DataSource),
    close: async () => {
      for (const { app } of processes) await app.close();
      await rm(directory, { recursive: true, force: true });
    },
  };
}
