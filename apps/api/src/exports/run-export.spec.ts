import type { INestApplicationContext } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { bytesSource, openTable } from '@ponte/tabular';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import type { DataSource } from 'typeorm';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { migratedConfig, openContext } from '../../test/setup/app-context';
import { until } from '../../test/setup/product';
import { newExport, newPerson, type TestPerson } from '../../test/setup/rows';
import type { Config } from '../platform/config/config';
import { MailModule } from '../platform/mail';
import { Leases } from '../platform/queue/leases';
import { FileStorage } from '../platform/storage/file-storage';
import { StorageModule } from '../platform/storage/storage.module';
import { ExportEntity } from './export.entity';
import { RunExport } from './run-export';

let directory: string;
let config: Config;
let worker: Worker;
let person: TestPerson;

interface Worker {
  app: INestApplicationContext;
  dataSource: DataSource;
  runExport: RunExport;
}

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'ponte-exports-'));
  config = await migratedConfig('embedded', { PONTE_DATA_DIR: directory, PONTE_LEASE_SECONDS: '3' });
});
afterAll(() => rm(directory, { recursive: true, force: true }));
beforeEach(async () => {
  worker = await startWorker();
  person = await newPerson(worker.dataSource);
});
afterEach(async () => {
  await worker.dataSource.query('DROP TRIGGER IF EXISTS test_disturbs ON outbox');
  await worker.app.close();
});

/** One worker process without its queue: the test wakes it. */
async function startWorker(): Promise<Worker> {
  const { app, dataSource } = await openContext(config, {
    imports: [TypeOrmModule.forFeature([ExportEntity]), MailModule, StorageModule],
    providers: [RunExport, Leases],
  });
  return { app, dataSource, runExport: app.get(RunExport) };
}

async function addContacts(
  accountId: number,
  contacts: [name: string, phone: string, email: string | null][],
): Promise<void> {
  for (const [name, phone, email] of contacts) {
    await worker.dataSource.query(
      `INSERT INTO contacts (account_id, name, phone_number, email, created_at, updated_at)
       VALUES ($1, $2, $3, $4, '2026-03-12T14:05:09.120Z', '2026-03-13T00:00:00Z')`,
      [accountId, name, phone, email],
    );
  }
}

/** More than one piece of the export, in a few thousand rows. */
async function addMany(count: number, accountId = person.accountId, from = 1): Promise<void> {
  await worker.dataSource.query(
    `INSERT INTO contacts (account_id, name, phone_number)
     SELECT $1, 'Person ' || n, '+5511' || (900000000 + n) FROM generate_series($2::int, $3::int) AS n`,
    [accountId, from, from + count - 1],
  );
}

const newRun = (values: Record<string, unknown> = {}) => newExport(worker.dataSource, person, values);
const runOf = (id: number) => worker.dataSource.manager.findOneByOrFail(ExportEntity, { id });

async function fileOf(id: number): Promise<string> {
  const { storageKey } = await runOf(id);
  return (await buffer(worker.app.get(FileStorage).read(storageKey ?? 'none'))).toString('utf8');
}

/** The names in the exported file, without its header. */
async function namesIn(id: number): Promise<string[]> {
  const lines = (await fileOf(id)).split('\r\n').slice(1, -1);
  return lines.map((line) => line.split(',')[0] ?? '');
}

/** Everything that is stored, unfinished pieces included. */
async function storedFiles(): Promise<string[]> {
  const entries = await readdir(join(directory, 'files'), { recursive: true, withFileTypes: true }).catch(
    () => [],
  );
  return entries.filter((entry) => entry.isFile()).map(({ name }) => name);
}

const mailsAbout = (id: number) =>
  worker.dataSource.query<{ kind: string; data: Record<string, unknown> }[]>(
    `SELECT kind, data FROM outbox WHERE subject_id = $1 AND kind LIKE 'export%'`,
    [id],
  );

/**
 * Lets the storage take the header and one piece of the next file, and no more until `release`. A real disk may be as
 * slow, only not when a test wants it.
 */
function holdStorage(): { hasPiece: Promise<void>; release: () => void } {
  const storage = worker.app.get(FileStorage);
  const write = storage.write.bind(storage);
  const [hasPiece, reached] = signpost();
  const [released, release] = signpost();
  const held = async function* (content: AsyncIterable<Uint8Array>) {
    let pieces = 0;
    for await (const piece of content) {
      yield piece;
      pieces += 1;
      if (pieces === 2) {
        reached();
        await released;
      }
    }
  };
  storage.write = (key, content, signal) => write(key, held(content), signal);
  return { hasPiece, release };
}

function signpost(): [passed: Promise<void>, pass: () => void] {
  let pass = (): void => undefined;
  const passed = new Promise<void>((resolve) => (pass = resolve));
  return [passed, pass];
}

const CONTACTS: [string, string, string | null][] = [
  ['Ana Lima', '+5511987654321', 'ana@example.com'],
  ['Comércio, "O Bom" Ltda.', '+5521912345678', null],
  ['=1+1', '+553135550003', 'x@example.com'],
];

describe('RunExport', () => {
  it('writes what a spreadsheet opens, and ends once', async () => {
    await addContacts(person.accountId, CONTACTS);
    const id = await newRun();
    await worker.runExport.runs.run(id);
    expect(await fileOf(id)).toBe(
      '\ufeffname,phone_number,email\r\n' +
        'Ana Lima,+5511987654321,ana@example.com\r\n' +
        '"Comércio, ""O Bom"" Ltda.",+5521912345678,\r\n' +
        "'=1+1,+553135550003,x@example.com\r\n",
    );
    const run = await runOf(id);
    expect(run).toMatchObject({ state: 'finished', error: null, rowsTotal: 3, rowsDone: 3 });
    expect(run.fileBytes).toBe(Buffer.byteLength(await fileOf(id)));
    const hours = ((run.expiresAt?.getTime() ?? 0) - Date.now()) / 3_600_000;
    expect(hours).toBeGreaterThan(71.9);
    expect(hours).toBeLessThanOrEqual(72);
    const mails = await mailsAbout(id);
    expect(mails).toMatchObject([{ kind: 'export_ready', data: { export_id: id, rows: 3 } }]);
    expect(JSON.stringify(mails)).not.toMatch(/Lima|\+55/);
    const files = await storedFiles();
    await worker.runExport.runs.run(id);
    expect(await runOf(id)).toEqual(run);
    expect(await mailsAbout(id)).toHaveLength(1);
    expect(await storedFiles()).toEqual(files);
  });

  it('writes the chosen columns in the chosen order', async () => {
    await addContacts(person.accountId, CONTACTS.slice(0, 1));
    const id = await newRun({ column_names: '["created_at","email","id","updated_at"]' });
    await worker.runExport.runs.run(id);
    const [header, row] = (await fileOf(id)).replace('\ufeff', '').split('\r\n');
    expect(header).toBe('created_at,email,id,updated_at');
    const [created, email, contactId, updated] = (row ?? '').split(',');
    expect(new Date(created ?? '')).toEqual(new Date('2026-03-12T14:05:09.120Z'));
    expect(email).toBe('ana@example.com');
    expect(contactId).toMatch(/^\d+$/);
    expect(new Date(updated ?? '')).toEqual(new Date('2026-03-13T00:00:00Z'));
  });

  it('writes a workbook whose sheet is named in the language of whoever asked for it', async () => {
    await addContacts(person.accountId, CONTACTS);
    const id = await newRun({ format: 'xlsx' });
    await worker.runExport.runs.run(id);
    const run = await runOf(id);
    expect(run).toMatchObject({ state: 'finished', format: 'xlsx', rowsTotal: 3, rowsDone: 3 });
    const bytes = await buffer(worker.app.get(FileStorage).read(run.storageKey ?? 'none'));
    expect(run.fileBytes).toBe(bytes.length);
    const limits = { maxRows: 100, maxColumns: 10, maxCellBytes: 1000 };
    const table = await openTable(bytesSource(bytes), { limits, locale: 'pt-BR' });
    const rows: (string | null)[][] = [];
    for await (const batch of table.rows())
      rows.push(...batch.map(({ cells: [a, b, c] }) => [a ?? '', b ?? '', c ?? null]));
    expect(table.detection.sheets.map(({ name }) => name)).toEqual(['Contatos']);
    expect(table.header).toEqual(['name', 'phone_number', 'email']);
    expect(rows).toEqual(CONTACTS);
  });

  it('lets go of database and storage when a workbook is cut off', async () => {
    await addMany(60_000);
    const before = await storedFiles();
    const id = await newRun({ format: 'xlsx' });
    const { hasPiece } = holdStorage();
    const running = worker.runExport.runs.run(id);
    await hasPiece;
    const stopping = worker.runExport.runs.stop();
    await Promise.all([running, stopping]);
    expect(await storedFiles()).toEqual(before);
    expect(await runOf(id)).toMatchObject({ state: 'running', storageKey: null });
    const busy = `SELECT 1 FROM pg_stat_activity WHERE query LIKE 'COPY%' AND state = 'active' AND datname = current_database()`;
    expect(await worker.dataSource.query(busy)).toEqual([]);
  });

  it('writes a header alone for an account without contacts', async () => {
    const id = await newRun();
    await worker.runExport.runs.run(id);
    expect(await fileOf(id)).toBe('\ufeffname,phone_number,email\r\n');
    expect(await runOf(id)).toMatchObject({ state: 'finished', rowsTotal: 0 });
  });

  it('never looks into another account, whatever the filter says', async () => {
    const stranger = await newPerson(worker.dataSource);
    await addContacts(stranger.accountId, CONTACTS);
    await addContacts(person.accountId, CONTACTS.slice(0, 1));
    const any = [
      { attribute_key: 'name', filter_operator: 'contains', values: ['nobody'], query_operator: 'or' },
      { attribute_key: 'name', filter_operator: 'is_present', values: [] },
    ];
    for (const values of [{}, { payload: JSON.stringify(any) }, { q: 'o' }, { q: 'ana' }]) {
      const id = await newRun(values);
      await worker.runExport.runs.run(id);
      expect(await namesIn(id)).toEqual(['Ana Lima']);
    }
  });

  it.each([
    ['the search', { q: 'comercio' }, ['"Comércio']],
    ['a phone in any notation', { q: '(31) 3555-0003' }, ["'=1+1"]],
    [
      'the filter',
      {
        payload: JSON.stringify([{ attribute_key: 'email', filter_operator: 'is_not_present', values: [] }]),
      },
      ['"Comércio'],
    ],
    [
      'both',
      {
        q: 'example.com',
        payload: JSON.stringify([{ attribute_key: 'name', filter_operator: 'contains', values: ['lima'] }]),
      },
      ['Ana Lima'],
    ],
    ['a search without a find', { q: 'nobody' }, []],
  ])('obeys %s', async (_, values, names) => {
    await addContacts(person.accountId, CONTACTS);
    const id = await newRun(values);
    await worker.runExport.runs.run(id);
    expect(await namesIn(id)).toEqual(names);
    expect(await runOf(id)).toMatchObject({ rowsTotal: names.length, rowsDone: names.length });
  });

  it('writes every contact once, piece after piece', async () => {
    await addMany(12_345);
    const id = await newRun();
    await worker.runExport.runs.run(id);
    const names = await namesIn(id);
    expect(names).toHaveLength(12_345);
    expect(new Set(names).size).toBe(12_345);
    expect(await runOf(id)).toMatchObject({ rowsTotal: 12_345, rowsDone: 12_345 });
  });

  it.each([
    ['close together', 10],
    ['far from each other', 5_000],
  ])(
    'writes the contacts of an account in their order, with others between that lie %s',
    async (_, others) => {
      const other = await newPerson(worker.dataSource);
      await addMany(1_000, person.accountId, 1);
      await addMany(others, other.accountId);
      await addMany(1_000, person.accountId, 1_001);
      // Its row moves to the end of the table, and has its id still.
      await worker.dataSource.query(
        `UPDATE contacts SET name = 'Person 7', email = 'a@example.com' WHERE account_id = $1 AND name = 'Person 7'`,
        [person.accountId],
      );
      await worker.dataSource.query(`DELETE FROM contacts WHERE account_id = $1 AND name = 'Person 1'`, [
        person.accountId,
      ]);
      const id = await newRun();
      await worker.runExport.runs.run(id);
      expect(await namesIn(id)).toEqual(Array.from({ length: 1_999 }, (__, index) => `Person ${index + 2}`));
    },
  );

  it('is one snapshot although contacts change meanwhile', async () => {
    // More than connection and pieces hold: the database is still reading.
    await addMany(60_000);
    const id = await newRun();
    const { hasPiece, release } = holdStorage();
    const running = worker.runExport.runs.run(id);
    await hasPiece;
    const { accountId } = person;
    await worker.dataSource.query(
      `UPDATE contacts SET name = 'Changed' WHERE account_id = $1 AND id % 3 = 0`,
      [accountId],
    );
    await worker.dataSource.query('DELETE FROM contacts WHERE account_id = $1 AND id % 3 = 1', [accountId]);
    await addContacts(accountId, [['Late', '+5511999999999', null]]);
    release();
    await running;
    expect(await namesIn(id)).toEqual(Array.from({ length: 60_000 }, (_, index) => `Person ${index + 1}`));
    expect(await runOf(id)).toMatchObject({ state: 'finished', rowsTotal: 60_000, rowsDone: 60_000 });
  });

  it('shows how far it is while it runs', async () => {
    await addMany(11_000);
    const id = await newRun();
    const { release } = holdStorage();
    const running = worker.runExport.runs.run(id);
    const isAhead = ({ rowsDone, rowsTotal }: ExportEntity) => rowsDone > 0 && rowsTotal !== null;
    const { state, rowsDone, rowsTotal } = await until(() => runOf(id), isAhead);
    expect({ state, rowsTotal }).toEqual({ state: 'running', rowsTotal: 11_000 });
    expect(rowsDone).toBeGreaterThan(0);
    expect(rowsDone).toBeLessThan(11_000);
    release();
    await running;
    expect(await runOf(id)).toMatchObject({ state: 'finished', rowsTotal: 11_000, rowsDone: 11_000 });
  });
});

describe('an export that is disturbed', () => {
  it('leaves nothing behind when another worker has taken it', async () => {
    await addMany(11_000);
    const before = await storedFiles();
    const id = await newRun();
    const { hasPiece, release } = holdStorage();
    const running = worker.runExport.runs.run(id);
    await hasPiece;
    await worker.dataSource.query(
      `UPDATE exports SET fence = fence + 1, lease_until = '2999-01-01' WHERE id = $1`,
      [id],
    );
    release();
    await running;
    expect(await runOf(id)).toMatchObject({ state: 'running', storageKey: null, expiresAt: null });
    expect(await mailsAbout(id)).toEqual([]);
    expect(await storedFiles()).toEqual(before);
  });

  it('is handed over by a worker that stops, and begun again by another', async () => {
    await addMany(60_000);
    const before = await storedFiles();
    const id = await newRun();
    const { hasPiece } = holdStorage();
    const running = worker.runExport.runs.run(id);
    await hasPiece;
    const stopping = worker.runExport.runs.stop();
    await Promise.all([running, stopping]);
    expect(await storedFiles()).toEqual(before);
    const other = await startWorker();
    await other.runExport.runs.run(id);
    expect(await runOf(id)).toMatchObject({ state: 'finished', rowsDone: 60_000 });
    expect(await namesIn(id)).toHaveLength(60_000);
    expect(await storedFiles()).toHaveLength(before.length + 1);
    expect(await mailsAbout(id)).toHaveLength(1);
    await other.app.close();
  });

  it('keeps no file of a run that it could not end', async () => {
    await addContacts(person.accountId, CONTACTS);
    const before = await storedFiles();
    await worker.dataSource
      .query(`CREATE OR REPLACE FUNCTION test_disturbs() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN RAISE EXCEPTION 'broken' USING ERRCODE = 'XX000'; END $$`);
    await worker.dataSource.query(
      'CREATE TRIGGER test_disturbs BEFORE INSERT ON outbox FOR EACH ROW EXECUTE FUNCTION test_disturbs()',
    );
    const id = await newRun();
    await expect(worker.runExport.runs.run(id)).rejects.toThrow('broken');
    expect(await runOf(id)).toMatchObject({ state: 'running', storageKey: null });
    expect(await storedFiles()).toEqual(before);
    await worker.dataSource.query('DROP TRIGGER test_disturbs ON outbox');
    await worker.dataSource.query(`UPDATE exports SET lease_until = '2000-01-01' WHERE id = $1`, [id]);
    await worker.runExport.runs.run(id);
    expect(await runOf(id)).toMatchObject({ state: 'finished', rowsDone: 3 });
    expect(await storedFiles()).toHaveLength(before.length + 1);
  });

  it.each([
    ['an agent now', `UPDATE members SET role = 'agent' WHERE user_id = $1`, ['export_failed']],
    // The account has no other administrator who could be told.
    ['no member any more', 'DELETE FROM members WHERE user_id = $1', []],
  ])('fails when the person who asked for it is %s', async (_, change, mails) => {
    await addContacts(person.accountId, CONTACTS);
    const before = await storedFiles();
    const id = await newRun();
    await worker.dataSource.query(change, [person.userId]);
    await worker.runExport.runs.run(id);
    expect(await runOf(id)).toMatchObject({
      state: 'failed',
      error: { code: 'run_permission_lost' },
      storageKey: null,
      expiresAt: null,
    });
    expect((await mailsAbout(id)).map(({ kind }) => kind)).toEqual(mails);
    expect(await storedFiles()).toEqual(before);
  });

  it('gives up after the tenth try', async () => {
    const tenth = await newRun({ attempts: 9 });
    await worker.runExport.runs.run(tenth);
    expect(await runOf(tenth)).toMatchObject({ state: 'finished' });
    const eleventh = await newRun({ attempts: 10 });
    await worker.runExport.runs.run(eleventh);
    expect(await runOf(eleventh)).toMatchObject({ state: 'failed', error: { code: 'run_gave_up' } });
  });

  it('is one worker’s alone although three are woken at once', async () => {
    await addContacts(person.accountId, CONTACTS);
    const before = await storedFiles();
    const id = await newRun();
    await Promise.all([1, 2, 3].map(() => worker.runExport.runs.run(id)));
    expect(await runOf(id)).toMatchObject({ state: 'finished' });
    expect(await storedFiles()).toHaveLength(before.length + 1);
    expect(await mailsAbout(id)).toHaveLength(1);
  });
});
