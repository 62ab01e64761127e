import type { INestApplicationContext } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import type { RejectedRowView } from '@ponte/contracts';
import { setTimeout as pause } from 'node:timers/promises';
import type { DataSource } from 'typeorm';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { migratedConfig, openContext } from '../../test/setup/app-context';
import { newImport, newPerson, type TestPerson } from '../../test/setup/rows';
import { ErasedPeople, ErasuresChanged } from '../erasures';
import { LeaseLost, Leases, type Lease } from '../platform/queue/leases';
import { ImportEntity } from './import.entity';
import type { JudgedRow } from './judge-rows';
import { LaneBatch } from './lane-batch';
import { openLanes, type LaneState } from './import-lanes';
import type { Counts } from './progress';
import { PermissionLost, writeBatch } from './write-batch';

let app: INestApplicationContext;
let dataSource: DataSource;
let person: TestPerson;
let lease: Lease;
let run: ImportEntity;
let lane: LaneState;

beforeAll(async () => {
  const imports = [TypeOrmModule.forFeature([ImportEntity])];
  ({ app, dataSource } = await openContext(await migratedConfig(), { imports, providers: [Leases] }));
});
afterAll(() => app.close());
beforeEach(async () => {
  person = await newPerson(dataSource);
  await begin();
});
afterEach(async () => {
  await lease.end('over');
  await dataSource.query('DROP TRIGGER IF EXISTS test_refuses ON contacts');
});

async function begin(values: Record<string, unknown> = {}): Promise<void> {
  const id = await newImport(dataSource, person, { rows_total: 100, ...values });
  const taken = await app.get(Leases).take('imports', id);
  if (taken === null) throw new Error('The run was not given.');
  lease = taken;
  run = await dataSource.manager.findOneByOrFail(ImportEntity, { id });
  const [opened] = await openLanes(lease, run, 100);
  if (opened === undefined) throw new Error('The run has no lane.');
  lane = opened;
}

/** Answers the sum beside the lane, which is what most of these tests are about. */
async function write(rows: readonly JudgedRow[], state = lane, mayBeKnown = true) {
  const batch = new LaneBatch(run);
  for (const row of rows) batch.add(row, mayBeKnown);
  const readAgain = async () => rows;
  const erased = await ErasedPeople.of(dataSource.manager, run.accountId);
  const written = await writeBatch({ run, lease, lanes: 1, erased, readAgain }, state, batch);
  return { ...written, counts: written.state.counts };
}

const good = (row: number, name = `Person ${row}`, phone = row): JudgedRow => ({
  row,
  line: row + 1,
  cells: [name, `+55119000000${String(phone).padStart(2, '0')}`, ''],
  contact: { name, phone_number: `+55119000000${String(phone).padStart(2, '0')}`, email: null },
});
const bad = (row: number, codes = ['phone_missing'], cells = ['Ana', '', '']): JudgedRow => ({
  row,
  line: row + 1,
  cells,
  contact: null,
  codes,
  fields: ['phone_number'],
});
const range = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, index) => from + index);

const names = async () =>
  (
    await dataSource.query<{ name: string }[]>(
      'SELECT name FROM contacts WHERE account_id = $1 ORDER BY id',
      [person.accountId],
    )
  ).map(({ name }) => name);

const rejectedRows = () =>
  dataSource.query<RejectedRowView[]>(
    'SELECT row_number AS "row", line, codes, fields, cells FROM import_rejected_rows WHERE import_id = $1 ORDER BY 1',
    [run.id],
  );

/** The lane as it is in the database. */
async function committedLane(): Promise<LaneState> {
  const [row] = await dataSource.query<LaneState[]>(
    `SELECT lane, position, jsonb_build_object('done', rows_done, 'created', rows_created, 'updated', rows_updated,
       'unchanged', rows_unchanged, 'skipped', rows_skipped, 'failed', rows_failed, 'rejectedByCode', rejected_by_code)
       AS counts FROM import_lanes WHERE import_id = $1`,
    [run.id],
  );
  if (row === undefined) throw new Error('The run has no lane.');
  return row;
}
const committed = async () => (await committedLane()).counts;

/** PostgreSQL refuses every contact of that name, in the words of one SQLSTATE. */
async function refuse(pattern: string, sqlState = '23514'): Promise<void> {
  await dataSource.query(`CREATE OR REPLACE FUNCTION test_refuses() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN IF NEW.name LIKE '${pattern}' THEN RAISE EXCEPTION 'no' USING ERRCODE = '${sqlState}'; END IF; RETURN NEW; END $$`);
  await dataSource.query(
    'CREATE TRIGGER test_refuses BEFORE INSERT OR UPDATE ON contacts FOR EACH ROW EXECUTE FUNCTION test_refuses()',
  );
}

const EMPTY: Counts = {
  done: 0,
  created: 0,
  updated: 0,
  unchanged: 0,
  skipped: 0,
  failed: 0,
  rejectedByCode: {},
};

it('writes nothing of what was judged before people were erased', async () => {
  const erased = await ErasedPeople.of(dataSource.manager, run.accountId);
  const batch = new LaneBatch(run);
  batch.add(good(1), true);
  await dataSource.query('UPDATE accounts SET erasures = erasures + 1 WHERE id = $1', [run.accountId]);
  const context = { dataSource, run, lease, lanes: 1, erased, readAgain: async () => [good(1)] };
  await expect(writeBatch(context, lane, batch)).rejects.toBeInstanceOf(ErasuresChanged);
  expect(await dataSource.query('SELECT 1 FROM contacts WHERE account_id = $1', [run.accountId])).toEqual([]);
});

describe('writeBatch', () => {
  it('writes contacts, rejected rows, counters and checkpoint', async () => {
    const rows = [good(1), bad(2), good(3), good(4, 'Renamed', 1), bad(5, ['phone_missing', 'name_missing'])];
    const { counts, isCancelled } = await write(rows);
    expect(isCancelled).toBe(false);
    expect(counts).toEqual({
      ...EMPTY,
      done: 5,
      created: 2,
      updated: 1,
      failed: 2,
      rejectedByCode: { phone_missing: 2, name_missing: 1 },
    });
    expect(await committed()).toEqual(counts);
    expect(await names()).toEqual(['Renamed', 'Person 3']);
    expect(await rejectedRows()).toEqual([
      { row: 2, line: 3, codes: ['phone_missing'], fields: ['phone_number'], cells: ['Ana', '', ''] },
      {
        row: 5,
        line: 6,
        codes: ['phone_missing', 'name_missing'],
        fields: ['phone_number'],
        cells: ['Ana', '', ''],
      },
    ]);
  });

  it('counts on from the batch before it', async () => {
    const first = await write([good(1), bad(2)]);
    const second = await write([good(3, 'Person 1', 1), bad(4), good(5)], first.state);
    expect(second.counts).toEqual({
      ...EMPTY,
      done: 5,
      created: 2,
      unchanged: 1,
      failed: 2,
      rejectedByCode: { phone_missing: 2 },
    });
    expect(await committed()).toEqual(second.counts);
    expect((await rejectedRows()).map(({ row }) => row)).toEqual([2, 4]);
  });

  it('obeys the option to skip what is there', async () => {
    await begin({ options: { existing: 'skip' } });
    await write([good(1)]);
    const { counts } = await write([good(2, 'Renamed', 1), good(3)], await committedLane());
    expect(counts).toEqual({ ...EMPTY, done: 3, created: 2, skipped: 1 });
    expect(await names()).toEqual(['Person 1', 'Person 3']);
  });

  it('takes a batch without a contact and one without a row', async () => {
    expect((await write([bad(1), bad(2)])).counts).toMatchObject({ done: 2, failed: 2 });
    expect((await write([], await committedLane())).counts).toMatchObject({ done: 2, failed: 2 });
  });

  it('shows NUL, which PostgreSQL cannot hold, by its picture', async () => {
    await write([bad(1, ['invalid_character'], ['A\u0000na\u0000', 'C:\\u0000', '\\', '"', '\u0001'])]);
    expect((await rejectedRows())[0]?.cells).toEqual(['A\u2400na\u2400', 'C:\\u0000', '\\', '"', '\u0001']);
  });

  it('keeps half a surrogate pair from costing the batch', async () => {
    await write([bad(1, ['invalid_character'], ['Ana \ud83d', '', '']), good(2)]);
    expect((await rejectedRows())[0]?.cells[0]).toMatch(/^Ana /);
    expect(await names()).toEqual(['Person 2']);
  });
});

describe('a row that PostgreSQL refuses', () => {
  const POISONED: [string, number, number[]][] = [
    ['alone', 1, [1]],
    ['the first', 9, [1]],
    ['the last', 9, [9]],
    ['in the middle', 10, [5]],
    ['two of them', 12, [4, 7]],
    ['every second one', 8, [2, 4, 6, 8]],
    ['all of them', 5, [1, 2, 3, 4, 5]],
  ];
  it.each(POISONED)('is rejected, and the others are written: %s', async (_, count, poisoned) => {
    await refuse('poison%');
    const rows = range(1, count).map((row) =>
      poisoned.includes(row) ? good(row, `poison ${row}`) : good(row),
    );
    const { counts } = await write(rows);
    const failed = poisoned.length;
    expect(counts).toEqual({
      ...EMPTY,
      done: count,
      created: count - failed,
      failed,
      rejectedByCode: { row_refused: failed },
    });
    expect(await committed()).toEqual(counts);
    expect(await names()).toEqual(
      range(1, count)
        .filter((row) => !poisoned.includes(row))
        .map((row) => `Person ${row}`),
    );
    expect(await rejectedRows()).toEqual(
      poisoned.map((row) => ({
        row,
        line: row + 1,
        codes: ['row_refused'],
        fields: [],
        cells: rows[row - 1]?.cells,
      })),
    );
  });

  it('is rejected beside the rows that are rejected for reasons of their own', async () => {
    await refuse('poison%');
    const { counts } = await write([bad(1), good(2, 'poison'), bad(3), good(4), bad(5)]);
    expect(counts).toMatchObject({
      done: 5,
      created: 1,
      failed: 4,
      rejectedByCode: { row_refused: 1, phone_missing: 3 },
    });
    expect((await rejectedRows()).map(({ row, codes }) => [row, codes[0]])).toEqual([
      [1, 'phone_missing'],
      [2, 'row_refused'],
      [3, 'phone_missing'],
      [5, 'phone_missing'],
    ]);
  });

  it('leaves the contact that it would have changed as it was', async () => {
    await write([good(1)]);
    await refuse('poison%');
    const { counts } = await write([good(2, 'poison', 1), good(3)], await committedLane());
    expect(counts).toMatchObject({ done: 3, created: 2, updated: 0, failed: 1 });
    expect(await names()).toEqual(['Person 1', 'Person 3']);
  });

  it('stops between the halves when somebody has asked to cancel', async () => {
    await refuse('poison%');
    await dataSource.query('UPDATE imports SET cancel_requested = true WHERE id = $1', [run.id]);
    const { counts, isCancelled } = await write([good(1), good(2), good(3, 'poison'), good(4)]);
    expect(isCancelled).toBe(true);
    expect(counts).toEqual({ ...EMPTY, done: 2, created: 2 });
    expect(await committed()).toEqual(counts);
  });

  it.each([
    ['42501', 'a right that the service lacks'],
    ['XX000', 'a fault inside PostgreSQL'],
  ])('is not rejected for SQLSTATE %s, %s: the batch is tried again later', async (sqlState) => {
    await refuse('%', sqlState);
    await expect(write([good(1), good(2)])).rejects.toMatchObject({ code: sqlState });
    expect(await committed()).toEqual(EMPTY);
    expect(await rejectedRows()).toEqual([]);
  });
});

describe('a batch that meets a fault that passes', () => {
  it('is tried again until it is written, and counted once', async () => {
    await dataSource.query('DROP SEQUENCE IF EXISTS test_tries');
    await dataSource.query('CREATE SEQUENCE test_tries');
    // A sequence does not go back with its transaction: the third try passes.
    await dataSource.query(`CREATE OR REPLACE FUNCTION test_refuses() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN IF nextval('test_tries') < 3 THEN RAISE EXCEPTION 'not now' USING ERRCODE = '40001'; END IF; RETURN NULL; END $$`);
    await dataSource.query(
      'CREATE TRIGGER test_refuses AFTER INSERT ON contacts FOR EACH STATEMENT EXECUTE FUNCTION test_refuses()',
    );
    const { counts } = await write([good(1), bad(2)]);
    expect(counts).toEqual({
      ...EMPTY,
      done: 2,
      created: 1,
      failed: 1,
      rejectedByCode: { phone_missing: 1 },
    });
    expect(await committed()).toEqual(counts);
  });

  it('is not written again when its commit had succeeded and only the answer was lost', async () => {
    const rows = [good(1), bad(2), good(3)];
    const first = await write(rows);
    const again = await write(rows, lane);
    expect(again.state).toEqual(first.state);
    expect(await committedLane()).toEqual(first.state);
    expect(await rejectedRows()).toHaveLength(1);
  });

  it('asks for every number after one that was not expected is there', async () => {
    await write([good(1), good(2)]);
    const rows = [good(3, 'Renamed', 1), good(4), good(5, 'Person 2', 2)];
    const { counts } = await write(rows, await committedLane(), false);
    expect(counts).toMatchObject({ done: 5, created: 3, updated: 1, unchanged: 1 });
    expect(await names()).toEqual(['Renamed', 'Person 2', 'Person 4']);
  });

  it('is tried again after a contact that somebody added by hand meanwhile', async () => {
    const byHand = dataSource.createQueryRunner();
    await byHand.startTransaction();
    await byHand.query(
      `INSERT INTO contacts (account_id, name, phone_number) VALUES ($1, 'By hand', '+5511900000001')`,
      [person.accountId],
    );
    const writing = write([good(1), good(2)]);
    await pause(150);
    await byHand.commitTransaction();
    await byHand.release();
    expect((await writing).counts).toMatchObject({ done: 2, created: 1, updated: 1 });
    expect(await names()).toEqual(['Person 1', 'Person 2']);
  });
});

describe('a batch that may not be written', () => {
  async function expectNothingWritten(): Promise<void> {
    expect(await committed()).toEqual(EMPTY);
    expect(await names()).toEqual([]);
    expect(await rejectedRows()).toEqual([]);
  }

  it.each([
    ['an agent now', `UPDATE members SET role = 'agent' WHERE user_id = $1`],
    ['no member any more', 'DELETE FROM members WHERE user_id = $1'],
  ])('because the person who started it is %s', async (_, change) => {
    await dataSource.query(change, [person.userId]);
    await expect(write([good(1), bad(2)])).rejects.toBeInstanceOf(PermissionLost);
    await expectNothingWritten();
  });

  it('because another worker has the run', async () => {
    await dataSource.query('UPDATE imports SET fence = fence + 1 WHERE id = $1', [run.id]);
    await expect(write([good(1), bad(2)])).rejects.toBeInstanceOf(LeaseLost);
    await expectNothingWritten();
  });

  it('because the run was cancelled and ended', async () => {
    await dataSource.query(`UPDATE imports SET state = 'cancelled' WHERE id = $1`, [run.id]);
    await expect(write([good(1)])).rejects.toBeInstanceOf(LeaseLost);
    await expectNothingWritten();
  });

  it('because the worker stops', async () => {
    lease.abort(new LeaseLost());
    await expect(write([good(1)])).rejects.toBeInstanceOf(LeaseLost);
    await expectNothingWritten();
  });

  it('is written, and says so, when somebody has asked to cancel', async () => {
    await dataSource.query('UPDATE imports SET cancel_requested = true WHERE id = $1', [run.id]);
    const { counts, isCancelled } = await write([good(1)]);
    expect(isCancelled).toBe(true);
    expect(await committed()).toEqual(counts);
    expect(await names()).toEqual(['Person 1']);
  });
});
