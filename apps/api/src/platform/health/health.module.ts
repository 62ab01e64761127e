import { Module, type DynamicModule, type Provider } from '@nestjs/common';
import { Drain } from '../http/drain';
import { Metrics } from '../metrics/metrics';
import { ServiceFigures } from '../metrics/service-figures';
import { StorageModule } from '../storage/storage.module';
import { HealthController } from './health.controller';
import { Heartbeat } from './heartbeat';
import { Presence, PROCESS_KIND, type ProcessKind } from './presence';
import { Probe } from './probe';
import { Readiness } from './readiness';
import { WorkerEndpoint } from './worker-endpoint';

const PROVIDERS: Record<ProcessKind, Provider[]> = {
  http: [Drain],
  worker: [Heartbeat, WorkerEndpoint],
};

/** Health and metrics: of an HTTP process beside its other routes, of a worker at an endpoint of its own. */
@Module({})
export class HealthModule {
  static for(kind: ProcessKind): DynamicModule {
    return {
      module: HealthModule,
      imports: [StorageModule],
      controllers: kind === 'http' ? [HealthController] : [],
      providers: [
        { provide: PROCESS_KIND, useValue: kind },
        Probe,
        Presence,
        Readiness,
        Metrics,
        ServiceFigures,
        ...PROVIDERS[kind],
      ],
    };
  }
}
