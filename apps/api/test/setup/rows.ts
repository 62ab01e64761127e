import type { Role } from '@ponte/contracts';
import type { DataSource } from 'typeorm';

export interface TestPerson {
  accountId: number;
  userId: number;
}

let people = 0;

/** A person in a new account; with no role, one who has left it. */
export async function newPerson(
  dataSource: DataSource,
  role: Role | null = 'administrator',
): Promise<TestPerson> {
  const accountId = await insert(dataSource, 'accounts', { name: 'Test' });
  const userId = await newUser(dataSource);
  if (role !== null) await newMember(dataSource, accountId, userId, role);
  return { accountId, userId };
}

export async function newUser(dataSource: DataSource): Promise<number> {
  people += 1;
  return insert(dataSource, 'users', {
    name: `Person ${people}`,
    email: `person-${process.pid}-${people}@ponte.example`,
    password_hash: 'none',
  });
}

export async function newMember(
  dataSource: DataSource,
  accountId: number,
  userId: number,
  role: Role,
): Promise<void> {
  await dataSource.query('INSERT INTO members (account_id, user_id, role) VALUES ($1, $2, $3)', [
    accountId,
    userId,
    role,
  ]);
}

/**
 * An account of so many contacts that PostgreSQL's statistics do not know, as one is that was filled a moment ago or is small
 * beside those that were there when they were made: the planner believes that it is empty.
 */
export async function newUnknownAccount(
  dataSource: DataSource,
  contacts: number,
  nameLetters = 0,
): Promise<TestPerson> {
  await dataSource.query('ALTER TABLE contacts SET (autovacuum_enabled = false)');
  await addContacts(dataSource, (await newPerson(dataSource)).accountId, contacts, nameLetters);
  await dataSource.query('ANALYZE contacts');
  const person = await newPerson(dataSource);
  await addContacts(dataSource, person.accountId, contacts, nameLetters);
  return person;
}

/** In no order, because PostgreSQL knows of one; +5511900000001 is Ana Maria 1, and so on. */
async function addContacts(
  dataSource: DataSource,
  accountId: number,
  count: number,
  nameLetters: number,
): Promise<void> {
  await dataSource.query(
    `INSERT INTO contacts (account_id, phone_number, name, email)
     SELECT $1, '+55119' || to_char(n, 'FM00000000'), 'Ana Maria ' || n || repeat('a', $3 - 15), 'ana' || n || '@p.br'
     FROM generate_series(1, $2::int) AS n ORDER BY n * 7919 % $2`,
    [accountId, count, nameLetters],
  );
}

/** An import that waits, with the columns name, phone_number and email. */
export function newImport(
  dataSource: DataSource,
  person: TestPerson,
  values: Record<string, unknown> = {},
): Promise<number> {
  return insert(dataSource, 'imports', {
    account_id: person.accountId,
    created_by: person.userId,
    file_name: 'contacts.csv',
    file_bytes: 1,
    file_sha256: Buffer.alloc(32),
    options: { existing: 'update' },
    columns: {
      header: ['name', 'phone_number', 'email'],
      fields: { name: 0, phone_number: 1, email: 2, width: 3 },
    },
    ignored_columns: '[]',
    rows_total: 0,
    ...values,
  });
}

/** An export of everything that waits. */
export function newExport(
  dataSource: DataSource,
  person: TestPerson,
  values: Record<string, unknown> = {},
): Promise<number> {
  return insert(dataSource, 'exports', {
    account_id: person.accountId,
    created_by: person.userId,
    file_name: 'contacts.csv',
    column_names: '["name","phone_number","email"]',
    ignored_columns: '[]',
    q: '',
    payload: '[]',
    ...values,
  });
}

/** A row with the given values, by column; answers its id. */
async function insert(
  dataSource: DataSource,
  table: string,
  values: Record<string, unknown>,
): Promise<number> {
  const columns = Object.keys(values);
  const rows = await dataSource.query<{ id: number }[]>(
    `INSERT INTO ${table} (${columns.join(', ')}) VALUES (${columns.map((_, index) => `$${index + 1}`).join(', ')}) RETURNING id`,
    Object.values(values),
  );
  const id = rows[0]?.id;
  if (id === undefined) throw new Error(`${table} took no row.`);
  return id;
}
