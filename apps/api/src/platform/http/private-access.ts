import { Inject, Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import type { Request } from 'express';
import ipaddr from 'ipaddr.js';
import { createHash, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { CONFIG, type Config } from '../config/config';
import { RequestProblem } from './request-problem';

/** Names of this machine, as a browser may write them. */
const OWN_NAMES = ['localhost', '127.0.0.1', '[::1]'];
const PROXY_HEADERS = ['forwarded', 'via', 'x-forwarded-for', 'x-forwarded-host', 'x-real-ip'];

/** Whether a process on this machine asks, and no proxy on behalf of somebody elsewhere. */
export function isOwnMachine(request: IncomingMessage): boolean {
  const peer = request.socket.remoteAddress;
  if (peer === undefined || !ipaddr.isValid(peer)) return false;
  return (
    ipaddr.process(peer).range() === 'loopback' &&
    PROXY_HEADERS.every((name) => request.headers[name] === undefined)
  );
}

/**
 * Whether the address that was asked for is ours. A page of another site can have its own name point to this machine (DNS
 * rebinding); then the browser lets it read the answers, and only the name tells it apart.
 */
export function isOwnHost(
  request: Request,
  { publicUrl, port }: Pick<Config, 'publicUrl' | 'port'>,
): boolean {
  const hosts = [
    new URL(publicUrl).host,
    ...OWN_NAMES.map((name) => (port === 80 ? name : `${name}:${port}`)),
  ];
  return hosts.includes(request.headers.host?.toLowerCase() ?? '');
}

/** For what is shown to people at this machine alone, such as caught e-mails: everyone else sees that nothing is there. */
@Injectable()
export class OwnMachineGuard implements CanActivate {
  constructor(@Inject(CONFIG) private readonly config: Config) {}

  canActivate(context: ExecutionContext): boolean {
    const request = context.switchToHttp().getRequest<Request>();
    if (!isOwnMachine(request) || !isOwnHost(request, this.config)) throw new RequestProblem('not_found');
    return true;
  }
}

/**
 * Whether a program is on this machine and asks for it by a name of this machine, or shows `PONTE_METRICS_TOKEN` as a bearer.
 * A proxy here that adds no header of its own still asks by the name that the caller gave.
 */
export function mayReadMetrics(
  request: IncomingMessage,
  { metricsToken }: Pick<Config, 'metricsToken'>,
): boolean {
  const bearer = /^Bearer +(\S+)$/i.exec(request.headers.authorization ?? '')?.[1];
  const isKnown = bearer !== undefined && metricsToken !== null && isSame(bearer, metricsToken);
  return isKnown || (isOwnMachine(request) && isOwnName(request));
}

/** Whether the address that was asked for is this machine, at whatever port. */
function isOwnName({ headers }: IncomingMessage): boolean {
  return OWN_NAMES.includes((headers.host ?? '').toLowerCase().replace(/:\d+$/, ''));
}

/** For figures of the service: see `mayReadMetrics`. */
@Injectable()
export class MetricsGuard implements CanActivate {
  constructor(@Inject(CONFIG) private readonly config: Config) {}

  canActivate(context: ExecutionContext): boolean {
    const request = context.switchToHttp().getRequest<Request>();
    if (!mayReadMetrics(request, this.config)) throw new RequestProblem('sign_in_required');
    return true;
  }
}

/** In the same time for every guess. */
function isSame(one: string, other: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(one), digest(other));
}
