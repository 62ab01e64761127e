import { ROUTES } from '@ponte/contracts';

const PREFIX = '/api/v1';

const PATTERNS = ROUTES.map(({ method, path }) => ({
  name: `${method.toUpperCase()} ${path}`,
  method: method.toUpperCase(),
  pattern: new RegExp(`^${PREFIX}${path.replace(/[.]/g, '\\$&').replace(/\{\w+\}/g, '[^/]+')}/?$`, 'i'),
}));

/** The declared route that a request is for; `other` for anything else, whose address may hold any text. */
export function routeName(method: string, path: string): string {
  const found = PATTERNS.filter((route) => route.method === method && route.pattern.test(path));
  // An id's place takes any text: of two that fit, the one without it is meant.
  const literal = found.find(({ name }) => !name.includes('{id}'));
  return (literal ?? found[0])?.name ?? 'other';
}
