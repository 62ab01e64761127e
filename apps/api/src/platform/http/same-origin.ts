import type { NextFunction, Response } from 'express';
import type { PonteRequest } from './caller';
import { writeProblem } from './problem.filter';
import { RequestProblem } from './request-problem';
import { shownToken } from './shown-token';

const SAFE_METHODS = new Set(['GET', 'HEAD', 'OPTIONS']);

/**
 * Refuses every write that another site sends, unless it shows a token, which no other site has. Browsers say where a
 * request comes from (`Sec-Fetch-Site`, `Origin`); programs say neither.
 */
export function refuseCrossSiteWrites(publicOrigin: string) {
  return (request: PonteRequest, response: Response, next: NextFunction): void => {
    const isAllowed =
      SAFE_METHODS.has(request.method) || isOwn(request, publicOrigin) || shownToken(request) !== null;
    if (isAllowed) next();
    else writeProblem(request, response, new RequestProblem('cross_site_request'));
  };
}

function isOwn(request: PonteRequest, publicOrigin: string): boolean {
  const site = request.headers['sec-fetch-site'];
  if (site !== undefined) return site === 'same-origin' || site === 'none';
  const origin = request.headers.origin;
  if (origin === undefined) return true;
  return origin === publicOrigin || (URL.canParse(origin) && new URL(origin).host === request.headers.host);
}
