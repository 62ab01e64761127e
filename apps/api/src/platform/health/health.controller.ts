import { Controller, Get, Header, Res, UseGuards } from '@nestjs/common';
import type { Response } from 'express';
import { Public } from '../http/access';
import { Drain } from '../http/drain';
import { MetricsGuard } from '../http/private-access';
import { Metrics, METRICS_TYPE } from '../metrics/metrics';
import { Readiness, type ReadyAnswer } from './readiness';

/** For those who watch over the service: is it alive, can it work, what does it do. */
@Controller()
@Public()
export class HealthController {
  constructor(
    private readonly readiness: Readiness,
    private readonly drain: Drain,
    private readonly meters: Metrics,
  ) {}

  @Get('health/live')
  live(): { status: string } {
    return { status: 'ok' };
  }

  /** 200 when requests can be answered, else 503; what is missing either way. */
  @Get('health/ready')
  async ready(@Res({ passthrough: true }) response: Response): Promise<ReadyAnswer> {
    const answer: ReadyAnswer = this.drain.isDraining
      ? { status: 'stopping', missing: [] }
      : await this.readiness.ask();
    if (!isReady(answer)) response.status(503);
    return answer;
  }

  @Get('metrics')
  @UseGuards(MetricsGuard)
  @Header('Content-Type', METRICS_TYPE)
  metrics(): Promise<string> {
    return this.meters.text();
  }
}

const isReady = ({ status }: ReadyAnswer) => status === 'ok' || status === 'degraded';
