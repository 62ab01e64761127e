import type { INestApplicationContext } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { createHash, randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { DataSource } from 'typeorm';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { migratedConfig, openContext } from '../../test/setup/app-context';
import { until } from '../../test/setup/product';
import { newImport, newMember, newPerson, newUser, type TestPerson } from '../../test/setup/rows';
import type { Config } from '../platform/config/config';
import { Notifications } from '../platform/database/notifications';
import { MailModule } from '../platform/mail';
import { Leases } from '../platform/queue/leases';
import { FileStorage } from '../platform/storage/file-storage';
import { StorageModule } from '../platform/storage/storage.module';
import { ImportEntity } from './import.entity';
import { countsOf } from './progress';
import { RunImport } from './run-import';

const ROWS = 57;
const BATCH_ROWS = 10;

let directory: string;
let config: Config;
let worker: Worker;
let person: TestPerson;

interface Worker {
  app: INestApplicationContext;
  dataSource: DataSource;
  runImport: RunImport;
}

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'ponte-runs-'));
  config = await migratedConfig('embedded', {
    PONTE_DATA_DIR: directory,
    PONTE_BATCH_ROWS: String(BATCH_ROWS),
    PONTE_LEASE_SECONDS: '3',
  });
});
afterAll(() => rm(directory, { recursive: true, force: true }));
beforeEach(async () => {
  worker = await startWorker();
  person = await newPerson(worker.dataSource);
});
afterEach(async () => {
  await worker.dataSource.query('DROP TRIGGER IF EXISTS test_refuses ON contacts');
  await worker.app.close();
});

/** One worker process without its queue: the test wakes it. */
async function startWorker(): Promise<Worker> {
  const { app, dataSource } = await openContext(config, {
    imports: [TypeOrmModule.forFeature([ImportEntity]), MailModule, StorageModule],
    providers: [RunImport, Leases],
  });
  return { app, dataSource, runImport: app.get(RunImport) };
}

/** Every seventh row is bad, every tenth is the first person again. */
function fileOf(rows: number): string {
  const lines = Array.from({ length: rows }, (_, index) => {
    const row = index + 1;
    if (row % 7 === 0) return `Bad ${row},12,`;
    const person = row % 10 === 0 ? 1 : row;
    // The sixth digit from the end is the lane.
    return `Person ${row},+5511900${person % 2}00${String(person).padStart(3, '0')},p${row}@ponte.example`;
  });
  return ['name,phone_number,email', ...lines, ''].join('\r\n');
}

async function store(content: string): Promise<string> {
  const key = `uploads/${randomUUID()}.csv`;
  await worker.app.get(FileStorage).write(
    key,
    (async function* () {
      yield Buffer.from(content);
    })(),
  );
  return key;
}

/** An import that waits, of a file that is stored as it was received. */
async function newRun(values: Record<string, unknown> = {}, content = fileOf(ROWS)): Promise<number> {
  return newImport(worker.dataSource, person, {
    storage_key: await store(content),
    file_bytes: Buffer.byteLength(content),
    file_sha256: createHash('sha256').update(content).digest(),
    rows_total: content.split('\r\n').length - 2,
    ...values,
  });
}

const runOf = (id: number) => worker.dataSource.manager.findOneByOrFail(ImportEntity, { id });

interface Technical {
  fence: number;
  attempts: number;
  rest: number | null;
}
async function technicalOf(id: number): Promise<Technical | undefined> {
  const rows = await worker.dataSource.query<Technical[]>(
    'SELECT fence, attempts, extract(epoch FROM lease_until - now())::float AS rest FROM imports WHERE id = $1',
    [id],
  );
  return rows[0];
}

const mailsAbout = (id: number) =>
  worker.dataSource.query<{ kind: string; data: Record<string, unknown> }[]>(
    `SELECT kind, data FROM outbox WHERE subject_id = $1 AND kind LIKE 'import%'`,
    [id],
  );

const contactsOf = (accountId: number) =>
  worker.dataSource.query<object[]>(
    'SELECT name, phone_number, email FROM contacts WHERE account_id = $1 ORDER BY phone_number',
    [accountId],
  );

const rejectedOf = (id: number) =>
  worker.dataSource.query<object[]>(
    'SELECT row_number, line, codes, cells FROM import_rejected_rows WHERE import_id = $1 ORDER BY 1',
    [id],
  );

const auditOf = (id: number) =>
  worker.dataSource.query<object[]>(
    `SELECT details->>'state' AS state FROM audit_events WHERE action = 'import_ended' AND subject_id = $1`,
    [id],
  );

/** Calls `act` as soon as the run tells that it got one batch ahead. */
function afterNextBatch(of: Worker, id: number, act: () => void): void {
  const stop = of.app.get(Notifications).listen('ponte_runs', (payload) => {
    if (payload !== `import ${id}`) return;
    stop();
    act();
  });
}

/** Slows every batch down, so that something can happen in between. */
async function slowDown(worker: Worker, seconds: number): Promise<void> {
  await worker.dataSource
    .query(`CREATE OR REPLACE FUNCTION test_refuses() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN PERFORM pg_sleep(${seconds}); RETURN NULL; END $$`);
  await worker.dataSource.query(
    'CREATE TRIGGER test_refuses AFTER INSERT ON contacts FOR EACH STATEMENT EXECUTE FUNCTION test_refuses()',
  );
}

const EXPECTED = {
  done: ROWS,
  created: 44,
  updated: 5,
  unchanged: 0,
  skipped: 0,
  failed: 8,
  rejectedByCode: { phone_no_plus: 8 },
};

describe('RunImport', () => {
  it('writes a file from its first row to its last, and ends once', async () => {
    const id = await newRun();
    await worker.runImport.runs.run(id);
    const run = await runOf(id);
    expect(run).toMatchObject({ state: 'finished', error: null });
    expect(countsOf(run)).toEqual(EXPECTED);
    expect(run.finishedAt).not.toBeNull();
    expect(run.rowsPerSecond).toBeGreaterThan(0);
    expect(await contactsOf(person.accountId)).toHaveLength(EXPECTED.created);
    expect(await rejectedOf(id)).toHaveLength(EXPECTED.failed);
    expect((await rejectedOf(id))[0]).toEqual({
      row_number: 7,
      line: 8,
      codes: ['phone_no_plus'],
      cells: ['Bad 7', '12', ''],
    });
    expect(await auditOf(id)).toEqual([{ state: 'finished' }]);
    const mails = await mailsAbout(id);
    expect(mails.map(({ kind }) => kind)).toEqual(['import_finished']);
    expect(mails[0]?.data).toMatchObject({ import_id: id, rejected_by_code: EXPECTED.rejectedByCode });
    expect(JSON.stringify(mails)).not.toMatch(/Person|\+55/);

    const before = await runOf(id);
    await worker.runImport.runs.run(id);
    expect(await runOf(id)).toEqual(before);
    expect(await mailsAbout(id)).toHaveLength(1);
  });

  it('does nothing for an id that nobody has', async () => {
    await expect(worker.runImport.runs.run(999_999)).resolves.toBeUndefined();
  });

  it('ends the same although a worker stops after every batch and another goes on', async () => {
    const undisturbed = await newRun();
    await worker.runImport.runs.run(undisturbed);
    const contacts = await contactsOf(person.accountId);
    const rejected = await rejectedOf(undisturbed);

    person = await newPerson(worker.dataSource);
    const id = await newRun();
    await slowDown(worker, 0.05);
    let workers = 0;
    for (; workers < 20 && (await runOf(id)).state !== 'finished'; workers += 1) {
      const next = await startWorker();
      afterNextBatch(next, id, () => void next.runImport.runs.stop());
      await next.runImport.runs.run(id);
      await next.app.close();
    }
    expect(workers).toBeGreaterThan(2);
    expect((await technicalOf(id))?.fence).toBe(workers);
    expect(countsOf(await runOf(id))).toEqual(EXPECTED);
    expect(await contactsOf(person.accountId)).toEqual(contacts);
    expect(await rejectedOf(id)).toEqual(rejected);
    expect(await mailsAbout(id)).toHaveLength(1);
  });

  it.each([1, BATCH_ROWS, BATCH_ROWS + 3, ROWS - 1, ROWS])(
    'goes on after %i rows as if it had never stopped',
    async (done) => {
      const id = await newRun({
        rows_done: done,
        rows_created: done,
        state: 'running',
        fence: 3,
        lease_until: '2026-01-01',
      });
      await worker.runImport.runs.run(id);
      const { rowsDone, rowsCreated, rowsUpdated, rowsFailed, state } = await runOf(id);
      expect(state).toBe('finished');
      expect(rowsDone).toBe(ROWS);
      expect(rowsCreated + rowsUpdated + rowsFailed).toBe(ROWS);
      const phones = new Set(
        fileOf(ROWS)
          .split('\r\n')
          .slice(done + 1, ROWS + 1)
          .filter((line) => !line.startsWith('Bad'))
          .map((line) => line.split(',')[1]),
      );
      expect(await contactsOf(person.accountId)).toHaveLength(phones.size);
    },
  );

  it('writes nothing more once another worker has the run', async () => {
    const id = await newRun();
    await slowDown(worker, 0.1);
    let doneThen = -1;
    const taken = new Promise<void>((resolve, reject) => {
      afterNextBatch(worker, id, () => {
        worker.dataSource
          .query<[{ rows_done: number }[], number]>(
            `UPDATE imports SET fence = fence + 1, lease_until = '2999-01-01' WHERE id = $1 RETURNING rows_done`,
            [id],
          )
          .then(([rows]) => {
            doneThen = rows[0]?.rows_done ?? -1;
            resolve();
          }, reject);
      });
    });
    await worker.runImport.runs.run(id);
    await taken;
    const run = await runOf(id);
    expect(run.state).toBe('running');
    expect(run.rowsDone).toBe(doneThen);
    expect(doneThen).toBeGreaterThan(0);
    expect(doneThen).toBeLessThan(ROWS);
    expect(await mailsAbout(id)).toEqual([]);
    // The other worker's lease is not touched.
    expect((await technicalOf(id))?.rest).toBeGreaterThan(1_000_000);
  });

  it('is one worker’s alone although three are woken at once', async () => {
    const id = await newRun();
    const others = [await startWorker(), await startWorker()];
    await Promise.all([worker, ...others].map(({ runImport }) => runImport.runs.run(id)));
    expect(countsOf(await runOf(id))).toEqual(EXPECTED);
    expect((await technicalOf(id))?.fence).toBe(1);
    expect(await mailsAbout(id)).toHaveLength(1);
    await Promise.all(others.map(({ app }) => app.close()));
  });

  it('hands over a run that it is given while it stops', async () => {
    const id = await newRun();
    const running = worker.runImport.runs.run(id);
    const stopping = worker.runImport.runs.stop();
    await Promise.all([running, stopping]);
    expect(await runOf(id)).toMatchObject({ state: 'running', rowsDone: 0 });
    const other = await startWorker();
    await other.runImport.runs.run(id);
    expect(countsOf(await runOf(id))).toEqual(EXPECTED);
    await other.app.close();
  });
});

describe('an import in two lanes', () => {
  // Six batches and more are two lanes' work.
  const LANE_ROWS = 13 * BATCH_ROWS;
  let expected: object;
  let contacts: object[];
  let rejected: object[];

  beforeEach(async () => {
    // The same file in one lane, which a run keeps that has begun so.
    const id = await newLargeRun();
    await worker.dataSource.query(
      'INSERT INTO import_lanes (import_id, fence, lane, position) VALUES ($1, 0, 0, 0)',
      [id],
    );
    await worker.runImport.runs.run(id);
    expected = countsOf(await runOf(id));
    contacts = await contactsOf(person.accountId);
    rejected = await rejectedOf(id);
    person = await newPerson(worker.dataSource);
  });

  const newLargeRun = async () => newRun({}, fileOf(LANE_ROWS));

  it('gives what one lane gives, and leaves no lane behind', async () => {
    const id = await newLargeRun();
    await worker.runImport.runs.run(id);
    expect(await runOf(id)).toMatchObject({ state: 'finished' });
    expect(countsOf(await runOf(id))).toEqual(expected);
    expect(await contactsOf(person.accountId)).toEqual(contacts);
    expect(await rejectedOf(id)).toEqual(rejected);
    expect(await worker.dataSource.query('SELECT FROM import_lanes WHERE import_id = $1', [id])).toEqual([]);
  });

  it('is unchanged in every row the second time', async () => {
    await worker.runImport.runs.run(await newLargeRun());
    const versions = () =>
      worker.dataSource.query<object[]>(
        'SELECT id, xmin, xmax FROM contacts WHERE account_id = $1 ORDER BY id',
        [person.accountId],
      );
    // Every tenth row of the file changes the first person, so that only the others are looked at.
    const lines = fileOf(LANE_ROWS)
      .split('\r\n')
      .filter((_, row) => row % 10 !== 0 || row === 0);
    const before = await versions();
    const id = await newRun({}, lines.slice(0, 1).concat(lines.slice(2)).join('\r\n'));
    await worker.runImport.runs.run(id);
    expect(await runOf(id)).toMatchObject({ rowsCreated: 0, rowsUpdated: 0 });
    expect(await versions()).toEqual(before);
  });

  it('ends the same although a worker stops after every batch and another goes on', async () => {
    const id = await newLargeRun();
    await slowDown(worker, 0.05);
    let workers = 0;
    for (; workers < 40 && (await runOf(id)).state !== 'finished'; workers += 1) {
      const next = await startWorker();
      afterNextBatch(next, id, () => void next.runImport.runs.stop());
      await next.runImport.runs.run(id);
      await next.app.close();
    }
    expect(workers).toBeGreaterThan(2);
    expect(countsOf(await runOf(id))).toEqual(expected);
    expect(await contactsOf(person.accountId)).toEqual(contacts);
    expect(await rejectedOf(id)).toEqual(rejected);
  });

  it('loses nothing when one of the lanes meets a fault', async () => {
    const id = await newLargeRun();
    await worker.dataSource
      .query(`CREATE OR REPLACE FUNCTION test_refuses() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN IF NEW.name = 'Person 93' THEN RAISE EXCEPTION 'broken' USING ERRCODE = 'XX000'; END IF; RETURN NEW; END $$`);
    await worker.dataSource.query(
      'CREATE TRIGGER test_refuses BEFORE INSERT ON contacts FOR EACH ROW EXECUTE FUNCTION test_refuses()',
    );
    await expect(worker.runImport.runs.run(id)).rejects.toThrow('broken');
    const { rowsDone, rowsCreated } = await runOf(id);
    expect(rowsDone).toBeGreaterThan(0);
    expect(await contactsOf(person.accountId)).toHaveLength(rowsCreated);
    await worker.dataSource.query('DROP TRIGGER test_refuses ON contacts');
    await worker.dataSource.query(
      `UPDATE imports SET lease_until = now() - interval '1 second' WHERE id = $1`,
      [id],
    );
    await worker.runImport.runs.run(id);
    expect(countsOf(await runOf(id))).toEqual(expected);
    expect(await contactsOf(person.accountId)).toEqual(contacts);
  });

  it('does not meet another import of the same account in the opposite order', async () => {
    const lines = fileOf(LANE_ROWS).split('\r\n').slice(1, -1);
    const opposite = ['name,phone_number,email', ...lines.reverse(), ''].join('\r\n');
    const ids = [await newLargeRun(), await newRun({}, opposite)];
    await Promise.all(ids.map((id) => worker.runImport.runs.run(id)));
    const runs = await Promise.all(ids.map(runOf));
    expect(runs.map(({ state }) => state)).toEqual(['finished', 'finished']);
    expect(runs.reduce((sum, { rowsCreated }) => sum + rowsCreated, 0)).toBe(contacts.length);
    expect(await contactsOf(person.accountId)).toHaveLength(contacts.length);
  });
});

describe('an import that cannot go on', () => {
  const FAILURES: [string, Record<string, unknown>, (id: number) => Promise<unknown>, object][] = [
    [
      'was tried too often without getting ahead',
      { attempts: 10 },
      async () => undefined,
      { code: 'run_gave_up' },
    ],
    ['has no file any more', { storage_key: null }, async () => undefined, { code: 'run_file_missing' }],
    [
      'has lost its file',
      {},
      async (id) => worker.app.get(FileStorage).remove((await runOf(id)).storageKey ?? ''),
      { code: 'run_file_missing' },
    ],
    [
      'was started by a person who is an agent now',
      {},
      () => worker.dataSource.query(`UPDATE members SET role = 'agent' WHERE user_id = $1`, [person.userId]),
      { code: 'run_permission_lost' },
    ],
  ];
  it.each(FAILURES)('%s: fails, says why, and closes its sum', async (_, values, prepare, error) => {
    const id = await newRun(values);
    await prepare(id);
    await worker.runImport.runs.run(id);
    const run = await runOf(id);
    expect(run).toMatchObject({ state: 'failed', error, rowsTotal: ROWS, rowsSkipped: ROWS, rowsCreated: 0 });
    expect(await contactsOf(person.accountId)).toEqual([]);
    expect((await mailsAbout(id)).map(({ kind }) => kind)).toEqual(['import_failed']);
    expect(await auditOf(id)).toEqual([{ state: 'failed' }]);
  });

  it('is told to the oldest other administrator when the person who started it has left', async () => {
    const [agent, oldest, younger] = [
      await newUser(worker.dataSource),
      await newUser(worker.dataSource),
      await newUser(worker.dataSource),
    ];
    await newMember(worker.dataSource, person.accountId, agent, 'agent');
    await newMember(worker.dataSource, person.accountId, oldest, 'administrator');
    await newMember(worker.dataSource, person.accountId, younger, 'administrator');
    const id = await newRun();
    await worker.dataSource.query('DELETE FROM members WHERE user_id = $1', [person.userId]);
    await worker.runImport.runs.run(id);
    expect(await runOf(id)).toMatchObject({ state: 'failed', error: { code: 'run_permission_lost' } });
    const told = await worker.dataSource.query<object[]>(
      'SELECT users.id FROM outbox JOIN users ON email = to_address WHERE subject_id = $1',
      [id],
    );
    expect(told).toEqual([{ id: oldest }]);
  });

  it('is told to nobody when the account has no administrator any more', async () => {
    const id = await newRun();
    await worker.dataSource.query('DELETE FROM members WHERE user_id = $1', [person.userId]);
    await worker.runImport.runs.run(id);
    expect(await runOf(id)).toMatchObject({ state: 'failed' });
    expect(await mailsAbout(id)).toEqual([]);
  });

  it('is still tried the tenth time', async () => {
    const id = await newRun({ attempts: 9 });
    await worker.runImport.runs.run(id);
    expect(await runOf(id)).toMatchObject({ state: 'finished' });
  });

  it('meets a limit that was lowered since its file was received: says so, with the line', async () => {
    const content = fileOf(ROWS).replace('Person 55', `Person ${'x'.repeat(2 * 1024 * 1024)}`);
    const id = await newRun({}, content);
    await worker.runImport.runs.run(id);
    const run = await runOf(id);
    expect(run).toMatchObject({ state: 'failed', error: { code: 'import_cell_too_large', line: 56 } });
    expect(run.rowsCreated + run.rowsUpdated + run.rowsSkipped + run.rowsFailed).toBe(ROWS);
  });
});

describe('an import whose stored file is another one than was received', () => {
  /** Far more than one piece of the file, and more than one lane's batches. */
  const MANY = 6_000;
  const text = fileOf(MANY);
  const swap = (place: number, by: string) => text.slice(0, place) + by + text.slice(place + by.length);
  const lines = text.split('\r\n');

  const CHANGES: [string, string, 'nothing is written' | 'a part is written'][] = [
    ['has more rows', text + fileOf(30).split('\r\n').slice(1).join('\r\n'), 'nothing is written'],
    ['was cut in the middle', text.slice(0, text.length / 2), 'nothing is written'],
    ['has fewer rows', [...lines.slice(0, MANY / 2), ''].join('\r\n'), 'nothing is written'],
    ['has its header alone', `${lines[0]}\r\n`, 'nothing is written'],
    ['is empty', '', 'nothing is written'],
    ['is another file', fileOf(40).replaceAll('Person', 'Stranger'), 'nothing is written'],
    ['has two titles swapped', swap(0, 'phone_number,name'), 'nothing is written'],
    ['is no text any more', '\0'.repeat(text.length), 'nothing is written'],
    ['has an open quote near its beginning', swap(200, '"'), 'nothing is written'],
    ['has another letter in its last row', swap(text.lastIndexOf('Person'), 'Xerson'), 'a part is written'],
    ['has another letter in its first row', swap(text.indexOf('Person'), 'Xerson'), 'a part is written'],
    [
      'has one row fewer and a longer one',
      lines.slice(0, -2).join('\r\n') + '0'.repeat((lines.at(-2)?.length ?? 0) + 2) + '\r\n',
      'a part is written',
    ],
  ];

  async function changedRun(content: string): Promise<number> {
    const id = await newRun({}, text);
    await worker.app.get(FileStorage).remove((await runOf(id)).storageKey ?? '');
    await worker.dataSource.query('UPDATE imports SET storage_key = $2 WHERE id = $1', [
      id,
      await store(content),
    ]);
    return id;
  }

  it.each(CHANGES)('%s: fails, and accounts for what it has written', async (_, content, written) => {
    const id = await changedRun(content);
    await worker.runImport.runs.run(id);
    const run = await runOf(id);
    expect(run).toMatchObject({ state: 'failed', error: { code: 'run_file_changed' } });
    const { done, skipped, created, updated, unchanged, failed } = countsOf(run);
    expect(created + updated + unchanged + failed).toBe(done);
    expect(done + skipped).toBe(MANY);
    expect(await contactsOf(person.accountId)).toHaveLength(created);
    expect(await rejectedOf(id)).toHaveLength(failed);
    if (written === 'nothing is written') expect(done).toBe(0);
    // The last row is never written: the whole is compared before it is read.
    else expect(done).toBeLessThan(MANY);
    expect((await mailsAbout(id)).map(({ kind }) => kind)).toEqual(['import_failed']);
    expect(await auditOf(id)).toEqual([{ state: 'failed' }]);
  });

  it('is found out by the run that goes on where another one stopped', async () => {
    const id = await newRun({}, text);
    await slowDown(worker, 0.02);
    const first = await startWorker();
    afterNextBatch(first, id, () => void first.runImport.runs.stop());
    await first.runImport.runs.run(id);
    await first.app.close();
    const key = await store(swap(text.indexOf('Person'), 'Xerson'));
    await worker.dataSource.query('UPDATE imports SET storage_key = $2 WHERE id = $1', [id, key]);
    await worker.dataSource.query('DROP TRIGGER test_refuses ON contacts');
    await worker.runImport.runs.run(id);
    const run = await runOf(id);
    expect(run).toMatchObject({ state: 'failed', error: { code: 'run_file_changed' } });
    expect(run.rowsSkipped).toBeGreaterThan(0);
    expect(await contactsOf(person.accountId)).toHaveLength(run.rowsCreated);
  });
});

describe('an import that a stalled worker still writes', () => {
  const ENDS: [string, Record<string, unknown>, object][] = [
    ['is cancelled', { cancel_requested: true }, { state: 'cancelled' }],
    ['is given up', { attempts: 10 }, { state: 'failed', error: { code: 'run_gave_up' } }],
  ];
  it.each(ENDS)('%s: its end counts every contact that was written', async (_, values, end) => {
    const id = await newRun({}, fileOf(13 * BATCH_ROWS));
    await slowDown(worker, 0.4);
    const running = worker.runImport.runs.run(id);
    // Its batch is under way.
    await until(contactsBeingWritten, (count) => count > 0);
    const columns = Object.keys(values).map((name, index) => `${name} = $${index + 2}`);
    await worker.dataSource.query(
      `UPDATE imports SET lease_until = '2000-01-01', fence = fence + 1, ${columns.join(', ')} WHERE id = $1`,
      [id, ...Object.values(values)],
    );
    const other = await startWorker();
    await other.runImport.runs.run(id);
    await running;
    await other.app.close();
    const run = await runOf(id);
    expect(run).toMatchObject(end);
    expect(await contactsOf(person.accountId)).toHaveLength(run.rowsCreated);
    expect(await rejectedOf(id)).toHaveLength(run.rowsFailed);
    expect(run.rowsCreated + run.rowsUpdated + run.rowsUnchanged + run.rowsSkipped + run.rowsFailed).toBe(
      13 * BATCH_ROWS,
    );
  });

  const contactsBeingWritten = async () =>
    (
      await worker.dataSource.query<object[]>(
        `SELECT FROM pg_stat_activity WHERE datname = current_database() AND query LIKE 'COPY contacts%' AND state = 'active'`,
      )
    ).length;
});

describe('an import that somebody cancels', () => {
  it('before it begins writes nothing', async () => {
    const id = await newRun({ cancel_requested: true });
    await worker.runImport.runs.run(id);
    expect(await runOf(id)).toMatchObject({ state: 'cancelled', rowsSkipped: ROWS, rowsDone: 0 });
    expect(await contactsOf(person.accountId)).toEqual([]);
    expect((await mailsAbout(id)).map(({ kind }) => kind)).toEqual(['import_cancelled']);
  });

  it('in the middle keeps what was written, and its sum closes', async () => {
    const id = await newRun();
    await slowDown(worker, 0.1);
    const asked = new Promise((resolve) => {
      afterNextBatch(worker, id, () => {
        resolve(worker.dataSource.query('UPDATE imports SET cancel_requested = true WHERE id = $1', [id]));
      });
    });
    await worker.runImport.runs.run(id);
    await asked;
    const run = await runOf(id);
    expect(run.state).toBe('cancelled');
    expect(run.rowsDone).toBeGreaterThan(0);
    expect(run.rowsDone).toBeLessThan(ROWS);
    expect(run.rowsCreated + run.rowsUpdated + run.rowsUnchanged + run.rowsSkipped + run.rowsFailed).toBe(
      ROWS,
    );
    expect(await contactsOf(person.accountId)).toHaveLength(run.rowsCreated);
    expect(await mailsAbout(id)).toHaveLength(1);
  });
});

describe('an import that meets a fault', () => {
  it('throws, rests longer each time, and goes on from its checkpoint', async () => {
    const id = await newRun();
    await worker.dataSource
      .query(`CREATE OR REPLACE FUNCTION test_refuses() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN IF NEW.name = 'Person 25' THEN RAISE EXCEPTION 'broken' USING ERRCODE = 'XX000'; END IF; RETURN NEW; END $$`);
    await worker.dataSource.query(
      'CREATE TRIGGER test_refuses BEFORE INSERT ON contacts FOR EACH ROW EXECUTE FUNCTION test_refuses()',
    );
    await expect(worker.runImport.runs.run(id)).rejects.toThrow('broken');
    expect(await runOf(id)).toMatchObject({ state: 'running', rowsDone: 2 * BATCH_ROWS, rowsFailed: 2 });
    // The two batches before it were progress.
    expect(await technicalOf(id)).toMatchObject({ fence: 1, attempts: 0 });
    expect((await technicalOf(id))?.rest).toBeGreaterThan(0.5);
    await worker.runImport.runs.run(id);
    expect((await technicalOf(id))?.fence).toBe(1);

    for (const attempts of [1, 2]) {
      await worker.dataSource.query(
        `UPDATE imports SET lease_until = now() - interval '1 second' WHERE id = $1`,
        [id],
      );
      await expect(worker.runImport.runs.run(id)).rejects.toThrow('broken');
      expect(await technicalOf(id)).toMatchObject({ attempts });
      expect((await technicalOf(id))?.rest).toBeGreaterThan(2 ** attempts - 1);
    }
    expect(await mailsAbout(id)).toEqual([]);

    await worker.dataSource.query('DROP TRIGGER test_refuses ON contacts');
    await worker.dataSource.query(
      `UPDATE imports SET lease_until = now() - interval '1 second' WHERE id = $1`,
      [id],
    );
    await worker.runImport.runs.run(id);
    expect(countsOf(await runOf(id))).toEqual(EXPECTED);
    expect(await mailsAbout(id)).toHaveLength(1);
  });

  it('outlives cut connections in the middle of its work', async () => {
    const id = await newRun();
    await slowDown(worker, 0.05);
    const observer = await startWorker();
    let cuts = 0;
    const cut = setInterval(() => {
      observer.dataSource
        .query(
          `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
           WHERE datname = current_database() AND pid <> pg_backend_pid() AND state = 'active' AND query LIKE '%contacts%' LIMIT 1`,
        )
        .then((rows: object[]) => (cuts += rows.length))
        .catch(() => undefined);
    }, 130);
    try {
      for (const end = Date.now() + 30_000; (await stateOf(observer, id)) !== 'finished'; await pause(50)) {
        expect(Date.now()).toBeLessThan(end);
        await worker.runImport.runs.run(id).catch(() => undefined);
      }
    } finally {
      clearInterval(cut);
    }
    expect(cuts).toBeGreaterThan(0);
    expect(countsOf(await runOf(id))).toEqual(EXPECTED);
    expect(await mailsAbout(id)).toHaveLength(1);
    await observer.app.close();
  });
});

async function stateOf({ dataSource }: Worker, id: number): Promise<string | undefined> {
  const rows = await dataSource.query<{ state: string }[]>('SELECT state FROM imports WHERE id = $1', [id]);
  return rows[0]?.state;
}
