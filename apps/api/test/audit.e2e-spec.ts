import {
  ROUTES,
  type AuditAction,
  type AuditEventView,
  type ContactView,
  type ErasureView,
  type ExportView,
  type List,
  type Problem,
} from '@ponte/contracts';
import { readCsv } from '@ponte/tabular';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Client } from './setup/client';
import { query } from './setup/database';
import { newMember, type Person } from './setup/people';
import { startProduct, until, type Product } from './setup/product';

let product: Product;
let client: Client;
let agent: Person;

beforeAll(async () => {
  product = await startProduct();
  client = await (await Client.signedIn(product)).inNewAccount();
  agent = await newMember(product, client, 'agent');
});
afterAll(() => product.stop());

/** What each route writes into the audit, or why nothing. A new route without a line fails. */
const EVENTS: Record<string, readonly AuditAction[] | `none: ${string}`> = {
  'post /auth/sign_in': ['signed_in', 'sign_in_failed'],
  'post /auth/sign_out': ['signed_out'],
  'post /auth/password_resets': ['password_reset_requested'],
  'post /auth/password_resets/find': 'none: reads',
  'post /auth/password_resets/use': ['password_reset', 'signed_in'],
  'post /auth/invitations/find': 'none: reads',
  'post /auth/invitations/accept': ['member_added', 'signed_in'],
  'post /auth/invitations/decline': ['invitation_declined'],
  'get /profile': 'none: reads',
  'patch /profile': ['profile_changed', 'password_changed', 'password_check_failed'],
  'delete /profile': ['profile_deleted', 'member_left'],
  'get /profile/sessions': 'none: reads',
  'delete /profile/sessions': ['session_ended'],
  'delete /profile/sessions/{id}': ['session_ended'],
  'post /profile/second_factor': 'none: it counts once it is confirmed',
  'post /profile/second_factor/confirm': ['second_factor_turned_on'],
  'post /profile/second_factor/recovery_codes': ['recovery_codes_made'],
  'delete /profile/second_factor': ['second_factor_turned_off'],
  'get /profile/access_tokens': 'none: reads',
  'post /profile/access_tokens': ['access_token_created'],
  'delete /profile/access_tokens/{id}': ['access_token_revoked'],
  'post /accounts': ['account_created'],
  'patch /accounts/{account_id}': ['account_changed'],
  'delete /accounts/{account_id}': ['account_deleted'],
  'get /accounts/{account_id}/members': 'none: reads',
  'post /accounts/{account_id}/members': ['member_invited'],
  'delete /accounts/{account_id}/members/me': ['member_left'],
  'patch /accounts/{account_id}/members/{id}': ['role_changed'],
  'delete /accounts/{account_id}/members/{id}': ['member_removed'],
  'get /accounts/{account_id}/invitations': 'none: reads',
  'post /accounts/{account_id}/invitations/{id}/resend': ['invitation_sent_again'],
  'delete /accounts/{account_id}/invitations/{id}': ['invitation_revoked'],
  'get /accounts/{account_id}/audit_events': 'none: reads',
  'get /accounts/{account_id}/audit_events.csv': ['audit_downloaded'],
  'post /accounts/{account_id}/erasures/find': ['person_searched'],
  'post /accounts/{account_id}/erasures': ['erasure_begun', 'person_erased'],
  'get /accounts/{account_id}/erasures': 'none: reads',
  'delete /accounts/{account_id}/erasures/{id}': ['erasure_lifted'],
  'get /accounts/{account_id}/contacts': 'none: a page of what every member may see',
  'get /accounts/{account_id}/contacts/search': 'none: a page of what every member may see',
  'post /accounts/{account_id}/contacts/search': 'none: a page of what every member may see',
  'post /accounts/{account_id}/contacts/filter': 'none: a page of what every member may see',
  'post /accounts/{account_id}/contacts': ['contact_created'],
  'get /accounts/{account_id}/contacts/{id}': 'none: one contact of what every member may see',
  'patch /accounts/{account_id}/contacts/{id}': ['contact_changed'],
  'delete /accounts/{account_id}/contacts/{id}': ['contact_deleted'],
  'get /accounts/{account_id}/contacts/import/sample': 'none: our own example',
  'get /accounts/{account_id}/contacts/import/template': 'none: our own example',
  'post /accounts/{account_id}/contacts/import': ['import_created', 'import_ended', 'import_refused'],
  'post /accounts/{account_id}/contacts/export': ['export_created', 'export_ended'],
  'post /accounts/{account_id}/imports': ['import_created', 'import_ended', 'import_refused'],
  'post /accounts/{account_id}/imports/dry_run': ['import_dry_run'],
  'post /accounts/{account_id}/import_mappings/find': 'none: reads',
  'put /accounts/{account_id}/import_mappings': ['mapping_saved'],
  'get /accounts/{account_id}/imports': 'none: reads',
  'get /accounts/{account_id}/imports/{id}': 'none: reads',
  'delete /accounts/{account_id}/imports/{id}': ['import_deleted'],
  'get /accounts/{account_id}/imports/{id}/events': 'none: reads',
  'get /accounts/{account_id}/imports/{id}/rejected_rows': 'none: a page of what administrators may see',
  'get /accounts/{account_id}/imports/{id}/rejected_rows.csv': ['rejected_rows_downloaded'],
  'post /accounts/{account_id}/imports/{id}/cancel': ['import_cancelled', 'import_ended'],
  'post /accounts/{account_id}/exports': ['export_created', 'export_ended'],
  'get /accounts/{account_id}/exports': 'none: reads',
  'get /accounts/{account_id}/exports/{id}': 'none: reads',
  'delete /accounts/{account_id}/exports/{id}': ['export_deleted'],
  'get /accounts/{account_id}/exports/{id}/file': ['export_downloaded'],
};

it('says of every route what it writes', () => {
  expect(Object.keys(EVENTS).sort()).toEqual(ROUTES.map(({ method, path }) => `${method} ${path}`).sort());
});

const PHONE = '+5511987650001';
const FILE = `name,phone_number\nAna Única,${PHONE}\nBia,none\n`;

async function events(by = client, filter = ''): Promise<AuditEventView[]> {
  const { status, body } = await by.get<List<AuditEventView>>(by.at(`/audit_events?per_page=100${filter}`));
  expect(status).toBe(200);
  return body.payload;
}

type Expected = [action: AuditAction, via: AuditEventView['via'], count: number | null, details: object];

/** One of everything that this account's administrator does, with the event that it must leave. */
async function doOneOfEverything(by: Client): Promise<Expected[]> {
  const done: Expected[] = [['account_created', 'session', null, {}]];
  const note = (...event: Expected) => void done.push(event);

  const created = await by.post<{ payload: { contact: ContactView } }>(by.at('/contacts'), {
    name: 'Caio',
    phone_number: '+5521987650002',
  });
  const contact = by.at(`/contacts/${created.body.payload.contact.id}`);
  note('contact_created', 'session', null, {});
  await by.patch(contact, { name: 'Caio C.' });
  note('contact_changed', 'session', null, { fields: ['name'] });
  await by.delete(contact);
  note('contact_deleted', 'session', null, {});

  await by.dryRun(FILE);
  note('import_dry_run', 'session', 2, {});
  const run = await by.import(FILE);
  note('import_created', 'session', 2, {});
  note('import_ended', 'service', 2, { state: 'finished', created: 1, updated: 0, failed: 1 });
  await by.upload('name\nAna\n');
  note('import_refused', 'session', null, { code: 'import_missing_column' });
  await by.get(by.at(`/imports/${run.id}/rejected_rows.csv`));
  note('rejected_rows_downloaded', 'session', 1, {});
  await by.put(by.at('/import_mappings'), {
    header: ['Nome', 'Fone'],
    mapping: { roles: ['name', 'phone_number'], defaults: {} },
  });
  note('mapping_saved', 'session', 2, {});

  const exported = await by.post<ExportView>(by.at('/exports'), { q: 'Ana' });
  note('export_created', 'session', null, {});
  await by.exportEnd(exported.body.id);
  note('export_ended', 'service', 1, { state: 'finished' });
  await by.get(by.at(`/exports/${exported.body.id}/file`));
  note('export_downloaded', 'session', 1, {});
  await by.delete(by.at(`/exports/${exported.body.id}`));
  note('export_deleted', 'session', null, {});

  await by.post(by.at('/erasures/find'), { phone_number: PHONE });
  note('person_searched', 'session', 2, {});
  const erased = await by.post<ErasureView>(by.at('/erasures'), { phone_number: PHONE });
  note('erasure_begun', 'session', null, {});
  note('person_erased', 'session', 2, erased.body.erased);
  await by.delete(by.at(`/erasures/${erased.body.id}`));
  note('erasure_lifted', 'session', null, {});
  await by.delete(by.at(`/imports/${run.id}`));
  note('import_deleted', 'session', null, {});

  const member = await newMember(product, by, 'agent');
  await by.patch(by.at(`/members/${member.id}`), { role: 'administrator' });
  note('role_changed', 'session', null, { role: 'administrator' });
  await by.delete(by.at(`/members/${member.id}`));
  note('member_removed', 'session', null, {});
  await by.get(by.at('/audit_events.csv'));
  note('audit_downloaded', 'session', expect.any(Number) as number, {});
  return done;
}

describe('the audit', () => {
  it('has one event for each thing that was done, in its order, and nothing of any person', async () => {
    const by = await (await Client.signedIn(product)).inNewAccount();
    const me = (await by.get<{ user: { id: number; name: string } }>('/profile')).body.user;
    const done = await doOneOfEverything(by);
    const listed = (await events(by)).reverse();
    expect(listed.map(({ action, via, count, details }) => [action, via, count, details])).toEqual(done);
    for (const { actor, via, address } of listed) {
      expect(actor).toEqual({ id: me.id, name: me.name });
      expect(address).toBe(via === 'service' ? null : '127.0.0.1');
    }
    const rows = await query<{ text: string }>(
      product.databaseUrl,
      'SELECT audit_events::text AS text FROM audit_events WHERE account_id = $1',
      [by.account],
    );
    for (const trace of ['ana', 'caio', '98765', '@', '.csv'])
      expect(rows.filter(({ text }) => text.toLowerCase().includes(trace))).toEqual([]);
  });

  it('knows programs by their token', async () => {
    const by = await (await Client.signedIn(product)).inNewAccount();
    const program = await by.withToken();
    await program.post(program.at('/contacts'), { name: 'Ana', phone_number: PHONE });
    const [last] = await events(by);
    expect(last).toMatchObject({
      action: 'contact_created',
      via: 'token',
      details: { token_id: expect.any(Number) },
    });
  });

  it('tells an administrator what members did without an account, since they have belonged to it', async () => {
    const by = await (await Client.signedIn(product)).inNewAccount();
    const member = await newMember(product, by, 'agent');
    await Client.signedIn(product, member);
    const own = await events(by, `&user_id=${member.id}`);
    expect(own.map(({ action }) => action)).toEqual(['signed_in', 'signed_in']);
    await query(product.databaseUrl, `UPDATE members SET created_at = now() WHERE user_id = $1`, [member.id]);
    expect(await events(by, `&user_id=${member.id}`)).toEqual([]);
  });

  it('is read by its filters, page by page, newest first', async () => {
    const by = await (await Client.signedIn(product)).inNewAccount();
    for (let at = 0; at < 5; at += 1)
      await by.post(by.at('/contacts'), { name: 'Ana', phone_number: `+551198765100${at}` });
    const all = await events(by);
    expect(all.map(({ action }) => action)).toEqual([
      ...Array<string>(5).fill('contact_created'),
      'account_created',
    ]);
    expect(await events(by, '&action=account_created')).toEqual(all.slice(5));
    const [, , middle] = all;
    expect(await events(by, `&until=${middle?.created_at}`)).toEqual(all.slice(3));
    expect((await events(by, `&since=${middle?.created_at}`)).length).toBeGreaterThanOrEqual(3);
    const page = await by.get<List<AuditEventView>>(by.at('/audit_events?per_page=2&page=2'));
    expect(page.body).toEqual({ meta: { count: 6, current_page: 2 }, payload: all.slice(2, 4) });
    expect(await events(by, '&user_id=999999')).toEqual([]);
    expect((await by.get<Problem>(by.at('/audit_events?action=unknown'))).status).toBe(422);
  });

  it('is the same as a CSV', async () => {
    const by = await (await Client.signedIn(product)).inNewAccount();
    await query(product.databaseUrl, `UPDATE users SET name = '=cmd|1' WHERE id = 1`);
    const listed = await events(by);
    const { body, headers } = await by.get<string>(by.at('/audit_events.csv'));
    await query(product.databaseUrl, `UPDATE users SET name = 'Administração' WHERE id = 1`);
    expect(headers.get('content-type')).toBe('text/csv; charset=utf-8');
    const limits = { maxRows: 1_000, maxColumns: 100, maxCellBytes: 10_000 };
    const rows: (readonly string[])[] = [];
    const bytes = (async function* () {
      yield Buffer.from(body);
    })();
    for await (const batch of readCsv(bytes, { limits })) rows.push(...batch.map(({ cells }) => cells));
    expect(rows[0]?.slice(0, 5)).toEqual(['id', 'created_at', 'action', 'actor_id', 'actor_name']);
    expect(rows.slice(1).map(([id, , action, , name]) => [Number(id), action, name])).toEqual(
      listed.map(({ id, action }) => [id, action, "'=cmd|1"]),
    );
  });
});

describe('refusals', () => {
  const refused = (by: Client) =>
    until(
      () => events(by, '&action=request_refused'),
      (found) => found.length > 0,
    );

  it('are an event with who, what and where', async () => {
    const { client: by, id } = agent;
    await by.delete(by.at('/contacts/1'));
    expect((await refused(client))[0]).toMatchObject({
      actor: { id },
      via: 'session',
      address: '127.0.0.1',
      count: 1,
      details: { code: 'not_allowed', route: 'DELETE /accounts/{account_id}/contacts/{id}' },
    });
  });

  it('from other sites too, without a word of what was asked for', async () => {
    const answer = await client.send<Problem>('POST', '/ana@x.com', {
      headers: { 'sec-fetch-site': 'cross-site' },
    });
    expect(answer.body.code).toBe('cross_site_request');
    const look = () =>
      query<{ details: object }>(
        product.databaseUrl,
        `SELECT via, address, account_id, details FROM audit_events WHERE details->>'code' = 'cross_site_request'`,
      );
    expect(await until(look, (rows) => rows.length > 0)).toEqual([
      {
        via: 'anonymous',
        address: '127.0.0.1',
        account_id: null,
        details: { code: 'cross_site_request', route: 'other' },
      },
    ]);
  });

  it('do not fill the table, and none is lost when the process stops', async () => {
    const own = await startProduct({ worker: false });
    const by = await (await Client.signedIn(own)).inNewAccount();
    const member = await newMember(own, by, 'agent');
    const ask = () => member.client.get(by.at('/audit_events'));
    for (let at = 0; at < 20; at += 1) await Promise.all(Array.from({ length: 10 }, ask));
    own.http.kill('SIGTERM');
    await once(own.http, 'exit');
    const rows = await query<{ count: number; events: number }>(
      own.databaseUrl,
      `SELECT sum(count)::int AS count, count(*)::int AS events FROM audit_events WHERE action = 'request_refused'`,
    );
    await own.stop();
    expect(rows).toEqual([{ count: 200, events: 2 }]);
  });
});

describe('operator.js verify-audit', () => {
  async function verify(...args: string[]): Promise<{ code: number; out: string; err: string }> {
    const program = resolve(import.meta.dirname, '../../../dist/apps/api/operator.js');
    const env = {
      PATH: process.env['PATH'] ?? '',
      DATABASE_URL: product.databaseUrl,
      SMTP_URL: 'smtp://127.0.0.1:1',
    };
    const child = spawn(process.execPath, [program, ...args], { env });
    let out = '';
    let err = '';
    child.stdout.on('data', (piece) => (out += String(piece)));
    child.stderr.on('data', (piece) => (err += String(piece)));
    const [code] = (await once(child, 'close')) as [number];
    return { code, out, err };
  }

  it('prints heads to keep, knows them again, and finds what was changed', async () => {
    const directory = await mkdtemp(join(tmpdir(), 'ponte-audit-'));
    const heads = join(directory, 'heads');
    const first = await verify('verify-audit');
    expect([first.code, first.err]).toEqual([0, expect.stringContaining('is whole')]);
    await writeFile(heads, first.out);
    await client.post('/accounts', { name: 'One more' });
    expect((await verify('verify-audit', '--head', heads)).code).toBe(0);
    await query(product.databaseUrl, 'ALTER TABLE audit_events DISABLE TRIGGER ALL');
    await query(product.databaseUrl, 'UPDATE audit_events SET user_id = 99 WHERE id = 2');
    await query(product.databaseUrl, 'ALTER TABLE audit_events ENABLE TRIGGER ALL');
    const changed = await verify('verify-audit', '--head', heads);
    expect([changed.code, changed.err]).toEqual([1, expect.stringContaining('event 2: ')]);
    await rm(directory, { recursive: true });
  });

  it.each([
    [[]],
    [['unknown']],
    [['verify-audit', '--heads']],
    [['verify-audit', '--head', '/dev/null', 'x']],
  ])('says how it is used: %j', async (args) => {
    const { code, err } = await verify(...args);
    expect([code, err]).toEqual([2, expect.stringContaining('Usage')]);
  });
});
