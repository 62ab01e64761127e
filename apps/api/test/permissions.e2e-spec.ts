import {
  ROUTES,
  type AccountView,
  type ContactView,
  type List,
  type Problem,
  type Route,
  type SecondFactorSetup,
  type SessionView,
} from '@ponte/contracts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hashSecret, newSecret } from '../src/auth/secrets';
import { codeOf, turnOnSecondFactor } from './setup/authenticator';
import { Client, type Answer } from './setup/client';
import { query } from './setup/database';
import { newMember, type Person } from './setup/people';
import { ADMINISTRATOR, startProduct, until, type Product } from './setup/product';

type Who = 'nobody' | 'stranger' | 'agent' | 'administrator';
type Ids = Record<
  'contact' | 'import' | 'export' | 'member' | 'erasure' | 'invitation' | 'access_token' | 'session',
  number
>;

let product: Product;
let people: Record<Who, Client>;
let elsewhere: Client;
let ids: Ids;
let leaver: Person;
let foreign: Ids;

beforeAll(async () => {
  product = await startProduct();
  const administrator = await (await Client.signedIn(product)).inNewAccount();
  const agent = await newMember(product, administrator, 'agent');
  leaver = await newMember(product, administrator, 'agent');
  elsewhere = await (await Client.signedIn(product)).inNewAccount();
  const stranger = await newMember(product, elsewhere, 'administrator');
  people = {
    nobody: new Client(product, {}, administrator.account),
    stranger: new Client(product, stranger.client.credentials, administrator.account),
    agent: agent.client,
    administrator,
  };
  ids = { ...(await madeBy(administrator)), member: leaver.id };
  foreign = { ...(await madeBy(stranger.client)), member: stranger.id };
  // From here on nothing is written but by calls.
  await until(
    () => query(product.databaseUrl, `SELECT 1 FROM outbox WHERE state = 'waiting'`),
    (waiting) => waiting.length === 0,
  );
});
afterAll(() => product.stop());

/** One of everything in the client's account. */
async function madeBy(client: Client): Promise<Omit<Ids, 'member'>> {
  const run = await client.import('name,phone_number\nAna,+5511987654321\nBia,none\n');
  const made = await client.post<{ id: number }>(client.at('/exports'));
  await client.exportEnd(made.body.id);
  const token = await client.post<{ id: number }>('/profile/access_tokens', { name: 'mine' });
  const sessions = await client.get<List<SessionView>>('/profile/sessions');
  return {
    contact: await newContact(client),
    import: run.id,
    export: made.body.id,
    erasure: await newErasure(client),
    access_token: token.body.id,
    session: sessions.body.payload[0]?.id ?? 0,
    invitation: await newInvitation(client),
  };
}

async function newErasure(client: Client): Promise<number> {
  const { body } = await client.post<{ id: number }>(client.at('/erasures'), { email: 'gone@ponte.example' });
  return body.id;
}

async function newImport(client: Client): Promise<number> {
  return (await client.import('name,phone_number\nAna,+5511987654321\n')).id;
}

async function newExport(client: Client): Promise<number> {
  const { body } = await client.post<{ id: number }>(client.at('/exports'));
  return (await client.exportEnd(body.id)).id;
}

async function newInvitation(client: Client): Promise<number> {
  const invited = { email: `${crypto.randomUUID()}@ponte.example`, name: 'New', role: 'agent' };
  return (await client.post<{ id: number }>(client.at('/members'), invited)).body.id;
}

/** Writes a link down behind the product's back, and answers its secret. */
async function plantLink(sql: string, params: unknown[]): Promise<string> {
  const secret = newSecret();
  await query(product.databaseUrl, sql, [hashSecret(secret), ...params]);
  return secret;
}

/** An invitation of the administrator to that person. */
const plantInvitation = ({ email }: Person) =>
  plantLink(
    `INSERT INTO invitations (token_hashes, account_id, email, name, role, locale, invited_by, expires_at)
     SELECT ARRAY[$1::bytea], account_id, $3, 'Invited', 'agent', 'en', user_id, now() + interval '1 day'
     FROM members WHERE account_id = $2 AND role = 'administrator' ORDER BY user_id LIMIT 1`,
    [people.administrator.account, email],
  );

const plantReset = ({ email }: Person) =>
  plantLink(
    `INSERT INTO password_resets (token_hashes, email_key, expires_at)
     VALUES (ARRAY[$1::bytea], $2, now() + interval '1 hour')`,
    [email],
  );

let contacts = 0;

async function newContact(client: Client): Promise<number> {
  contacts += 1;
  const body = { name: 'Ana', phone_number: `+55119${String(10_000_000 + contacts)}` };
  const created = await client.post<{ payload: { contact: ContactView } }>(client.at('/contacts'), body);
  return created.body.payload.contact.id;
}

/** Which of the ids a route's `{id}` is. */
function idIn(path: string, from: Ids): number {
  const [, name] = /\/(\w+)s\/\{id\}/.exec(path) ?? [];
  return from[name as keyof Ids];
}

const BODIES: Record<string, () => unknown> = {
  'post /auth/sign_in': () => ADMINISTRATOR,
  'post /auth/password_resets': () => ({ email: 'nobody@ponte.example' }),
  'patch /profile': () => ({ locale: 'pt-BR' }),
  'post /profile/access_tokens': () => ({ name: 'another' }),
  'post /accounts': () => ({ name: 'Another' }),
  'delete /accounts/{account_id}': () => ({ name: 'not its name' }),
  'delete /profile': () => ({ current_password: 'not the password' }),
  'post /accounts/{account_id}/erasures/find': () => ({ email: 'gone@ponte.example' }),
  'post /accounts/{account_id}/erasures': () => ({ email: 'gone@ponte.example' }),
  'patch /accounts/{account_id}': () => ({ name: 'Renamed' }),
  'post /accounts/{account_id}/members': () => ({
    email: `${crypto.randomUUID()}@ponte.example`,
    name: 'New',
    role: 'agent',
  }),
  'patch /accounts/{account_id}/members/{id}': () => ({ role: 'agent' }),
  'post /accounts/{account_id}/contacts/filter': () => ({ payload: [] }),
  'post /accounts/{account_id}/contacts': () => ({
    name: 'Bia',
    phone_number: `+55219${String(10_000_000 + ++contacts)}`,
  }),
  'patch /accounts/{account_id}/contacts/{id}': () => ({ name: 'Bia' }),
  'post /accounts/{account_id}/import_mappings/find': () => ({ header: ['Nome', 'Telefone'] }),
  'put /accounts/{account_id}/import_mappings': () => ({
    header: ['Nome', 'Telefone'],
    mapping: { roles: ['name', 'phone_number'], defaults: {} },
  }),
};

function keyOf({ method, path }: Route): string {
  return `${method} ${path}`;
}

/** What a call is about beside its route. */
interface Call {
  client: Client;
  ids: Ids;
  body?: unknown;
}

function call({ client, ids: from, body }: Call, route: Route): Promise<Answer<Problem>> {
  const method = route.method.toUpperCase();
  const path = route.path
    .replace('{account_id}', String(client.account))
    .replace('{id}', String(idIn(route.path, from)));
  if (route.file !== undefined) {
    const form = new FormData();
    form.set(route.file, new Blob(['name,phone_number\nCaio,+5531987654321\n']), 'contacts.csv');
    return client.send(method, path, { body: form });
  }
  if (route.body === undefined && ['get', 'delete'].includes(route.method))
    return client.send(method, path, {});
  return client.send(method, path, {
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body ?? BODIES[keyOf(route)]?.() ?? {}),
  });
}

type Prepared = Promise<{ client?: Client; body?: unknown; ids?: Partial<Ids> }>;

/** Calls that end or change how a person signs in: each is made by a new person of that role, prepared like this. */
const BY_NEW_PERSON: Record<string, (person: Person) => Prepared> = {
  'post /auth/sign_in': async ({ email, password }) => ({ body: { email, password } }),
  'post /auth/sign_out': async () => ({}),
  'delete /accounts/{account_id}/members/me': async () => ({}),
  'delete /profile': async ({ password }) => ({ body: { current_password: password } }),
  'delete /accounts/{account_id}': async ({ client }) => ({
    client: await client.inNewAccount(),
    body: { name: 'Empty' },
  }),
  'delete /profile/sessions': async () => ({}),
  'delete /profile/sessions/{id}': async ({ client }) => {
    const { body } = await client.get<List<SessionView>>('/profile/sessions');
    return { ids: { session: body.payload[0]?.id ?? 0 } };
  },
  'delete /profile/access_tokens/{id}': async ({ client }) => {
    const { body } = await client.post<AccountView>('/profile/access_tokens', { name: 'to go' });
    return { ids: { access_token: body.id } };
  },
  'post /profile/second_factor': async ({ password }) => ({ body: { current_password: password } }),
  'post /profile/second_factor/confirm': async ({ client, password }) => {
    const body = { current_password: password };
    const begun = await client.post<SecondFactorSetup>('/profile/second_factor', body);
    return { body: { code: codeOf(begun.body.secret) } };
  },
  'post /profile/second_factor/recovery_codes': async ({ client, password }) => {
    const { secret } = await turnOnSecondFactor(client, password);
    return { body: { code: codeOf(secret, 1) } };
  },
  'delete /profile/second_factor': async ({ client, password }) => {
    const { secret } = await turnOnSecondFactor(client, password);
    return { body: { current_password: password, code: codeOf(secret, 1) } };
  },
};

/** Calls by the secret of a link, whoever is signed in: each with a new link for a new person. */
const BY_LINK: Record<string, (person: Person) => Prepared> = {
  'post /auth/invitations/find': async (person) => ({ body: { token: await plantInvitation(person) } }),
  'post /auth/invitations/accept': async (person) => ({
    body: { token: await plantInvitation(person), password: person.password },
  }),
  'post /auth/invitations/decline': async (person) => ({ body: { token: await plantInvitation(person) } }),
  'post /auth/password_resets/find': async (person) => ({ body: { token: await plantReset(person) } }),
  'post /auth/password_resets/use': async (person) => ({
    body: { token: await plantReset(person), password: 'ponte sobre o rio' },
  }),
};

/** A new person of that kind, who calls in the administrator's account. */
async function newPersonLike(who: Exclude<Who, 'nobody'>): Promise<Person> {
  const home = who === 'stranger' ? elsewhere : people.administrator;
  const person = await newMember(product, home, who === 'agent' ? 'agent' : 'administrator');
  return { ...person, client: new Client(product, person.client.credentials, people[who].account) };
}

/** Everything that a request could have written, as one text. */
async function everything(): Promise<string> {
  const tables = [
    'accounts',
    'users',
    'members',
    'contacts',
    'imports',
    'import_rejected_rows',
    'import_mappings',
    'pending_files',
    'exports',
    'second_factors',
    'service_keys',
    'erasures',
    'erasure_keys',
  ];
  const parts = tables.map(
    (table) =>
      `SELECT '${table}' AS name, count(*)::text || coalesce(md5(string_agg(t::text, '|' ORDER BY t::text)), '') AS sum FROM ${table} t`,
  );
  // Refusals are written down, and nothing else.
  parts.push(`SELECT 'audit_events', count(*)::text FROM audit_events WHERE action <> 'request_refused'`);
  // Their own rows change when they are used.
  for (const table of [
    'sessions',
    'access_tokens',
    'known_browsers',
    'outbox',
    'invitations',
    'password_resets',
  ])
    parts.push(`SELECT '${table}', count(*)::text FROM ${table}`);
  return JSON.stringify(await query(product.databaseUrl, parts.join(' UNION ALL ')));
}

/** The problem that a caller gets, or null when the route is theirs. */
function refusal({ audience }: Route, who: Who): [number, string] | null {
  if (audience === 'public') return null;
  if (who === 'nobody') return [401, 'sign_in_required'];
  if (audience === 'signed_in') return null;
  if (who === 'stranger') return [404, 'not_found'];
  return audience === 'administrator' && who === 'agent' ? [403, 'not_allowed'] : null;
}

const CALLERS: Who[] = ['nobody', 'stranger', 'agent', 'administrator'];
const CALLS = ROUTES.flatMap((route) => CALLERS.map((who) => ({ key: keyOf(route), who, route })));
const REFUSED = CALLS.filter(({ route, who }) => refusal(route, who) !== null);
const ALLOWED = CALLS.filter(({ route, who }) => refusal(route, who) === null);

describe('those who may not', () => {
  it.each(REFUSED)('$key refuses $who and writes nothing', async ({ route, who }) => {
    const before = await everything();
    const { status, body, headers } = await call({ client: people[who], ids }, route);
    expect([status, body.code]).toEqual(refusal(route, who));
    expect(headers.get('content-type')).toMatch(/^application\/problem\+json/);
    expect(await everything()).toBe(before);
  });
});

describe("another account's ids", () => {
  const own = ROUTES.filter(({ path }) => path.includes('{id}')).map((route) => ({
    key: keyOf(route),
    route,
  }));

  it.each(own)('$key finds nothing and writes nothing', async ({ route }) => {
    const before = await everything();
    for (const id of [idIn(route.path, foreign), 999_999_999, '0', '01', '1e3', 'x', '9'.repeat(30), '%00']) {
      const from = Object.fromEntries(Object.keys(ids).map((kind) => [kind, id])) as Ids;
      const { status, body } = await call({ client: people.administrator, ids: from }, route);
      expect([id, status, body.code]).toEqual([id, 404, 'not_found']);
    }
    expect(await everything()).toBe(before);
  });

  it.each(['0', '-1', '01', '1.0', 'x', '9'.repeat(30)])('account %s is not there', async (account) => {
    const { status, body } = await people.administrator.get<Problem>(`/accounts/${account}/contacts`);
    expect([status, body.code]).toEqual([404, 'not_found']);
  });
});

describe('those who may', () => {
  // The only import has ended: who may cancel it is told so.
  const OTHER_ANSWERS: Record<string, number> = {
    'post /accounts/{account_id}/imports/{id}/cancel': 409,
  };

  it.each(ALLOWED)('$key answers $who', async ({ key, route, who }) => {
    const prepare = BY_LINK[key] ?? (who === 'nobody' ? undefined : BY_NEW_PERSON[key]);
    if (prepare !== undefined) {
      const person = await newPersonLike(who === 'nobody' ? 'stranger' : who);
      const usual = who === 'nobody' ? people.nobody : person.client;
      const { client = usual, body, ids: own } = await prepare(person);
      const answer = await call({ client, ids: { ...ids, ...own }, body }, route);
      expect(answer.status).toBe(route.status);
      return;
    }
    const client = people[who];
    const isGone = route.method === 'delete';
    const target = { ...ids };
    if (isGone && key.includes('/contacts/')) target.contact = await newContact(client);
    if (isGone && key.includes('/invitations/')) target.invitation = await newInvitation(client);
    if (isGone && key.includes('/members/')) target.member = (await newMember(product, client, 'agent')).id;
    if (isGone && key.includes('/imports/')) target.import = await newImport(client);
    if (isGone && key.includes('/exports/')) target.export = await newExport(client);
    if (isGone && key.includes('/erasures/')) target.erasure = await newErasure(client);
    expect((await call({ client, ids: target }, route)).status).toBe(OTHER_ANSWERS[key] ?? route.status);
  });

  it('stop being so at once when they are removed or their role changes', async () => {
    const { client, id } = leaver;
    const { administrator } = people;
    const imports = async () => (await client.get<Problem>(client.at('/imports'))).status;
    expect(await imports()).toBe(403);
    await administrator.patch(administrator.at(`/members/${id}`), { role: 'administrator' });
    expect(await imports()).toBe(200);
    await administrator.patch(administrator.at(`/members/${id}`), { role: 'agent' });
    expect(await imports()).toBe(403);
    await administrator.delete(administrator.at(`/members/${id}`));
    expect(await imports()).toBe(404);
  });

  it('always include one administrator', async () => {
    const client = await people.administrator.inNewAccount();
    const me = (await client.get<{ user: { id: number } }>('/profile')).body.user.id;
    const other = await newMember(product, client, 'administrator');
    const demote = (by: Client, id: number) => by.patch<Problem>(by.at(`/members/${id}`), { role: 'agent' });
    const answers = await Promise.all([demote(client, other.id), demote(other.client, me)]);
    // At the same moment: one of the two goes through.
    expect(answers.map(({ status }) => status).sort()).not.toEqual([200, 200]);
    const [last] = await query<{ user_id: string; count: string }>(
      product.databaseUrl,
      `SELECT min(user_id) AS user_id, count(*) FROM members WHERE account_id = $1 AND role = 'administrator'`,
      [client.account],
    );
    expect(last?.count).toBe('1');
    const survivor = Number(last?.user_id) === me ? client : other.client;
    expect((await demote(survivor, Number(last?.user_id))).body.code).toBe('last_administrator');
    expect((await survivor.delete<Problem>(survivor.at(`/members/${last?.user_id}`))).body.code).toBe(
      'last_administrator',
    );
  });
});
