import { Injectable, Logger, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import type { Server, ServerResponse } from 'node:http';
import { DataSource } from 'typeorm';
import type { PonteRequest } from '../platform/http/caller';
import { originOf, type Origin } from '../platform/http/request-context';
import { periodically } from '../platform/periodically';
import { recordAudit } from './audit';
import { RefusalCounts, type Counted } from './refusal-counts';
import { routeName } from './route-name';

const EVERY_MS = 60_000;
const LOOK_MS = 5_000;
/** Callers and codes that are told apart within a minute: a flood from a thousand addresses fills no table. */
const MOST_KEYS = 1_000;

/** Who may not, and who asks too often. */
const REFUSED: readonly number[] = [403, 429];

interface Refusal {
  code: string;
  route: string;
  accountId: number | null;
  userId: number | null;
  origin: Origin;
}

/** Writes down requests that were refused: at most one event a minute for each caller and code, with their number. */
@Injectable()
export class Refusals implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly log = new Logger(Refusals.name);
  private readonly counts = new RefusalCounts<Refusal>(EVERY_MS, MOST_KEYS, asOther);
  private readonly writing = new Set<Promise<void>>();
  private stop: (() => Promise<void>) | null = null;

  constructor(
    private readonly dataSource: DataSource,
    private readonly adapter: HttpAdapterHost,
  ) {}

  onApplicationBootstrap(): void {
    const server = this.adapter.httpAdapter.getHttpServer() as Server;
    // Before every middleware: some of them refuse, too.
    server.prependListener('request', (request, response: ServerResponse) => {
      response.once('finish', () => this.note(request as PonteRequest, response.statusCode));
    });
    this.stop = periodically(LOOK_MS, this.log, () => this.writeAll(this.counts.due(Date.now())));
  }

  async onModuleDestroy(): Promise<void> {
    await this.stop?.();
    await this.writeAll(this.counts.due());
    await Promise.all(this.writing);
  }

  private note(request: PonteRequest, status: number): void {
    if (request.problem === undefined || !REFUSED.includes(status)) return;
    const origin = originOf(request);
    const refusal = {
      code: request.problem,
      route: routeName(request.method, request.path),
      accountId: request.account?.accountId ?? null,
      userId: request.caller?.userId ?? null,
      origin,
    };
    const who = refusal.userId ?? origin.address;
    const key = [who, origin.via, origin.tokenId, refusal.accountId, refusal.code].join(' ');
    const first = this.counts.note(key, refusal, Date.now());
    if (first === null) return;
    const written = this.writeAll([first]).catch((error: unknown) => this.log.warn(String(error)));
    this.writing.add(written);
    void written.finally(() => this.writing.delete(written));
  }

  private async writeAll(counted: readonly Counted<Refusal>[]): Promise<void> {
    for (const { item, count } of counted) {
      const { code, route, accountId, userId, origin } = item;
      const event = {
        action: 'request_refused',
        accountId,
        userId,
        count,
        details: { code, route },
      } as const;
      await recordAudit(this.dataSource.manager, event, origin);
    }
  }
}

/** What is counted together when too many callers are refused at once. */
function asOther(refusal: Refusal): { key: string; item: Refusal } {
  const origin: Origin = { via: 'anonymous', address: null, tokenId: null };
  const item = { code: refusal.code, route: 'other', accountId: null, userId: null, origin };
  return { key: `others ${refusal.code}`, item };
}
