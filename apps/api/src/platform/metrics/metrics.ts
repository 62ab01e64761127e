import { Injectable } from '@nestjs/common';
import { Pool } from 'pg';
import { DataSource } from 'typeorm';
import { connections, registry } from './instruments';
import { ServiceFigures } from './service-figures';

export const METRICS_TYPE = 'text/plain; version=0.0.4; charset=utf-8';

/** What Prometheus reads: this process's own counts, its connections, and figures of the whole service. */
@Injectable()
export class Metrics {
  constructor(
    private readonly dataSource: DataSource,
    private readonly figures: ServiceFigures,
  ) {}

  async text(): Promise<string> {
    const pool: unknown = Reflect.get(this.dataSource.driver, 'master');
    if (pool instanceof Pool) {
      connections.set({ state: 'open' }, pool.totalCount);
      connections.set({ state: 'idle' }, pool.idleCount);
      connections.set({ state: 'waiting' }, pool.waitingCount);
    }
    await this.figures.update();
    return registry.metrics();
  }
}
