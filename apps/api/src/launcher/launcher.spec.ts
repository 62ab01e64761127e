import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { KeptProcess } from './kept-process';
import { lockDirectory } from './launcher-lock';
import { endLeftovers, noteProcess } from './leftover-processes';
import { isAlive } from './process-identity';
import { readLauncherSettings } from './settings';
import { chooseSignIns } from './sign-ins';

let directory: string;
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'ponte-launcher-'));
});
afterAll(() => rm(directory, { recursive: true, force: true }));

async function script(name: string, content: string): Promise<string> {
  const path = join(directory, `${name}.mjs`);
  await writeFile(path, content);
  return path;
}

describe('lockDirectory', () => {
  it('lets one launcher in, and the next one when it has gone', async () => {
    const other = spawn('sleep', ['60']);
    await once(other, 'spawn');
    const start = (await readFile(`/proc/${other.pid}/stat`, 'utf8')).split(' ')[21];
    await writeFile(join(directory, 'launcher.lock'), `${other.pid} ${start}`);
    await expect(lockDirectory(directory)).rejects.toThrow(/already runs on .* \(process \d+\): stop it/);
    other.kill();
    await once(other, 'exit');
    const unlock = await lockDirectory(directory);
    await unlock();
    expect((await readdir(directory)).filter((name) => name.startsWith('launcher.lock'))).toEqual([]);
  });

  it('takes over a number that now belongs to another program', async () => {
    const other = spawn('sleep', ['60']);
    await once(other, 'spawn');
    await writeFile(join(directory, 'launcher.lock'), `${other.pid} 1`);
    await (
      await lockDirectory(directory)
    )();
    other.kill();
  });
});

describe('endLeftovers', () => {
  it('ends what is still the same process, and nothing else', async () => {
    const mine = spawn('sleep', ['60']);
    const foreign = spawn('sleep', ['60']);
    await Promise.all([once(mine, 'spawn'), once(foreign, 'spawn')]);
    await noteProcess(directory, mine.pid ?? 0);
    await writeFile(join(directory, 'processes'), `${foreign.pid} 1\n`, { flag: 'a' });
    await endLeftovers(directory);
    expect(isAlive(mine.pid ?? 0)).toBe(false);
    expect(foreign.exitCode).toBe(null);
    foreign.kill();
    await endLeftovers(directory);
  });
});

describe('KeptProcess', () => {
  const lines: string[] = [];
  const keep = (path: string) =>
    new KeptProcess(
      'test',
      path,
      { PATH: '/usr/bin:/bin' },
      (line) => void lines.push(line),
      () => Promise.resolve(),
    );

  it('starts a process again that dies, and not one that it stopped', async () => {
    const path = await script(
      'steady',
      `import { appendFileSync } from 'node:fs';
       appendFileSync(${JSON.stringify(join(directory, 'pids'))}, process.pid + '\\n');
       for (const end of ['SIGTERM', 'disconnect']) process.on(end, () => process.exit(0));
       process.send('started');`,
    );
    const pids = async () => (await readFile(join(directory, 'pids'), 'utf8')).trim().split('\n').map(Number);
    const kept = keep(path);
    await kept.start();
    process.kill((await pids())[0] ?? 0, 'SIGKILL');
    for (const end = Date.now() + 10_000; (await pids()).length < 2 && Date.now() < end;) await pause(20);
    expect(lines).toEqual(['The test process ended (SIGKILL); it is started again in 0.25 s.']);
    await pause(200);
    await kept.stop();
    await pause(600);
    expect(await pids()).toHaveLength(2);
  });

  it('says what the process said when it does not start', async () => {
    const path = await script(
      'broken',
      `process.stderr.write('PORT is "x": give a number.\\n'); process.exit(1);`,
    );
    await expect(keep(path).start()).rejects.toThrow(/^PORT is "x": give a number\.$/);
  });
});

describe('chooseSignIns', () => {
  const nothing = {
    administrator: { email: undefined, password: undefined },
    agent: { email: undefined, password: undefined },
  };

  it('makes passwords up once and keeps them for the owner of the folder alone', async () => {
    const folder = await mkdtemp(join(directory, 'people-'));
    const first = await chooseSignIns(folder, nothing, true);
    expect(first.signIns.administrator.password).toMatch(/^([a-z2-9]{4}-){3}[a-z2-9]{4}$/);
    expect(first.signIns.agent.password).not.toBe(first.signIns.administrator.password);
    expect((await stat(join(folder, 'secrets.json'))).mode & 0o777).toBe(0o600);
    expect(await chooseSignIns(folder, nothing, false)).toEqual(first);
  });

  it('takes what the operator gave, does not keep the password, and remembers the address', async () => {
    const folder = await mkdtemp(join(directory, 'people-'));
    const administrator = { email: 'ana@example.com', password: 'a long password' };
    const first = await chooseSignIns(folder, { ...nothing, administrator }, true);
    expect(first.passwords.administrator).toBe('a long password');
    expect(await readFile(join(folder, 'secrets.json'), 'utf8')).not.toContain('a long password');
    const later = await chooseSignIns(folder, nothing, false);
    expect(later.signIns.administrator).toEqual({ email: 'ana@example.com', password: null });
  });
});

describe('readLauncherSettings', () => {
  const base = { PONTE_DATA_DIR: '/tmp/ponte-data' };

  it('serves this machine alone and brings its own services, unless told otherwise', () => {
    expect(readLauncherSettings(base, directory)).toMatchObject({
      hasOwnDatabase: false,
      hasOwnMailServer: false,
      environment: { HOST: '127.0.0.1', NODE_ENV: 'production', PONTE_DATA_DIR: '/tmp/ponte-data' },
    });
    const told = { HOST: '0.0.0.0', DATABASE_URL: 'postgres://db/x', SMTP_URL: 'smtp://mail' };
    expect(readLauncherSettings({ ...base, ...told }, directory)).toMatchObject({
      hasOwnDatabase: true,
      hasOwnMailServer: true,
      environment: told,
    });
  });

  it.each([
    [{ PORT: 'x' }, /^PORT is "x"/],
    [{ DATABASE_URL: 'mysql://db' }, /^DATABASE_URL is not an address/],
    [{ PONTE_ADMIN_EMAIL: 'nobody' }, /^PONTE_ADMIN_EMAIL is "nobody"/],
    [
      { PONTE_ADMIN_EMAIL: 'a@b.example', PONTE_AGENT_EMAIL: 'a@b.example' },
      /^PONTE_AGENT_EMAIL is the same/,
    ],
  ])('refuses %j', (variables, expected) => {
    expect(() => readLauncherSettings({ ...base, ...variables }, directory)).toThrow(expected);
  });
});
