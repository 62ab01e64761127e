import type { INestApplicationContext } from '@nestjs/common';
import { createMemberSchema } from '@ponte/contracts';
import type { DataSource } from 'typeorm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { migratedConfig, openContext } from '../../test/setup/app-context';
import { emailKey, emailKeyOf } from './email-key';
import { Users } from './users';
import { UsersModule } from './users.module';

const KEYS: [address: string, key: string][] = [
  ['ana@ponte.example', 'ana@ponte.example'],
  ['ANA.Lima+x@Ponte.EXAMPLE', 'ana.lima+x@ponte.example'],
  ['AZaz09@[`{', 'azaz09@[`{'],
  // Letters that `toLowerCase` or `lower` turn into others, in some locale.
  ['adm\u0130n@ponte.example', 'adm\u0130n@ponte.example'],
  ['adm\u0131n@ponte.example', 'adm\u0131n@ponte.example'],
  ['\u212Aatia@ponte.example', '\u212Aatia@ponte.example'],
  ['\u017Fofia@ponte.example', '\u017Fofia@ponte.example'],
  ['JOS\u00C9@ponte.example', 'jos\u00C9@ponte.example'],
  ['\u0391\u03A3@ponte.example', '\u0391\u03A3@ponte.example'],
  ['\uFF21@ponte.example', '\uFF21@ponte.example'],
  ['\u1E9E@ponte.example', '\u1E9E@ponte.example'],
  ['i\u0307@ponte.example', 'i\u0307@ponte.example'],
];

describe.each(['embedded', 'debian'] as const)('emailKey and the %s PostgreSQL', (kind) => {
  let app: INestApplicationContext;
  let dataSource: DataSource;
  let users: Users;

  beforeAll(async () => {
    ({ app, dataSource } = await openContext(await migratedConfig(kind), { imports: [UsersModule] }));
    users = app.get(Users, { strict: false });
  });
  afterAll(() => app.close());

  it.each(KEYS)('agree about %j', async (address, key) => {
    expect(emailKey(address)).toBe(key);
    const [row] = await dataSource.query<{ email_key: string }[]>(
      `INSERT INTO users (name, email, password_hash) VALUES ('Ana', $1, '') RETURNING email_key`,
      [address],
    );
    expect(row?.email_key).toBe(key);
    expect(await dataSource.query(`SELECT ${emailKeyOf('$1::text')} AS key`, [address])).toEqual([{ key }]);
    expect((await users.findByEmail(address))?.email).toBe(address);
  });

  it('keep people apart whom the locale of the database would take for one', async () => {
    await dataSource.query(
      `INSERT INTO users (name, email, password_hash) VALUES ('A', 'admin@x.example', '')`,
    );
    expect(await users.findByEmail('adm\u0130n@x.example')).toBeNull();
    expect((await users.findByEmail('ADMIN@x.example'))?.name).toBe('A');
    await expect(
      dataSource.query(`INSERT INTO users (name, email, password_hash) VALUES ('B', 'Admin@X.example', '')`),
    ).rejects.toThrow('users_email_key');
  });
});

describe('who is invited', () => {
  it.each(KEYS.filter(([address]) => /[^ -~]/.test(address)))('has no address such as %j', (address) => {
    const body = { email: address, name: 'Ana', role: 'agent' };
    expect(createMemberSchema.safeParse(body).success).toBe(false);
  });
});
