import { Inject, Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { CONFIG, type Config } from '../config/config';
import { mayReadMetrics } from '../http/private-access';
import { Metrics, METRICS_TYPE } from '../metrics/metrics';
import { Readiness } from './readiness';

interface Answer {
  status: number;
  type: string;
  body: string;
}

const json = (status: number, body: object): Answer => ({
  status,
  type: 'application/json; charset=utf-8',
  body: JSON.stringify(body),
});

/** Health and metrics of a worker, which answers nothing else; where `PONTE_WORKER_PORT` is set. */
@Injectable()
export class WorkerEndpoint implements OnApplicationBootstrap, OnModuleDestroy {
  private server: Server | null = null;

  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly readiness: Readiness,
    private readonly metrics: Metrics,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    const place = this.config.workerEndpoint;
    if (place === null) return;
    this.server = createServer((request, response) => void this.respond(request, response));
    this.server.listen(place.port, place.host);
    await once(this.server, 'listening');
  }

  /** First of all: a worker that hands its runs over is not ready any more. */
  onModuleDestroy(): void {
    this.server?.close();
    this.server?.closeAllConnections();
  }

  private async respond(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { status, type, body } = await this.answer(request);
    response.writeHead(status, { 'Content-Type': type, 'Cache-Control': 'no-store' }).end(body);
  }

  private async answer(request: IncomingMessage): Promise<Answer> {
    const { url } = request;
    if (url === '/health/live') return json(200, { status: 'ok' });
    if (url === '/health/ready') {
      const answer = await this.readiness.ask();
      return json(answer.status === 'ok' ? 200 : 503, answer);
    }
    if (url === '/metrics' && !mayReadMetrics(request, this.config))
      return json(401, { status: 'sign_in_required' });
    if (url === '/metrics') return { status: 200, type: METRICS_TYPE, body: await this.metrics.text() };
    return json(404, { status: 'not_found' });
  }
}
