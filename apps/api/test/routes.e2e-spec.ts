import { ROUTES } from '@ponte/contracts';
import { describe, expect, it } from 'vitest';
import { handlers } from './setup/served-routes';

/** The service's own addresses, outside `/api/v1`. */
const OUTSIDE = /^get \/(health|metrics|api\/docs|caught-mail)/;

describe("the server's routes", () => {
  it('are the declared ones and no others', () => {
    const served = handlers.map(({ key }) => key).filter((key) => !OUTSIDE.test(key));
    expect(served.sort()).toEqual(ROUTES.map(({ method, path }) => `${method} ${path}`).sort());
  });

  it.each(ROUTES.map((route) => [`${route.method} ${route.path}`, route] as const))(
    '%s lets in whom the contract names',
    (key, { audience, path }) => {
      const handler = handlers.find((candidate) => candidate.key === key);
      expect(handler?.isPublic).toBe(audience === 'public');
      expect(handler?.permission !== undefined).toBe(path.startsWith('/accounts/'));
    },
  );
});
