import type { INestApplicationContext } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import type { ErasurePlace } from '@ponte/contracts';
import { createHash } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import S3rver from 's3rver';
import type { DataSource } from 'typeorm';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { migratedConfig, openContext } from './setup/app-context';
import { newExport, newImport, newPerson, type TestPerson } from './setup/rows';
import { CopyForSearch } from '../src/contacts/copy-for-search';
import { ExportEntity } from '../src/exports/export.entity';
import { RunExport } from '../src/exports/run-export';
import { ImportEntity } from '../src/imports/import.entity';
import { RunImport } from '../src/imports/run-import';
import type { AccountContext } from '../src/platform/http/caller';
import { MailModule } from '../src/platform/mail';
import { Leases } from '../src/platform/queue/leases';
import { FileStorage } from '../src/platform/storage/file-storage';
import { StorageModule } from '../src/platform/storage/storage.module';
import { Retention } from '../src/retention/retention';
import { ErasuresModule } from '../src/erasures';
import { Erasures } from '../src/erasures/erasures';
import { PersonSearch } from '../src/erasures/person-search';
import { ImportMappings } from '../src/imports/import-mappings';
import { rateLimit, spend } from '../src/platform/http/rate-limit';
import { PendingFiles } from '../src/platform/storage/pending-files';

const NAME = 'Aninha Exemplar';
const EMAIL = 'aninha@exemplar.example';
const PHONE = '+5511987651234';
/** Whatever of this is left anywhere is left of the person. */
const TRACES = ['aninha', 'exemplar.example', '987651234', '98765-1234', '8765-1234'];

/** What an erasure does in each table. A table without a line fails a test. */
const TABLES: Record<string, ErasurePlace | `nothing: ${string}`> = {
  accounts: 'nothing: it is the company, not a person among its contacts',
  users: 'nothing: people who sign in delete themselves',
  members: 'nothing: ids and a role',
  invitations: 'nothing: people who are asked to sign in; they are revoked, and go 30 days after they expire',
  password_resets: 'nothing: of people who sign in; kept two days',
  sessions: 'nothing: a hash and an id',
  access_tokens: 'nothing: a program of a person who signs in',
  known_browsers: 'nothing: hashes and ids of people who sign in',
  second_factors: 'nothing: of people who sign in',
  service_keys: 'nothing: random keys',
  rate_limits: 'nothing: hashes and numbers, for an hour at most',
  processes: 'nothing: ids and times of processes',
  contacts: 'contacts',
  contact_search: 'contacts',
  contact_changes: 'nothing: ids of contacts',
  contact_counts: 'nothing: numbers',
  imports: 'stored_files',
  import_lanes: 'nothing: numbers and codes',
  import_rejected_rows: 'rejected_rows',
  import_mappings: 'import_mappings',
  exports: 'export_queries',
  outbox: 'outbox',
  jobs: 'nothing: ids',
  pending_files: 'nothing: names that we generate',
  audit_events: 'nothing: ids, codes and numbers; who did what is kept',
  audit_chains: 'nothing: hashes of events',
  erasures: 'nothing: keyed hashes, which keep the person out',
  erasure_keys: 'nothing: a random key',
  migrations: 'nothing: the schema',
};

let app: INestApplicationContext;
let dataSource: DataSource;
let storage: FileStorage;
let erasures: Erasures;
let person: TestPerson;

const here = (): AccountContext => ({
  accountId: person.accountId,
  role: 'administrator',
  caller: { userId: person.userId, name: '', email: '', locale: 'en', via: 'session' },
});

const WHO = { phone_number: '(11) 98765-1234', email: EMAIL.toUpperCase() };
const never = new AbortController().signal;

async function readAll(key: string): Promise<string> {
  const pieces: Uint8Array[] = [];
  for await (const piece of storage.read(key)) pieces.push(Uint8Array.from(piece));
  return Buffer.concat(pieces).toString();
}

/** Every table as text. */
async function tablesAsText(): Promise<Record<string, string>> {
  const tables = await dataSource.query<{ name: string }[]>(
    `SELECT table_name AS name FROM information_schema.tables WHERE table_schema = 'public' ORDER BY 1`,
  );
  const texts: Record<string, string> = {};
  for (const { name } of tables) {
    const rows = await dataSource.query<{ text: string }[]>(`SELECT t::text AS text FROM ${name} AS t`);
    texts[name] = rows.map(({ text }) => text.toLowerCase()).join('\n');
  }
  return texts;
}

const withTraces = (texts: Record<string, string>) =>
  Object.keys(texts).filter((name) => TRACES.some((trace) => texts[name]?.includes(trace)));

async function stored(key: string, content: string): Promise<string> {
  await storage.write(
    key,
    (async function* () {
      yield Buffer.from(content);
    })(),
  );
  return key;
}

const HEADER = 'name,phone_number,email\r\n';
const FILE = `${HEADER}Bia,+5511900000001,bia@p.br\r\n${NAME},"(11) 98765-1234",\r\n${NAME},x,${EMAIL}\r\nCaio,+5521900000002,\r\n`;

async function importOf(content: string, values: Record<string, unknown> = {}): Promise<number> {
  const key = await stored(`uploads/${crypto.randomUUID()}.csv`, content);
  const file = {
    storage_key: key,
    file_bytes: Buffer.byteLength(content),
    file_sha256: createHash('sha256').update(content).digest(),
    rows_total: content.split('\r\n').length - 2,
  };
  return newImport(dataSource, person, { ...file, ...values });
}

async function importRun(content: string): Promise<number> {
  const id = await importOf(content);
  await app.get(RunImport).runs.run(id);
  return id;
}

async function exportRun(values: Record<string, unknown>): Promise<number> {
  const id = await newExport(dataSource, person, values);
  await app.get(RunExport).runs.run(id);
  return id;
}

const sumOf = async (id: number) => {
  const [row] = await dataSource.query<{ total: number; sum: number; failed: number; state: string }[]>(
    `SELECT state, rows_total AS total, rows_failed AS failed,
       rows_created + rows_updated + rows_unchanged + rows_skipped + rows_failed AS sum FROM imports WHERE id = $1`,
    [id],
  );
  return row;
};

const pendingFiles = () => app.get(PendingFiles, { strict: false });

/** As if the account had searched or erased as often as it may. */
async function spendAll(name: 'person_search' | 'person_erasure'): Promise<void> {
  const limit = rateLimit(dataSource, name, 60, 3600);
  for (let used = 0; used < 60; used++) await spend(limit, `account ${person.accountId}`);
}

const contactCount = async (phones: string[]): Promise<number> =>
  (
    await dataSource.query<{ count: number }[]>(
      'SELECT count(*) FROM contacts WHERE account_id = $1 AND phone_number = ANY ($2)',
      [person.accountId, phones],
    )
  )[0]?.count ?? 0;

async function open(variables: Record<string, string>): Promise<void> {
  const config = await migratedConfig('embedded', { PONTE_BATCH_ROWS: '10', ...variables });
  const features = TypeOrmModule.forFeature([ImportEntity, ExportEntity]);
  ({ app, dataSource } = await openContext(config, {
    imports: [StorageModule, MailModule, ErasuresModule, features],
    providers: [RunImport, RunExport, Leases, Retention, CopyForSearch],
  }));
  storage = app.get(FileStorage);
  erasures = app.get(Erasures, { strict: false });
}

let directory: string;
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'ponte-erasures-'));
});
afterAll(() => rm(directory, { recursive: true, force: true }));

/** One of everything in which the person can be. */
async function keepEverywhere(): Promise<Record<string, number>> {
  const finished = await importRun(FILE);
  const ok = await importRun(`${HEADER}${NAME},${PHONE},${EMAIL}\r\n`);
  const { accountId, userId } = person;
  await dataSource.query(
    `UPDATE imports SET file_name = $2, ignored_columns = jsonb_build_array($3::text) WHERE id = $1`,
    [finished, `lista de ${NAME}.csv`, EMAIL],
  );
  await dataSource.query(
    `INSERT INTO import_mappings (account_id, header_sha256, mapping, updated_by) VALUES ($1, '\\x01', $2, $3)`,
    [accountId, { roles: ['name'], defaults: { phone_number: '11 8765-1234' } }, userId],
  );
  await dataSource.query(
    `INSERT INTO outbox (kind, subject_id, to_address, locale, data) VALUES ('import_refused', 1, $1, 'en', $2)`,
    [EMAIL, { account_id: accountId, path: '/' }],
  );
  const csv = await exportRun({ q: NAME });
  const xlsx = await exportRun({ format: 'xlsx' });
  const names = await exportRun({
    column_names: '["name"]',
    payload: JSON.stringify([
      { attribute_key: 'phone_number', filter_operator: 'contains', values: ['98765-1234'] },
    ]),
  });
  const other = await exportRun({ q: 'Caio' });
  await app.get(CopyForSearch).copyWhatIsDue();
  return { finished, ok, csv, xlsx, names, other };
}

describe.each(['disk', 'S3'])('a person is erased, files on %s', (kind) => {
  let server: S3rver | null = null;
  beforeAll(async () => {
    if (kind === 'disk') return open({ PONTE_DATA_DIR: join(directory, 'disk') });
    const buckets = [{ name: 'ponte', configs: [] }];
    const options = { address: '127.0.0.1', port: 0, silent: true, configureBuckets: buckets };
    server = new S3rver({ ...options, directory: join(directory, 's3') });
    const { port } = await server.run();
    await open({
      S3_ENDPOINT: `http://127.0.0.1:${port}`,
      S3_BUCKET: 'ponte',
      S3_ACCESS_KEY_ID: 'S3RVER',
      S3_SECRET_ACCESS_KEY: 'S3RVER',
    });
  });
  afterAll(async () => {
    await app.close();
    await server?.close();
  });
  beforeEach(async () => {
    person = await newPerson(dataSource);
  });
  afterEach(async () => {
    await dataSource.query(`UPDATE accounts SET erasures = 0`);
    for (const table of ['contacts', 'imports', 'exports', 'import_mappings', 'outbox', 'erasures'])
      await dataSource.query(`DELETE FROM ${table}`);
    await app.get(CopyForSearch).copyWhatIsDue();
  });

  it('found in every place and handed out, and nobody else', async () => {
    const ids = await keepEverywhere();
    const { found, records } = await erasures.find(here(), WHO, never);
    expect(found).toEqual({
      contacts: 1,
      rejected_rows: 2,
      stored_files: 2,
      export_files: 3,
      export_queries: 2,
      import_mappings: 1,
      outbox: 1,
    });
    const [file] = records.filter(({ id, place }) => place === 'stored_files' && id === ids['finished']);
    expect(file?.data['rows']).toEqual([
      { line: 3, cells: [NAME, '(11) 98765-1234', ''] },
      { line: 4, cells: [NAME, 'x', EMAIL] },
    ]);
    expect(JSON.stringify(records)).not.toMatch(/bia|caio/i);
    const searched = await dataSource.query<object[]>(
      `SELECT count, details FROM audit_events WHERE action = 'person_searched' AND account_id = $1`,
      [person.accountId],
    );
    expect(searched).toEqual([{ count: 12, details: {} }]);
  });

  it('everywhere: nothing is left in any table or file, and every sum closes', async () => {
    const ids = await keepEverywhere();
    const before = await dataSource.query<{ key: string }[]>(
      'SELECT storage_key AS key FROM imports UNION ALL SELECT storage_key FROM exports',
    );
    expect(withTraces(await tablesAsText())).toEqual([
      'contact_search',
      'contacts',
      'exports',
      'import_mappings',
      'import_rejected_rows',
      'imports',
      'outbox',
    ]);
    const view = await erasures.erase(here(), WHO);
    expect(view).toMatchObject({
      created_by: { id: person.userId },
      erased: { contacts: 1, rejected_rows: 2 },
    });
    expect(view.finished_at).not.toBeNull();
    expect(withTraces(await tablesAsText())).toEqual([]);
    await app.get(CopyForSearch).copyWhatIsDue();
    expect(withTraces(await tablesAsText())).toEqual([]);
    const left = await Promise.all(before.map(({ key }) => readAll(key).catch(() => null)));
    // The one export in which the person is not.
    expect(left.filter((text) => text !== null)).toHaveLength(1);
    for (const text of left) if (text !== null) expect(withTraces({ file: text.toLowerCase() })).toEqual([]);
    expect(await sumOf(ids['finished'] ?? 0)).toMatchObject({ total: 4, sum: 4, failed: 2 });
    expect(await contactCount(['+5511900000001', '+5521900000002'])).toBe(2);
    const pending = await dataSource.query<object[]>('SELECT * FROM pending_files');
    expect(pending).toEqual([]);
  });

  it('and the files go too when the process dies before it removes them', async () => {
    await keepEverywhere();
    await erasures.erase(here(), WHO);
    const key = await stored('uploads/left.csv', FILE);
    await dataSource.query(`INSERT INTO pending_files (storage_key, created_at) VALUES ($1, '-infinity')`, [
      key,
    ]);
    await pendingFiles().removeAbandoned();
    await expect(readAll(key)).rejects.toThrow('No file');
  });

  it('and neither a later file nor another notation of the number brings them back', async () => {
    await erasures.erase(here(), WHO);
    const later = await importRun(
      `${HEADER}${NAME},${PHONE},\r\n${NAME},+551187651234,\r\n${NAME},11 8765-1234,\r\nX,+5511900000009,${EMAIL}\r\nDora,+5511900000003,\r\n`,
    );
    const [run] = await dataSource.query<{ by: object; created: number }[]>(
      'SELECT rejected_by_code AS by, rows_created AS created FROM imports WHERE id = $1',
      [later],
    );
    expect(run).toEqual({ by: { person_erased: 4 }, created: 1 });
    expect(await sumOf(later)).toMatchObject({ state: 'finished', total: 5, sum: 5 });
    expect(withTraces(await tablesAsText())).toEqual([]);
    await app.get(Retention).sweep();
    const [{ key = '' } = {}] = await dataSource.query<{ key: string | null }[]>(
      'SELECT storage_key AS key FROM imports WHERE id = $1',
      [later],
    );
    expect(key).toBeNull();
  });

  it('until an administrator lets them come back', async () => {
    const { id } = await erasures.erase(here(), WHO);
    expect((await erasures.list(here(), 1, 15)).payload.map((view) => view.id)).toEqual([id]);
    await erasures.lift(here(), id);
    await importRun(`${HEADER}${NAME},${PHONE},${EMAIL}\r\n`);
    expect(await contactCount([PHONE])).toBe(1);
    await expect(erasures.lift(here(), id)).rejects.toMatchObject({ code: 'not_found' });
  });

  it('by the e-mail alone, with the phone of the contact that has it', async () => {
    await importRun(`${HEADER}${NAME},${PHONE},${EMAIL}\r\n`);
    await erasures.erase(here(), { email: EMAIL });
    await importRun(`${HEADER}${NAME},${PHONE},\r\n`);
    expect(await contactCount([PHONE])).toBe(0);
  });

  it('by the phone alone, and another contact with their e-mail stays', async () => {
    await importRun(`${HEADER}${NAME},${PHONE},${EMAIL}\r\nFilho,+5511900000004,${EMAIL}\r\n`);
    await erasures.erase(here(), { phone_number: PHONE });
    expect(await contactCount([PHONE, '+5511900000004'])).toBe(1);
  });

  it('of one account: another keeps its own', async () => {
    const other = person;
    await importRun(`${HEADER}${NAME},${PHONE},${EMAIL}\r\n`);
    person = await newPerson(dataSource);
    expect((await erasures.erase(here(), WHO)).erased.contacts).toBe(0);
    person = other;
    expect(await contactCount([PHONE])).toBe(1);
  });

  it('twice is one erasure', async () => {
    await erasures.erase(here(), { phone_number: PHONE });
    await erasures.erase(here(), WHO);
    expect((await erasures.list(here(), 1, 15)).meta.count).toBe(1);
  });

  it('once when several processes are asked to at the same time, and each is answered', async () => {
    await importRun(`${HEADER}${NAME},${PHONE},${EMAIL}\r\n`);
    const another = () => new Erasures(dataSource, app.get(PersonSearch, { strict: false }), pendingFiles());
    const views = await Promise.all([erasures, another(), another()].map((one) => one.erase(here(), WHO)));
    expect(views.map(({ erased }) => erased.contacts).sort()).toEqual([0, 0, 1]);
    expect(views.map((view) => view.finished_at)).not.toContain(null);
    expect((await erasures.list(here(), 1, 15)).meta.count).toBe(1);
  });

  it('although no search is left', async () => {
    await spendAll('person_search');
    await expect(erasures.find(here(), WHO, never)).rejects.toMatchObject({ code: 'too_many_requests' });
    expect((await erasures.erase(here(), WHO)).finished_at).not.toBeNull();
  });

  it('or not at all when no erasure is left', async () => {
    await spendAll('person_erasure');
    await expect(erasures.erase(here(), WHO)).rejects.toMatchObject({ code: 'too_many_requests' });
    expect((await erasures.list(here(), 1, 15)).meta.count).toBe(0);
    await importRun(`${HEADER}${NAME},${PHONE},${EMAIL}\r\n`);
    expect(await contactCount([PHONE])).toBe(1);
  });

  it.each(['csv', 'xlsx'])(
    'out of %s files of names alone that have their name, no others',
    async (format) => {
      const name = '=Ana <A> & "B_x0041_"';
      const quoted = `"${name.replaceAll('"', '""')}"`;
      await importRun(`${HEADER}${quoted},${PHONE},\r\nMari${name.slice(1)} Lima,+5511900000001,\r\n`);
      const names = { format, column_names: '["name"]' };
      const all = await exportRun(names);
      const other = await exportRun({ ...names, q: 'Mari' });
      await erasures.erase(here(), { phone_number: PHONE });
      const kept = await dataSource.query<{ id: number }[]>(
        'SELECT id FROM exports WHERE storage_key IS NOT NULL AND id = ANY ($1)',
        [[all, other]],
      );
      expect(kept).toEqual([{ id: other }]);
    },
  );

  it.each([{ email: EMAIL }, { phone_number: '11 8765-1234' }])(
    'and no mapping gives %j to empty cells',
    async (defaults) => {
      await erasures.erase(here(), WHO);
      const mapping = { roles: ['name' as const], defaults };
      const saved = new ImportMappings(dataSource).save(here(), { header: ['Nome'], mapping });
      await expect(saved).rejects.toMatchObject({ code: 'person_erased' });
    },
  );

  it('although it was cut off: they are kept out from its beginning, and erasing again ends it', async () => {
    await importRun(`${HEADER}${NAME},${PHONE},${EMAIL}\r\n`);
    const broken = await newImport(dataSource, person, { storage_key: 'THIS IS NO KEY', state: 'finished' });
    await expect(erasures.erase(here(), WHO)).rejects.toThrow(TypeError);
    const [cut] = (await erasures.list(here(), 1, 15)).payload;
    expect(cut).toMatchObject({ finished_at: null, erased: { contacts: 0 } });
    const begun = await dataSource.query<object[]>(
      `SELECT user_id, subject_id FROM audit_events WHERE action = 'erasure_begun' AND account_id = $1`,
      [person.accountId],
    );
    expect(begun).toEqual([{ user_id: person.userId, subject_id: cut?.id }]);
    const later = await importRun(`${HEADER}${NAME},${PHONE},${EMAIL}\r\n`);
    expect(await sumOf(later)).toMatchObject({ failed: 1 });
    await dataSource.query('DELETE FROM imports WHERE id = $1', [broken]);
    expect((await erasures.erase(here(), WHO)).erased.contacts).toBe(1);
    expect((await erasures.list(here(), 1, 15)).payload.map((view) => view.finished_at)).not.toContain(null);
    expect(withTraces(await tablesAsText())).toEqual([]);
  });

  it('also out of a file whose import goes on, once that has ended', async () => {
    const waiting = await importOf(FILE);
    await erasures.erase(here(), WHO);
    await app.get(Retention).sweep();
    await app.get(RunImport).runs.run(waiting);
    expect(await sumOf(waiting)).toMatchObject({ state: 'finished', total: 4, sum: 4, failed: 2 });
    await app.get(Retention).sweep();
    const [row] = await dataSource.query<{ key: string | null; by: object }[]>(
      'SELECT storage_key AS key, rejected_by_code AS by FROM imports WHERE id = $1',
      [waiting],
    );
    expect(row).toEqual({ key: null, by: { person_erased: 2 } });
    expect(withTraces(await tablesAsText())).toEqual([]);
  });

  it('and a title that names them goes when the run that compares it has ended', async () => {
    const header = ['name', 'phone_number', 'email', `of ${EMAIL}`];
    const waiting = await importOf(`${header.join(',')}\r\nBia,+5511900000001,,\r\n`, {
      file_name: `${EMAIL}.csv`,
      columns: { header, fields: { name: 0, phone_number: 1, email: 2, width: 4 } },
    });
    await erasures.erase(here(), WHO);
    await app.get(RunImport).runs.run(waiting);
    expect(await sumOf(waiting)).toMatchObject({ state: 'finished', total: 1, sum: 1, failed: 0 });
    await app.get(Retention).sweep();
    expect(withTraces(await tablesAsText())).toEqual([]);
  });

  it('also while the run writes: rows that it has read already do not come', async () => {
    const rows = Array.from({ length: 600 }, (_, row) => `P${row},+55119${String(10_000_000 + row)},\r\n`);
    const content = `${HEADER}${rows.join('')}${NAME},${PHONE},${EMAIL}\r\n`;
    const id = await importOf(content);
    const running = app.get(RunImport).runs.run(id);
    await erasures.erase(here(), WHO);
    await running;
    expect(await contactCount([PHONE])).toBe(0);
    expect(await sumOf(id)).toMatchObject({ state: 'finished', total: 601, sum: 601 });
  });

  it('and an export that goes on begins again', async () => {
    const id = await newExport(dataSource, person, {
      state: 'running',
      fence: 3,
      lease_until: new Date(Date.now() + 60_000),
    });
    await erasures.erase(here(), WHO);
    const [run] = await dataSource.query<{ fence: number; free: boolean }[]>(
      'SELECT fence, lease_until <= now() AS free FROM exports WHERE id = $1',
      [id],
    );
    expect(run).toEqual({ fence: 4, free: true });
  });

  it('and whose search is still exported is not searched for nobody', async () => {
    const id = await newExport(dataSource, person, { q: EMAIL });
    await erasures.erase(here(), WHO);
    await app.get(RunExport).runs.run(id);
    const [ended] = await dataSource.query<{ rows: number }[]>(
      'SELECT rows_done AS rows FROM exports WHERE id = $1',
      [id],
    );
    expect(ended).toEqual({ rows: 0 });
    await app.get(Retention).sweep();
    const [gone] = await dataSource.query<object[]>('SELECT q, storage_key FROM exports WHERE id = $1', [id]);
    expect(gone).toEqual({ q: '…', storage_key: null });
  });

  it.each([
    [{}, 'phone_number'],
    [{ phone_number: 'abc' }, 'phone_number'],
    [{ phone_number: '98765-1234' }, 'phone_number'],
    [{ phone_number: `${PHONE} / +5511900000001` }, 'phone_number'],
    [{ email: 'none' }, 'email'],
  ])('%j names nobody', async (body, field) => {
    await expect(erasures.erase(here(), body)).rejects.toMatchObject({
      code: 'request_invalid',
      details: { issues: [{ field }] },
    });
  });

  it('and each table says what that means for it', async () => {
    expect(Object.keys(await tablesAsText()).sort()).toEqual(Object.keys(TABLES).sort());
  });
});
