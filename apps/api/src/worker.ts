import 'reflect-metadata';
import { NestFactory } from '@nestjs/core';
import { LOG_LEVELS, startProcess } from './platform/start-process';
import { WorkerAppModule } from './worker-app.module';

await startProcess((config) =>
  NestFactory.createApplicationContext(WorkerAppModule.for(config), {
    logger: LOG_LEVELS,
    abortOnError: false,
  }),
);
