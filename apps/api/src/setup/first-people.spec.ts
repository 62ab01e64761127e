import type { INestApplicationContext } from '@nestjs/common';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { migratedConfig, openContext } from '../../test/setup/app-context';
import { query } from '../../test/setup/database';
import type { Config } from '../platform/config/config';
import { StartProblem } from '../platform/start-problem';
import { verifyPassword } from '../users';
import { SetupModule } from '.';

const ADMINISTRATOR = {
  PONTE_ADMIN_EMAIL: 'admin@ponte.example',
  PONTE_ADMIN_PASSWORD: 'lenha no forno de barro',
};
const AGENT = { PONTE_AGENT_EMAIL: 'agent@ponte.example', PONTE_AGENT_PASSWORD: 'tres barcos no cais' };

describe('FirstPeople', () => {
  let config: Config;
  let apps: INestApplicationContext[] = [];

  beforeEach(async () => {
    config = await migratedConfig('embedded', { ...ADMINISTRATOR, ...AGENT });
  });
  afterEach(async () => {
    await Promise.all(apps.map((app) => app.close()));
    apps = [];
  });

  async function start(variables: Config = config): Promise<void> {
    const { app } = await openContext(variables, { imports: [SetupModule] });
    await app.init();
    apps.push(app);
  }

  const people = () =>
    query<{ email: string; account: string; role: string }>(
      config.database.url,
      `SELECT users.email, accounts.name AS account, members.role FROM users
       LEFT JOIN members ON members.user_id = users.id LEFT JOIN accounts ON accounts.id = members.account_id ORDER BY users.email`,
    );

  const BOTH = [
    { email: 'admin@ponte.example', account: 'Demo', role: 'administrator' },
    { email: 'agent@ponte.example', account: 'Demo', role: 'agent' },
  ];

  it('makes a new installation usable', async () => {
    await start();
    expect(await people()).toEqual(BOTH);
    const rows = await query<{ password_hash: string }>(
      config.database.url,
      'SELECT password_hash FROM users ORDER BY email',
    );
    expect(await verifyPassword(rows[0]?.password_hash ?? null, ADMINISTRATOR.PONTE_ADMIN_PASSWORD)).toBe(
      true,
    );
    expect(await verifyPassword(rows[1]?.password_hash ?? null, AGENT.PONTE_AGENT_PASSWORD)).toBe(true);
  });

  it('makes everybody once although five processes start at once', async () => {
    await Promise.all([1, 2, 3, 4, 5].map(() => start()));
    expect(await people()).toEqual(BOTH);
  });

  it('changes nothing later, whatever the variables say', async () => {
    await start();
    const hashes = () => query<object>(config.database.url, 'SELECT password_hash FROM users ORDER BY email');
    const before = await hashes();
    const other = {
      ...config,
      firstAdministrator: { email: 'other@ponte.example', password: 'chuva fina de manha' },
    };
    await start(other);
    await start({
      ...config,
      firstAdministrator: { email: ADMINISTRATOR.PONTE_ADMIN_EMAIL, password: 'password' },
    });
    expect(await people()).toEqual(BOTH);
    expect(await hashes()).toEqual(before);
  });

  it.each([
    ['password', /^PONTE_ADMIN_PASSWORD is too short/],
    ['password1234', /^PONTE_ADMIN_PASSWORD is easy to guess/],
    ['admin@ponte.example', /^PONTE_ADMIN_PASSWORD is easy to guess/],
  ])('makes nobody with the password %j', async (password, sentence) => {
    const firstAdministrator = { email: ADMINISTRATOR.PONTE_ADMIN_EMAIL, password };
    const problem: unknown = await start({ ...config, firstAdministrator }).catch((error: unknown) => error);
    expect(problem).toBeInstanceOf(StartProblem);
    expect(String(problem)).toMatch(new RegExp(`StartProblem: ${sentence.source.slice(1)}`));
    expect(await people()).toEqual([]);
    // A better one is taken: nothing was kept.
    await start();
    expect(await people()).toEqual(BOTH);
  });

  it('makes nobody when nobody is named', async () => {
    await start({ ...config, firstAdministrator: null });
    expect(await people()).toEqual([]);
  });

  it('makes no agent when none is named', async () => {
    await start({ ...config, demoAgent: null });
    expect(await people()).toEqual(BOTH.slice(0, 1));
  });

  it('goes on where a process died in the middle of it', async () => {
    await start();
    await query(config.database.url, 'DELETE FROM members');
    await query(config.database.url, 'DELETE FROM accounts');
    await query(config.database.url, 'DELETE FROM users WHERE email = $1', ['agent@ponte.example']);
    await start();
    expect(await people()).toEqual(BOTH);
  });
});
