import type { Problem } from '@ponte/contracts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Client } from './setup/client';
import { ADMINISTRATOR, AGENT, startProduct, type Product } from './setup/product';

const FAILURES = 3;

describe('an installation behind HTTPS and a proxy that allows few failures', () => {
  let product: Product;
  let anonymous: Client;

  beforeAll(async () => {
    const env = {
      PONTE_PUBLIC_URL: 'https://ponte.example',
      PONTE_SIGN_IN_FAILURES: String(FAILURES),
      PONTE_TRUSTED_PROXIES: '127.0.0.1',
    };
    product = await startProduct({ worker: false, env });
    anonymous = new Client(product);
  });
  afterAll(() => product.stop());

  const signIn = (who: object, address: string) =>
    anonymous.post<Problem>('/auth/sign_in', who, { 'x-forwarded-for': address });

  it('sets cookies that browsers keep to this host and to HTTPS', async () => {
    const { headers } = await signIn(ADMINISTRATOR, '192.0.2.1');
    const cookies = headers.getSetCookie();
    expect(cookies.map((cookie) => cookie.split('=', 1)[0])).toEqual([
      '__Host-ponte_session',
      '__Host-ponte_browser',
    ]);
    for (const cookie of cookies) {
      expect(cookie).toMatch(/^[\w-]+=[\w-]{43}; /);
      for (const attribute of ['HttpOnly', 'Secure', 'SameSite=Lax', 'Path=/'])
        expect(cookie.split('; ')).toContain(attribute);
      expect(cookie).not.toMatch(/Domain/i);
    }
    const session = { cookie: cookies[0]?.split(';', 1)[0] ?? '' };
    expect((await anonymous.get('/profile', session)).status).toBe(200);
    expect(headers.get('strict-transport-security')).toMatch(/max-age=\d{7,}/);
  });

  it('makes an address wait after its failures, whoever it tries to be', async () => {
    const address = '192.0.2.2';
    for (let failure = 1; failure <= FAILURES; failure += 1) {
      const { body } = await signIn({ email: `nobody-${failure}@ponte.example`, password: 'wrong' }, address);
      expect(body.code).toBe('credentials_wrong');
    }
    const { status, body, headers } = await signIn(ADMINISTRATOR, address);
    expect([status, body.code]).toEqual([429, 'too_many_requests']);
    const seconds = Number(headers.get('retry-after'));
    expect(seconds).toBeGreaterThan(800);
    expect(seconds).toBeLessThanOrEqual(900);
    expect(body.params).toEqual({ seconds });
    expect((await signIn(ADMINISTRATOR, '192.0.2.3')).status).toBe(200);
  });

  it('does not make a person wait for what others try from elsewhere', async () => {
    for (let failure = 1; failure <= FAILURES * 2; failure += 1) {
      const wrong = { email: AGENT.email, password: 'wrong' };
      expect((await signIn(wrong, `198.51.100.${failure}`)).status).toBe(401);
    }
    expect((await signIn(AGENT, '198.51.100.99')).status).toBe(200);
  });
});
