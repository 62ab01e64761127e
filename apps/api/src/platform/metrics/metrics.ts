import { Injectable } from '@nestjs/common';
import { Pool } from 'pg';
import { collectDefaultMetrics, Gauge } from 'prom-client';
import { DataSource } from 'typeorm';
import { registry } from './instruments';
import { ServiceFigures } from './service-figures';

export const METRICS_TYPE = 'text/plain; version=0.0.4; charset=utf-8';

/** What Prometheus reads: this process's own counts, its connections, and figures of the whole service. */
@Injectable()
export class Metrics {
  private readonly connections = new Gauge({
    name: 'ponte_database_connections',
    help: 'Connections of this process: open, idle, and callers who wait for one',
    labelNames: ['state'],
    registers: [registry],
  });

  constructor(
    private readonly dataSource: DataSource,
    private readonly figures: ServiceFigures,
  ) {
    collectDefaultMetrics({ register: registry });
  }

  async text(): Promise<string> {
    const pool: unknown = Reflect.get(this.dataSource.driver, 'master');
    if (pool instanceof Pool) {
      this.connections.set({ state: 'open' }, pool.totalCount);
      this.connections.set({ state: 'idle' }, pool.idleCount);
      this.connections.set({ state: 'waiting' }, pool.waitingCount);
    }
    await this.figures.update();
    return registry.metrics();
  }
}
