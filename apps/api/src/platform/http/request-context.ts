import { AsyncLocalStorage } from 'node:async_hooks';
import type { AuditWay } from '@ponte/contracts';
import type { NextFunction, Response } from 'express';
import type { PonteRequest } from './caller';

const requests = new AsyncLocalStorage<PonteRequest>();

/** Keeps the request at hand for everything that is done because of it. */
export function keepRequest(request: PonteRequest, _response: Response, next: NextFunction): void {
  requests.run(request, next);
}

/** How something came to be done: by whom it was asked for, and from where. */
export interface Origin {
  via: AuditWay;
  /** Network address; null for what the service does by itself. */
  address: string | null;
  tokenId: number | null;
}

const SERVICE: Origin = { via: 'service', address: null, tokenId: null };

/** The origin of what is being done now; the service itself outside of a request. */
export function currentOrigin(): Origin {
  const request = requests.getStore();
  return request === undefined ? SERVICE : originOf(request);
}

export function originOf({ caller, ip }: PonteRequest): Origin {
  return {
    via: caller?.via ?? 'anonymous',
    // An IPv4 address that came over an IPv6 socket.
    address: ip?.replace(/^::ffff:(?=[\d.]+$)/i, '') ?? null,
    tokenId: caller?.tokenId ?? null,
  };
}
