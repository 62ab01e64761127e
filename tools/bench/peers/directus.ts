import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { request, type IncomingMessage } from 'node:http';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { ReadableStream } from 'node:stream/web';
import { setTimeout as pause } from 'node:timers/promises';
import { freePort } from '@ponte/testing';
import { workspaceRoot } from '../../gate/workspace.mjs';
import type { Sample } from '../import/samples';
import { contactsOf } from '../import/verify';
import type { Bench } from '../import/with-bench';
import { peakBytes } from '../processes';
import type { PeerTurn } from './report';

const FOLDER = join(workspaceRoot, 'node_modules', '.cache', 'ponte-peers');
const ADMINISTRATOR = { email: 'marina@example.com', password: 'ponte-rio-niteroi' };
const DATABASE = 'directus';
const START_MS = 120_000;

/** The admin pages of 12.4.1 are not in every registry; nothing here looks at them. */
const PACKAGE = {
  private: true,
  dependencies: { directus: '12.4.1' },
  overrides: { '@directus/app': '18.0.0' },
};

/** A table as Directus makes it, with the identity that contacts have: the number. */
const COLLECTION = {
  collection: 'contacts',
  schema: {},
  meta: {},
  fields: [
    { field: 'id', type: 'bigInteger', schema: { is_primary_key: true, has_auto_increment: true } },
    { field: 'account_id', type: 'bigInteger', schema: { is_nullable: false } },
    { field: 'name', type: 'text', schema: { is_nullable: false } },
    { field: 'phone_number', type: 'string', schema: { is_nullable: false, is_unique: true } },
    { field: 'email', type: 'string', schema: {} },
  ],
};

/**
 * Directus' own CSV import, into a database of its own on the same server. It is given the clean rows, as psql is: the
 * file itself it refuses as a whole, for its first duplicate or bad row.
 */
export async function directusTurn({ postgres, log }: Bench, sample: Sample): Promise<PeerTurn> {
  install(log);
  await postgres.createDatabase(DATABASE);
  const port = await freePort();
  const address = `http://127.0.0.1:${port}`;
  const env = variables(postgres.url(DATABASE), port);
  const cli = join(FOLDER, 'node_modules', 'directus', 'cli.js');
  execFileSync(process.execPath, [cli, 'bootstrap'], { env, stdio: 'ignore' });
  const server = spawn(process.execPath, [cli, 'start'], { env, stdio: 'ignore' });
  const end = () => server.kill('SIGKILL');
  process.once('exit', end);
  const ended = once(server, 'exit');
  try {
    await untilAnswers(`${address}/server/ping`);
    const token = await signIn(address);
    await makeCollection(address, token);
    const refusal = await importFile(address, token, sample.file);
    log(`Directus answers the file itself with ${refusal}.`);
    const file = `${sample.cleanFile}.with-header.csv`;
    await writeFile(file, `account_id,name,phone_number,email\n${await readFile(sample.cleanFile, 'utf8')}`);
    const start = performance.now();
    const status = await importFile(address, token, file);
    const seconds = (performance.now() - start) / 1000;
    await rm(file);
    if (status !== 200) throw new Error(`Directus answers the clean rows with ${status}.`);
    const { contacts, digest } = await contactsOf(postgres, DATABASE, 'true');
    const isRight = digest === sample.expected.digest;
    const who = 'Directus 12.4.1, of the clean rows alone';
    return { who, seconds, peakBytes: peakBytes(server.pid ?? 0), contacts, isRight, rejected: null };
  } finally {
    process.off('exit', end);
    server.kill('SIGTERM');
    await ended;
    await postgres.dropDatabase(DATABASE);
  }
}

/** Once, below node_modules: a gigabyte that the project does not need. */
function install(log: (line: string) => void): void {
  if (existsSync(join(FOLDER, 'node_modules', 'directus', 'cli.js'))) return;
  log(`Installing Directus in ${FOLDER} …`);
  mkdirSync(FOLDER, { recursive: true });
  writeFileSync(join(FOLDER, 'package.json'), JSON.stringify(PACKAGE));
  // It asks for a newer Node than the project does, and runs on this one.
  execFileSync('npm', ['install', '--legacy-peer-deps', '--engine-strict=false'], {
    cwd: FOLDER,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
}

function variables(databaseUrl: string, port: number): Record<string, string> {
  return {
    PATH: process.env['PATH'] ?? '',
    NODE_ENV: 'production',
    HOST: '127.0.0.1',
    PORT: String(port),
    DB_CLIENT: 'pg',
    DB_CONNECTION_STRING: databaseUrl,
    SECRET: 'not-a-secret-of-anybody',
    ADMIN_EMAIL: ADMINISTRATOR.email,
    ADMIN_PASSWORD: ADMINISTRATOR.password,
    SERVE_APP: 'false',
    TELEMETRY: 'false',
  };
}

async function untilAnswers(url: string): Promise<void> {
  const deadline = Date.now() + START_MS;
  while (Date.now() < deadline) {
    // Expected until it listens: the connection is refused.
    const answer = await fetch(url).catch(() => null);
    if (answer?.ok === true) return;
    await pause(250);
  }
  throw new Error('Directus was not ready in time.');
}

async function signIn(address: string): Promise<string> {
  const answer = await post(`${address}/auth/login`, {}, ADMINISTRATOR);
  const { data } = (await answer.json()) as { data: { access_token: string } };
  return data.access_token;
}

async function makeCollection(address: string, token: string): Promise<void> {
  const { status } = await post(`${address}/collections`, { authorization: `Bearer ${token}` }, COLLECTION);
  if (status !== 200) throw new Error(`Directus makes no collection: ${status}.`);
}

function post(url: string, headers: Record<string, string>, body: object): Promise<Response> {
  return fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  });
}

/** Answers the status. Not by `fetch`, which gives up after five minutes without an answer. */
async function importFile(address: string, token: string, file: string): Promise<number> {
  const form = new FormData();
  form.set('file', new Blob([await readFile(file)], { type: 'text/csv' }), 'contacts.csv');
  const { body, headers } = new Response(form);
  const sending = request(`${address}/utils/import/contacts`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': headers.get('content-type') ?? '' },
  });
  const answered = once(sending, 'response') as Promise<[IncomingMessage]>;
  if (body === null) throw new Error('There is nothing to send.');
  await pipeline(Readable.fromWeb(body as ReadableStream), sending);
  const [answer] = await answered;
  answer.resume();
  return answer.statusCode ?? 0;
}
