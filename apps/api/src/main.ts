import 'reflect-metadata';
import { HttpAppModule } from './http-app.module';
import { createHttpApp } from './platform/http/create-http-app';
import { startProcess } from './platform/start-process';

await startProcess(async (config) => {
  const app = await createHttpApp(HttpAppModule.for(config), config);
  await app.listen(config.port, config.host);
  return app;
});
