import 'reflect-metadata';
import { NestFactory } from '@nestjs/core';
import { PonteLogger } from './platform/log/logger';
import { startProcess } from './platform/start-process';
import { WorkerAppModule } from './worker-app.module';

await startProcess((config) =>
  NestFactory.createApplicationContext(WorkerAppModule.for(config), {
    logger: new PonteLogger(config),
    abortOnError: false,
  }),
);
