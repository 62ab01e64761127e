import { ROUTES, type Route } from '@ponte/contracts';
import type { Request } from 'express';

const PREFIX = '/api/v1';

const BY_KEY = new Map(ROUTES.map((route) => [`${route.method} ${route.path}`, route]));

/** Ids as addresses have them; what cannot be an id is another address. */
const PATTERNS = ROUTES.map((route) => ({
  method: route.method.toUpperCase(),
  pattern: new RegExp(
    `^${PREFIX}${route.path.replaceAll('.', '\\.').replace(/\{\w+\}/g, '[1-9]\\d{0,15}')}/?$`,
    'i',
  ),
}));

/** The declared route whose handler answers this request; undefined outside the API. */
export function routeOf(request: Request): Route | undefined {
  const { path } = request.route as { path?: unknown };
  if (typeof path !== 'string' || !path.startsWith(PREFIX)) return undefined;
  const method = request.method === 'HEAD' ? 'get' : request.method.toLowerCase();
  return BY_KEY.get(`${method} ${path.slice(PREFIX.length).replace(/:(\w+)/g, '{$1}')}`);
}

/** The whole path that was asked for: behind the prefix of a router `request.path` lacks it. */
export function pathOf({ originalUrl }: Request): string {
  return originalUrl.split('?', 1)[0] ?? '';
}

/** The methods that an address takes, for `Allow`; empty for an address that is not there. */
export function allowedMethods(path: string): string[] {
  const methods = PATTERNS.flatMap(({ method, pattern }) => (pattern.test(path) ? [method] : []));
  if (methods.length === 0) return [];
  return [...new Set([...methods, ...(methods.includes('GET') ? ['HEAD'] : []), 'OPTIONS'])].sort();
}
