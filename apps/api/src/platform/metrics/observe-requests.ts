import { Logger } from '@nestjs/common';
import type { NextFunction, Response } from 'express';
import { randomUUID } from 'node:crypto';
import type { PonteRequest } from '../http/caller';
import { problems, requestSeconds } from './instruments';

const log = new Logger('Http');

/** What asks every few seconds whether the service is there says nothing new, as long as it is. */
const OF_MACHINES = /^\/(health|metrics)(\/|$)/;

/** Pages and files of the console. */
const CONSOLE = 'console';

/** Gives a request its id and, when it has ended, its line in the log and its place in the metrics. */
export function observeRequests(request: PonteRequest, response: Response, next: NextFunction): void {
  request.requestId = randomUUID();
  response.setHeader('X-Request-Id', request.requestId);
  const began = performance.now();
  response.once('close', () => observe(request, response, performance.now() - began));
  next();
}

function observe(request: PonteRequest, response: Response, ms: number): void {
  const { method } = request;
  const route = routeOf(request);
  const status = response.statusCode;
  const code = codeOf(response);
  const isStream = String(response.getHeader('Content-Type') ?? '').startsWith('text/event-stream');
  if (!isStream) requestSeconds.observe({ method, route, status }, ms / 1000);
  if (code !== null) problems.inc({ code, status });
  if (status < 500 && (route === CONSOLE || OF_MACHINES.test(route))) return;
  log.log('request', {
    event: 'request',
    request_id: request.requestId,
    method,
    route,
    status,
    ms: Math.round(ms),
    ...(code === null ? {} : { code }),
    ...(request.account === undefined ? {} : { account_id: request.account.accountId }),
    ...(request.caller === undefined ? {} : { user_id: request.caller.userId }),
    ...(response.writableFinished ? {} : { is_cut: true }),
  });
}

/** The template of the address, because the address itself holds ids, and what people search for. */
function routeOf({ route, originalUrl }: PonteRequest): string {
  const template = (route as { path?: unknown } | undefined)?.path;
  // `*path` is where Nest answers what no route takes.
  if (typeof template === 'string' && template !== '*path') return template;
  return originalUrl.startsWith('/api/') ? 'unmatched' : CONSOLE;
}

/** The code of the problem that was answered; see `writeProblem`. */
function codeOf({ locals }: Response): string | null {
  const code: unknown = locals['code'];
  return typeof code === 'string' ? code : null;
}
