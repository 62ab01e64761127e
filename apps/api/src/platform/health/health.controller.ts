import { Controller, Get, Header, Res, UseGuards } from '@nestjs/common';
import type { Response } from 'express';
import { collectDefaultMetrics, Gauge, Registry } from 'prom-client';
import { DataSource } from 'typeorm';
import { Public } from '../http/access';
import { MetricsGuard } from '../http/private-access';
import { FileStorage } from '../storage/file-storage';

const RUNS = `
  SELECT 'import' AS kind, state, count(*) FROM imports GROUP BY state
  UNION ALL SELECT 'export', state, count(*) FROM exports GROUP BY state
  UNION ALL SELECT 'mail', state, count(*) FROM outbox GROUP BY state`;

/** For those who watch over the service: is it alive, can it work, what does it do. */
@Controller()
@Public()
export class HealthController {
  private readonly registry = new Registry();
  private readonly runs = new Gauge({
    name: 'ponte_runs',
    help: 'Imports, exports and e-mails by state',
    labelNames: ['kind', 'state'],
    registers: [this.registry],
  });

  constructor(
    private readonly dataSource: DataSource,
    private readonly storage: FileStorage,
  ) {
    collectDefaultMetrics({ register: this.registry });
  }

  @Get('health/live')
  live(): { status: string } {
    return { status: 'ok' };
  }

  /** 200 when database and storage answer, else 503 with what does not. */
  @Get('health/ready')
  async ready(
    @Res({ passthrough: true }) response: Response,
  ): Promise<{ status: string; missing: string[] }> {
    const checks: [string, () => Promise<unknown>][] = [
      ['database', () => this.dataSource.query('SELECT 1')],
      ['storage', () => this.storage.check()],
    ];
    const answers = await Promise.allSettled(checks.map(([, check]) => check()));
    const missing = checks.flatMap(([name], index) => (answers[index]?.status === 'rejected' ? [name] : []));
    if (missing.length > 0) response.status(503);
    return { status: missing.length === 0 ? 'ok' : 'unavailable', missing };
  }

  @Get('metrics')
  @UseGuards(MetricsGuard)
  @Header('Content-Type', 'text/plain; version=0.0.4; charset=utf-8')
  async metrics(): Promise<string> {
    const rows = await this.dataSource.query<{ kind: string; state: string; count: number }[]>(RUNS);
    this.runs.reset();
    for (const { kind, state, count } of rows) this.runs.set({ kind, state }, count);
    return this.registry.metrics();
  }
}
