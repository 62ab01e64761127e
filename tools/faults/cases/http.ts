import { openTable, unescapeFormula } from '@ponte/tabular';
import { digestContacts } from '@ponte/testing';
import { once } from 'node:events';
import { readdirSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { join } from 'node:path';
import { until, type Account } from '../account';
import { EXACT, since, type FaultCase, type Outcome, type Size } from '../fault-case';
import { end, type Stage } from '../stage';
import { assertExact, assertMails, assertSame, sampleOf } from '../verify';

const SLOW_CLIENTS = 100;

/** A POST that sends its head, and then what it is told to. */
async function openRequest(account: Account, path: string, headers: Record<string, string>): Promise<Socket> {
  const { stage, person, id } = account;
  const socket = connect(stage.port, '127.0.0.1');
  socket.on('error', () => undefined);
  await once(socket, 'connect');
  const all = { host: `127.0.0.1:${stage.port}`, cookie: person.cookie, ...headers };
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}\r\n`);
  socket.write(`POST /api/v1/accounts/${id}${path} HTTP/1.1\r\n${lines.join('')}\r\n`);
  return socket;
}

/** People's requests are answered beside clients that send a byte a second. */
async function slowClients(stage: Stage, { outageMs }: Size): Promise<Outcome> {
  const account = await stage.account();
  const headers = { 'content-type': 'application/json', 'content-length': '100000' };
  const sockets = await Promise.all(
    Array.from({ length: SLOW_CLIENTS }, () => openRequest(account, '/contacts', headers)),
  );
  const dripping = setInterval(() => sockets.forEach((socket) => socket.write(' ')), 1_000);
  const times: number[] = [];
  try {
    for (const began = performance.now(); since(began) < outageMs;) {
      const { status, ms } = await account.page();
      assertSame('a list', status, 200);
      times.push(ms);
    }
    assertSame('readiness', await stage.ready(), 200);
    const small = await sampleOf(500, 3);
    await assertExact(account, await account.begin(small.file), small);
  } finally {
    clearInterval(dripping);
    for (const socket of sockets) socket.destroy();
  }
  return { note: `list p95 ${p95(times)} ms` };
}

export function p95(times: readonly number[]): number {
  const sorted = [...times].sort((a, b) => a - b);
  return Math.round(sorted[Math.floor(sorted.length * 0.95)] ?? 0);
}

async function killHttp(stage: Stage): Promise<void> {
  if (stage.http !== null) await end(stage.http, 'SIGKILL');
}

/** Nothing of an upload that was cut by the end of the process is imported; sent again, all of it is. */
async function killInUpload(stage: Stage, { rows }: Size): Promise<Outcome> {
  const sample = await sampleOf(rows);
  const account = await stage.account();
  const head = '--b\r\nContent-Disposition: form-data; name="file"; filename="c.csv"\r\n\r\n';
  const socket = await openRequest(account, '/imports', {
    'content-type': 'multipart/form-data; boundary=b',
    'content-length': String(sample.file.size * 2),
  });
  socket.write(head);
  socket.write(Buffer.from(await sample.file.arrayBuffer()));
  const uploads = join(stage.folder, 'data/files/uploads');
  await until(
    'A stored part',
    () => readdirSync(uploads).some((name) => name.startsWith('.partial-')),
    Boolean,
  );
  await killHttp(stage);
  socket.destroy();
  const began = performance.now();
  await stage.startHttp();
  const recoveredMs = since(began);
  assertSame(
    'the imports',
    await stage.query('SELECT id FROM imports WHERE account_id = $1', [account.id]),
    [],
  );
  await assertExact(account, await account.begin(sample.file), sample);
  return { recoveredMs };
}

/** The process dies when the import is written, before or after it has said so; the sender asks again with its key. */
async function killAfterCommit(stage: Stage): Promise<Outcome> {
  const small = await sampleOf(2_000, 5);
  const account = await stage.account();
  const key = { 'Idempotency-Key': `key-${account.id}` };
  const first = account.upload(small.file, key);
  const count = async () =>
    (await stage.query('SELECT id FROM imports WHERE account_id = $1', [account.id])).length;
  await until('The committed import', count, (found) => found === 1);
  await killHttp(stage);
  await first;
  const began = performance.now();
  await stage.startHttp();
  const again = await account.upload(small.file, key);
  const recoveredMs = since(began);
  if (![200, 202].includes(again.status) || again.body === null)
    throw new Error(`The same upload was answered with ${again.status}.`);
  assertSame('the imports', await count(), 1);
  await assertExact(account, again.body.id, small);
  return { recoveredMs };
}

async function killExport(stage: Stage, { rows }: Size): Promise<Outcome> {
  const sample = await sampleOf(rows);
  const account = await stage.account();
  await assertExact(account, await account.begin(sample.file), sample);
  const [worker] = stage.workers;
  if (worker === undefined) throw new Error('There is no worker.');
  const { body } = await account.post<{ id: number }>('/exports');
  const id = body?.id ?? 0;
  const state = async () =>
    (await stage.query<{ state: string }>('SELECT state FROM exports WHERE id = $1', [id]))[0]?.state;
  await until('The export', state, (found) => found !== 'queued');
  worker.kill('SIGKILL');
  await once(worker, 'exit');
  assertSame('the export when its worker was killed', await state(), 'running');
  const began = performance.now();
  await stage.startWorker();
  await account.exportEnd(id);
  const recoveredMs = since(began);
  await assertMails(stage, 'export_ready', id, 1);
  const response = await fetch(`${stage.address}/api/v1/accounts/${account.id}/exports/${id}/file`, {
    headers: { cookie: account.person.cookie },
  });
  assertSame('the file', response.status, 200);
  const bytes = new Uint8Array(await response.arrayBuffer());
  assertSame('the exported contacts', digestContacts(await readContacts(bytes)), sample.expected.digest);
  return { recoveredMs };
}

async function readContacts(bytes: Uint8Array) {
  const source = {
    size: bytes.length,
    read: async (start: number, end: number) => bytes.slice(start, end),
  };
  const limits = { maxRows: 1_000_000, maxColumns: 20, maxCellBytes: 10_000 };
  const table = await openTable(source, { limits, locale: 'pt-BR' });
  const contacts = [];
  for await (const batch of table.rows())
    for (const { cells } of batch) {
      const [name = '', phone_number = '', email = ''] = cells;
      contacts.push({ name: unescapeFormula(name), phone_number, email: email === '' ? null : email });
    }
  return contacts;
}

export const HTTP_CASES: readonly FaultCase[] = [
  { name: 'HTTP killed in an upload', compared: `no import; sent again: ${EXACT}`, run: killInUpload },
  {
    name: 'HTTP killed after the commit',
    compared: `one import; ${EXACT}`,
    isQuick: true,
    run: killAfterCommit,
  },
  { name: 'export killed in its middle', compared: 'the file’s contacts, one e-mail', run: killExport },
  {
    name: `${SLOW_CLIENTS} clients that send a byte a second`,
    compared: `every list is answered; ${EXACT}`,
    run: slowClients,
  },
];
