import 'reflect-metadata';
import { HttpAppModule } from './http-app.module';
import { createHttpApp } from './platform/http/create-http-app';
import { Drain } from './platform/http/drain';
import { startProcess } from './platform/start-process';

await startProcess(async (config) => {
  const app = await createHttpApp(HttpAppModule.for(config), config);
  await app.listen(config.port, config.host);
  return { close: () => app.get(Drain).close(app, config) };
});
