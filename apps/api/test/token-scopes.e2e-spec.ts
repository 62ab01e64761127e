import { ROUTES, TOKEN_SCOPES, type DryRun, type Problem, type TokenScope } from '@ponte/contracts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Client } from './setup/client';
import { startProduct, type Product } from './setup/product';

/** What a token needs for a route: a scope, nothing at all, or it is closed to every token. */
type Need = TokenScope | 'nothing' | 'closed';

// Written out by hand, route by route, so that a new route is decided about on purpose.
const NEEDS: Record<string, Need> = {
  'post /auth/sign_in': 'nothing',
  'post /auth/sign_out': 'nothing',
  'post /auth/password_resets': 'nothing',
  'post /auth/password_resets/find': 'nothing',
  'post /auth/password_resets/use': 'nothing',
  'post /auth/invitations/find': 'nothing',
  'post /auth/invitations/accept': 'nothing',
  'post /auth/invitations/decline': 'nothing',
  'get /profile': 'nothing',
  'patch /profile': 'closed',
  'delete /profile': 'closed',
  'get /profile/sessions': 'closed',
  'delete /profile/sessions': 'closed',
  'delete /profile/sessions/{id}': 'closed',
  'post /profile/second_factor': 'closed',
  'post /profile/second_factor/confirm': 'closed',
  'post /profile/second_factor/recovery_codes': 'closed',
  'delete /profile/second_factor': 'closed',
  'get /profile/access_tokens': 'closed',
  'post /profile/access_tokens': 'closed',
  'delete /profile/access_tokens/{id}': 'closed',
  'post /accounts': 'closed',
  'patch /accounts/{account_id}': 'closed',
  'delete /accounts/{account_id}': 'closed',
  'get /accounts/{account_id}/members': 'read',
  'post /accounts/{account_id}/members': 'closed',
  'delete /accounts/{account_id}/members/me': 'closed',
  'patch /accounts/{account_id}/members/{id}': 'closed',
  'delete /accounts/{account_id}/members/{id}': 'closed',
  'get /accounts/{account_id}/invitations': 'closed',
  'post /accounts/{account_id}/invitations/{id}/resend': 'closed',
  'delete /accounts/{account_id}/invitations/{id}': 'closed',
  'get /accounts/{account_id}/audit_events': 'closed',
  'get /accounts/{account_id}/audit_events.csv': 'closed',
  'post /accounts/{account_id}/erasures/find': 'closed',
  'post /accounts/{account_id}/erasures': 'closed',
  'get /accounts/{account_id}/erasures': 'closed',
  'delete /accounts/{account_id}/erasures/{id}': 'closed',
  'get /accounts/{account_id}/contacts': 'read',
  'get /accounts/{account_id}/contacts/search': 'read',
  'post /accounts/{account_id}/contacts/search': 'read',
  'post /accounts/{account_id}/contacts/filter': 'read',
  'post /accounts/{account_id}/contacts': 'contacts',
  'get /accounts/{account_id}/contacts/{id}': 'read',
  'patch /accounts/{account_id}/contacts/{id}': 'contacts',
  'delete /accounts/{account_id}/contacts/{id}': 'contacts',
  'get /accounts/{account_id}/contacts/import/sample': 'imports',
  'get /accounts/{account_id}/contacts/import/template': 'imports',
  'post /accounts/{account_id}/contacts/import': 'imports',
  'post /accounts/{account_id}/contacts/export': 'exports',
  'post /accounts/{account_id}/imports': 'imports',
  'post /accounts/{account_id}/imports/dry_run': 'imports',
  'post /accounts/{account_id}/import_mappings/find': 'imports',
  'put /accounts/{account_id}/import_mappings': 'imports',
  'get /accounts/{account_id}/imports': 'imports',
  'get /accounts/{account_id}/imports/{id}': 'imports',
  'delete /accounts/{account_id}/imports/{id}': 'imports',
  'get /accounts/{account_id}/imports/{id}/events': 'imports',
  'get /accounts/{account_id}/imports/{id}/rejected_rows': 'imports',
  'get /accounts/{account_id}/imports/{id}/rejected_rows.csv': 'imports',
  'post /accounts/{account_id}/imports/{id}/cancel': 'imports',
  'post /accounts/{account_id}/exports': 'exports',
  'get /accounts/{account_id}/exports': 'exports',
  'get /accounts/{account_id}/exports/{id}': 'exports',
  'delete /accounts/{account_id}/exports/{id}': 'exports',
  'get /accounts/{account_id}/exports/{id}/file': 'exports',
};

/** The refusal of a token that has only this scope, or null. */
function refusal(need: Need, scope: TokenScope): [number, string] | null {
  if (need === 'nothing' || need === scope) return null;
  return need === 'closed' ? [403, 'token_not_allowed'] : [403, 'token_scope_missing'];
}

let product: Product;
let tokens: Record<TokenScope, Client>;
let administrator: Client;

beforeAll(async () => {
  product = await startProduct({ worker: false });
  administrator = await Client.signedIn(product);
  const entries: [TokenScope, Client][] = [];
  for (const scope of TOKEN_SCOPES) entries.push([scope, await administrator.withToken([scope])]);
  tokens = Object.fromEntries(entries) as Record<TokenScope, Client>;
});
afterAll(() => product.stop());

it('is decided for every route', () => {
  expect(Object.keys(NEEDS).sort()).toEqual(ROUTES.map(({ method, path }) => `${method} ${path}`).sort());
});

describe.each(TOKEN_SCOPES)('a token that may %s alone', (scope) => {
  it.each(ROUTES.map((route) => ({ key: `${route.method} ${route.path}`, route })))(
    '$key',
    async ({ key, route }) => {
      const client = tokens[scope];
      const path = route.path.replace('{account_id}', String(client.account)).replace('{id}', '999999999');
      const init = ['get', 'delete'].includes(route.method)
        ? {}
        : { headers: { 'content-type': 'application/json' }, body: '{}' };
      const { status, body } = await client.send<Problem>(route.method.toUpperCase(), path, init);
      const expected = refusal(NEEDS[key] ?? 'closed', scope);
      if (expected === null) expect(String(body.code)).not.toMatch(/^(token_|sign_in_required|not_allowed)/);
      else expect([status, body.code]).toEqual(expected);
      if (body.code === 'token_scope_missing') expect(body.params).toEqual({ scope: NEEDS[key] });
    },
  );
});

it('shows what contacts are like in a dry run only to a token that may read', async () => {
  const file = 'name,phone_number\nAna Maria,+5511987650009\n';
  const owner = tokens.contacts;
  await owner.post(owner.at('/contacts'), { name: 'Ana', phone_number: '+5511987650009' });
  const foresee = async (client: Client) =>
    (await client.upload<DryRun>(file, { path: '/imports/dry_run' })).body;
  const counts = { rows: { total: 1, updated: 1 } };
  expect(await foresee(tokens.imports)).toMatchObject({ ...counts, updates: [] });
  const both = await administrator.withToken(['imports', 'read']);
  expect(await foresee(both)).toMatchObject({ ...counts, updates: [{ before: { name: 'Ana' } }] });
});
