import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdir, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startEmbeddedPostgres, type EmbeddedPostgres } from './embedded-postgres';
import { isAlive } from './process-identity';

let root: string;
const started = new Set<EmbeddedPostgres>();

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'ponte-postgres-'));
});
afterAll(async () => {
  await Promise.all([...started].map((server) => server.stop()));
  await rm(root, { recursive: true, force: true });
});

async function start(directory: string): Promise<EmbeddedPostgres> {
  const server = await startEmbeddedPostgres({ directory, durability: 'none' });
  started.add(server);
  return server;
}

async function query(url: string, sql: string): Promise<unknown[]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(sql)).rows.map((row) => Object.values(row)[0]);
  } finally {
    await client.end();
  }
}

async function pidOf(directory: string): Promise<number> {
  return Number((await readFile(join(directory, 'cluster', 'postmaster.pid'), 'utf8')).split('\n')[0]);
}

describe.each([
  { title: 'a folder that others may not enter', mode: 0o700 },
  { title: 'a folder that others may enter', mode: 0o711 },
])('startEmbeddedPostgres in $title', ({ mode }) => {
  let directory: string;
  beforeAll(async () => {
    await chmod(root, 0o711);
    const parent = join(root, mode.toString(8));
    await mkdir(parent);
    await chmod(parent, mode);
    directory = join(parent, 'postgres');
  });

  it('starts with UTF-8, on loopback only, durable unless told otherwise', async () => {
    const server = await start(directory);
    expect(new URL(server.url).hostname).toBe('127.0.0.1');
    expect(await query(server.url, 'SHOW server_encoding')).toEqual(['UTF8']);
    expect(await query(server.url, 'SHOW listen_addresses')).toEqual(['127.0.0.1']);
    expect(await query(server.url, "SELECT lower('JOÃO ÉLIDA')")).toEqual(['joão élida']);
    await query(server.url, "CREATE TABLE kept AS SELECT 'still here'::text AS value");
    await server.stop();
  });

  it('keeps the data and the password', async () => {
    const server = await start(directory);
    expect(await query(server.url, 'SELECT value FROM kept')).toEqual(['still here']);
    const wrong = new URL(server.url);
    wrong.password = 'wrong';
    await expect(query(wrong.href, 'SELECT 1')).rejects.toThrow('password');
    expect((await stat(join(directory, 'password'))).mode & 0o777).toBe(0o600);
    await server.stop();
    await server.stop();
  });

  it('ends a server that a killed process left running', async () => {
    const orphan = await start(directory);
    const pid = await pidOf(directory);
    const server = await start(directory);
    await orphan.ended;
    expect(isAlive(pid)).toBe(false);
    expect(await query(server.url, 'SELECT value FROM kept')).toEqual(['still here']);
    await server.stop();
  });

  it('starts after a server that was killed', async () => {
    const killed = await start(directory);
    process.kill(await pidOf(directory), 'SIGKILL');
    await killed.ended;
    const server = await start(directory);
    expect(await query(server.url, 'SELECT value FROM kept')).toEqual(['still here']);
    await server.stop();
  });

  it('is not stopped by a number that now belongs to another program', async () => {
    const other = spawn('sleep', ['60']);
    await once(other, 'spawn');
    await writeFile(join(directory, 'cluster', 'postmaster.pid'), `${other.pid}\n`);
    const server = await start(directory);
    expect(await query(server.url, 'SELECT value FROM kept')).toEqual(['still here']);
    expect(other.exitCode).toBe(null);
    other.kill();
    await server.stop();
  });
});

describe('startEmbeddedPostgres', () => {
  it('names the data of another version instead of trying it', async () => {
    const directory = join(root, 'old');
    await mkdir(join(directory, 'cluster'), { recursive: true });
    await writeFile(join(directory, 'cluster', 'PG_VERSION'), '13\n');
    await expect(start(directory)).rejects.toThrow(/is of PostgreSQL 13/);
  });
});
