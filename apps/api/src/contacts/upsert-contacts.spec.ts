import type { INestApplicationContext } from '@nestjs/common';
import { isSameName, type Contact } from '@ponte/contacts';
import fc from 'fast-check';
import { setTimeout as pause } from 'node:timers/promises';
import type { DataSource } from 'typeorm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { migratedConfig, openContext } from '../../test/setup/app-context';
import { newPerson } from '../../test/setup/rows';
import { ContactsModule } from '.';
import type { UpsertOutcome } from './contact-states';
import { UpsertConflict } from './upsert-conflict';
import { upsertContacts } from './upsert-contacts';

type Existing = 'update' | 'skip';

let app: INestApplicationContext;
let dataSource: DataSource;

beforeAll(async () => {
  ({ app, dataSource } = await openContext(await migratedConfig(), { imports: [ContactsModule] }));
});
afterAll(() => app.close());

const newAccount = async () => (await newPerson(dataSource)).accountId;

function upsert(
  accountId: number,
  contacts: readonly Contact[],
  existing: Existing = 'update',
  importId = 1,
): Promise<UpsertOutcome[]> {
  return dataSource.transaction((manager) =>
    upsertContacts(manager, { accountId, importId, existing, lane: null }, contacts),
  );
}

const stored = (accountId: number) =>
  dataSource.query<Contact[]>(
    'SELECT name, phone_number, email FROM contacts WHERE account_id = $1 ORDER BY phone_number',
    [accountId],
  );

const contact = (phone: number, name: string, email: string | null = null): Contact => ({
  name,
  phone_number: `+55119000000${String(phone).padStart(2, '0')}`,
  email,
});

/** Row by row, in a Map: what the batch must be the same as. */
function model(account: Map<string, Contact>, rows: readonly Contact[], existing: Existing): UpsertOutcome[] {
  return rows.map((row) => {
    const before = account.get(row.phone_number);
    if (before === undefined) {
      account.set(row.phone_number, row);
      return 'created';
    }
    if (existing === 'skip') return 'skipped';
    const after = {
      ...row,
      name: isSameName(before.name, row.name) ? before.name : row.name,
      email: row.email ?? before.email,
    };
    account.set(row.phone_number, after);
    return after.name === before.name && after.email === before.email ? 'unchanged' : 'updated';
  });
}

const CASES: [string, Existing, Contact[], Contact[], UpsertOutcome[], Contact[]][] = [
  ['nothing', 'update', [], [], [], []],
  ['a new contact', 'update', [], [contact(1, 'Ana')], ['created'], [contact(1, 'Ana')]],
  [
    'a known one',
    'update',
    [contact(1, 'Ana', 'a@p.br')],
    [contact(1, 'Ana', 'a@p.br')],
    ['unchanged'],
    [contact(1, 'Ana', 'a@p.br')],
  ],
  [
    'another name',
    'update',
    [contact(1, 'Ana')],
    [contact(1, 'Ana Lima')],
    ['updated'],
    [contact(1, 'Ana Lima')],
  ],
  [
    'another case of the name',
    'update',
    [contact(1, 'Ana')],
    [contact(1, 'ANA')],
    ['updated'],
    [contact(1, 'ANA')],
  ],
  [
    'a first e-mail',
    'update',
    [contact(1, 'Ana')],
    [contact(1, 'Ana', 'a@p.br')],
    ['updated'],
    [contact(1, 'Ana', 'a@p.br')],
  ],
  [
    'no e-mail, which keeps the stored one',
    'update',
    [contact(1, 'Ana', 'a@p.br')],
    [contact(1, 'Ana')],
    ['unchanged'],
    [contact(1, 'Ana', 'a@p.br')],
  ],
  [
    'the same number twice',
    'update',
    [],
    [contact(1, 'Ana'), contact(1, 'Bia', 'b@p.br')],
    ['created', 'updated'],
    [contact(1, 'Bia', 'b@p.br')],
  ],
  [
    'there and back again',
    'update',
    [contact(1, 'Ana')],
    [contact(1, 'Bia'), contact(1, 'Ana')],
    ['updated', 'updated'],
    [contact(1, 'Ana')],
  ],
  [
    'the same row three times',
    'update',
    [],
    [contact(1, 'A'), contact(1, 'A'), contact(1, 'A')],
    ['created', 'unchanged', 'unchanged'],
    [contact(1, 'A')],
  ],
  [
    'the apostrophe of our own export',
    'update',
    [contact(1, '=1+1')],
    [contact(1, "'=1+1")],
    ['unchanged'],
    [contact(1, '=1+1')],
  ],
  [
    'a name that has the apostrophe itself',
    'update',
    [contact(1, "'=1+1")],
    [contact(1, "''=1+1")],
    ['unchanged'],
    [contact(1, "'=1+1")],
  ],
  [
    'a formula for a program that splits by semicolons, as our own export writes it',
    'update',
    [contact(1, 'Ana; =1+1')],
    [contact(1, "Ana; '=1+1")],
    ['unchanged'],
    [contact(1, 'Ana; =1+1')],
  ],
  [
    'an apostrophe before no formula',
    'update',
    [contact(1, 'Ana')],
    [contact(1, "'Ana")],
    ['updated'],
    [contact(1, "'Ana")],
  ],
  [
    'a new name with an apostrophe, as it is',
    'update',
    [],
    [contact(1, "'=1+1")],
    ['created'],
    [contact(1, "'=1+1")],
  ],
  [
    'an apostrophe taken off in the file',
    'update',
    [contact(1, "'=1+1")],
    [contact(1, '=1+1')],
    ['updated'],
    [contact(1, '=1+1')],
  ],
  [
    'a known one to be skipped',
    'skip',
    [contact(1, 'Ana')],
    [contact(1, 'Bia', 'b@p.br')],
    ['skipped'],
    [contact(1, 'Ana')],
  ],
  [
    'the same new number twice, the second to be skipped',
    'skip',
    [],
    [contact(1, 'Ana'), contact(1, 'Bia')],
    ['created', 'skipped'],
    [contact(1, 'Ana')],
  ],
  [
    'quotes, backslashes, braces and the words of SQL',
    'update',
    [],
    [contact(1, `{"a\\",NULL}'; DROP TABLE contacts; --`), contact(2, 'NULL', 'null@p.br')],
    ['created', 'created'],
    [contact(1, `{"a\\",NULL}'; DROP TABLE contacts; --`), contact(2, 'NULL', 'null@p.br')],
  ],
];

describe('upsertContacts', () => {
  it.each(CASES)('writes %s', async (_, existing, before, rows, outcomes, after) => {
    const accountId = await newAccount();
    await upsert(accountId, before);
    expect(await upsert(accountId, rows, existing)).toEqual(outcomes);
    expect(await stored(accountId)).toEqual(after);
  });

  it('gives the same as row by row, whatever the batches', async () => {
    const row = fc.record({
      phone: fc.integer({ min: 1, max: 6 }),
      name: fc.constantFrom('Ana', 'Bia', '=1+1', "'=1+1", "''=1+1", '+55', "'+55"),
      email: fc.constantFrom(null, null, 'a@p.br', 'b@p.br'),
    });
    const batches = fc.array(fc.array(row, { maxLength: 8 }), { maxLength: 5 });
    await fc.assert(
      fc.asyncProperty(fc.constantFrom<Existing>('update', 'skip'), batches, async (existing, input) => {
        const accountId = await newAccount();
        const account = new Map<string, Contact>();
        for (const rows of input.map((batch) =>
          batch.map(({ phone, name, email }) => contact(phone, name, email)),
        )) {
          expect(await upsert(accountId, rows, existing)).toEqual(model(account, rows, existing));
        }
        const expected = [...account.values()].sort((a, b) => (a.phone_number < b.phone_number ? -1 : 1));
        expect(await stored(accountId)).toEqual(expected);
      }),
      { numRuns: 120 },
    );
  });

  it('keeps the order of the file in the numbers of new contacts', async () => {
    const accountId = await newAccount();
    const rows = [5, 3, 9, 1].map((phone) => contact(phone, `Person ${phone}`));
    await upsert(accountId, rows);
    const names = await dataSource.query<object[]>(
      'SELECT name FROM contacts WHERE account_id = $1 ORDER BY id',
      [accountId],
    );
    expect(names).toEqual(rows.map(({ name }) => ({ name })));
  });

  it('notes the import and the time on what it changed, and touches nothing else', async () => {
    const accountId = await newAccount();
    await upsert(accountId, [contact(1, 'Ana'), contact(2, 'Bia')], 'update', 7);
    await dataSource.query(
      `UPDATE contacts SET created_at = '2026-01-01', updated_at = '2026-01-01' WHERE account_id = $1`,
      [accountId],
    );
    await upsert(accountId, [contact(1, 'Ana'), contact(2, 'Beatriz'), contact(3, 'Caio')], 'update', 8);
    const rows = await dataSource.query<object[]>(
      `SELECT name, last_import_id, updated_at > '2026-01-02' AS is_new, created_at > '2026-01-02' AS is_created
       FROM contacts WHERE account_id = $1 ORDER BY phone_number`,
      [accountId],
    );
    expect(rows).toEqual([
      { name: 'Ana', last_import_id: 7, is_new: false, is_created: false },
      { name: 'Beatriz', last_import_id: 8, is_new: true, is_created: false },
      { name: 'Caio', last_import_id: 8, is_new: true, is_created: true },
    ]);
  });

  it('sees and changes one account alone', async () => {
    const [one, other] = [await newAccount(), await newAccount()];
    await upsert(one, [contact(1, 'Ana')]);
    expect(await upsert(other, [contact(1, 'Bia')])).toEqual(['created']);
    expect(await upsert(one, [contact(1, 'Caio')])).toEqual(['updated']);
    expect(await stored(other)).toEqual([contact(1, 'Bia')]);
  });

  it('is undone with its transaction', async () => {
    const accountId = await newAccount();
    const undone = dataSource.transaction(async (manager) => {
      await upsertContacts(manager, { accountId, importId: 1, existing: 'update', lane: null }, [
        contact(1, 'Ana'),
      ]);
      throw new Error('expected by the test');
    });
    await expect(undone).rejects.toThrow('expected by the test');
    expect(await stored(accountId)).toEqual([]);
  });

  it('writes 10,000 contacts at once', async () => {
    const accountId = await newAccount();
    const rows = Array.from({ length: 10_000 }, (_, index) => ({
      name: `Person ${index}`,
      phone_number: `+5511${900_000_000 + index}`,
      email: index % 2 === 0 ? null : `p${index}@ponte.example`,
    }));
    expect(new Set(await upsert(accountId, rows))).toEqual(new Set(['created']));
    expect(new Set(await upsert(accountId, rows))).toEqual(new Set(['unchanged']));
  });
});

describe('two imports of one account at once', () => {
  const MANY = Array.from({ length: 1_500 }, (_, index) => ({
    name: `Person ${index}`,
    phone_number: `+5511${910_000_000 + index}`,
    email: null,
  }));

  it.each([
    ['new numbers in the same order', MANY, MANY, []],
    ['new numbers in opposite orders', MANY, [...MANY].reverse(), []],
    [
      'known numbers in opposite orders',
      MANY,
      [...MANY].reverse().map((row) => ({ ...row, name: 'Changed' })),
      MANY,
    ],
  ])('neither wait for ever nor write twice: %s', async (_, first, second, before) => {
    for (let round = 0; round < 4; round += 1) {
      const accountId = await newAccount();
      await upsert(accountId, before);
      const outcomes = await Promise.all([upsert(accountId, first), upsert(accountId, second)]);
      const created = outcomes.flat().filter((outcome) => outcome === 'created');
      expect(created).toHaveLength(before.length === 0 ? MANY.length : 0);
      expect(await stored(accountId)).toHaveLength(MANY.length);
    }
  });

  it('do not wait for another account', async () => {
    const [one, other] = [await newAccount(), await newAccount()];
    await dataSource.transaction(async (manager) => {
      await upsertContacts(manager, { accountId: one, importId: 1, existing: 'update', lane: null }, MANY);
      expect(new Set(await upsert(other, MANY))).toEqual(new Set(['created']));
    });
  });
});

describe('a contact that somebody adds by hand meanwhile', () => {
  it('is a conflict; the next try finds it', async () => {
    const accountId = await newAccount();
    const byHand = dataSource.createQueryRunner();
    await byHand.startTransaction();
    await byHand.query('INSERT INTO contacts (account_id, name, phone_number) VALUES ($1, $2, $3)', [
      accountId,
      'By hand',
      contact(1, '').phone_number,
    ]);
    const rows = [contact(1, 'Ana'), contact(2, 'Bia')];
    const meeting = upsert(accountId, rows);
    const conflict = expect(meeting).rejects.toBeInstanceOf(UpsertConflict);
    await pause(150);
    await byHand.commitTransaction();
    await byHand.release();
    await conflict;
    expect(await stored(accountId)).toEqual([contact(1, 'By hand')]);
    expect(await upsert(accountId, rows)).toEqual(['updated', 'created']);
    expect(await stored(accountId)).toEqual(rows);
  });

  it('does not have to wait for an import that runs', async () => {
    const accountId = await newAccount();
    await dataSource.transaction(async (manager) => {
      await upsertContacts(manager, { accountId, importId: 1, existing: 'update', lane: null }, [
        contact(1, 'Ana'),
      ]);
      await dataSource.query('INSERT INTO contacts (account_id, name, phone_number) VALUES ($1, $2, $3)', [
        accountId,
        'By hand',
        contact(2, '').phone_number,
      ]);
    });
    expect(await stored(accountId)).toEqual([contact(1, 'Ana'), contact(2, 'By hand')]);
  });
});
