import type { NextFunction, Response } from 'express';
import { SESSION_COOKIES, readCookie } from './cookies';
import type { PonteRequest } from './caller';
import { writeProblem } from './problem.filter';
import { RequestProblem } from './request-problem';

const SAFE_METHODS = new Set(['GET', 'HEAD', 'OPTIONS']);

/**
 * Refuses writes that another site sends with our cookie. Browsers say where a request comes from (`Sec-Fetch-Site`,
 * `Origin`); programs say neither and carry no cookie of a browser, so they need no token of ours.
 */
export function refuseCrossSiteWrites(publicOrigin: string) {
  return (request: PonteRequest, response: Response, next: NextFunction): void => {
    if (SAFE_METHODS.has(request.method) || isOwn(request, publicOrigin)) {
      next();
      return;
    }
    const hasCookie = SESSION_COOKIES.some((name) => readCookie(request, name) !== null);
    const isSignIn = request.path.endsWith('/auth/sign_in');
    if (!hasCookie && !isSignIn) next();
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
