import type { ImportView } from '@ponte/contracts';
import { digestContacts } from '@ponte/testing';
import { setTimeout as pause } from 'node:timers/promises';
import type { Account, Person } from '../account';
import { EXACT, STOPPED, type FaultCase, type Outcome, type Size } from '../fault-case';
import { holdAt } from '../hold';
import type { Stage } from '../stage';
import { assertContacts, assertExact, assertMails, assertSame, assertStopped, sampleOf } from '../verify';

const PARALLEL = 10;

/** The same key at once: one import, whose answer all get who are not asked to come back. */
async function sameKey(stage: Stage): Promise<Outcome> {
  const small = await sampleOf(2_000, 5);
  const account = await stage.account();
  const key = { 'Idempotency-Key': `key-${account.id}` };
  const asked = await Promise.all(Array.from({ length: PARALLEL }, () => account.upload(small.file, key)));
  const statuses = [...new Set(asked.map(({ status }) => status))];
  if (!statuses.every((status) => [202, 409, 429].includes(status)))
    throw new Error(`The uploads were answered with ${statuses.join(', ')}.`);
  const ids = [...new Set(asked.flatMap(({ body, status }) => (status === 202 && body ? [body.id] : [])))];
  assertSame('the imports that were answered', ids.length, 1);
  const [{ count } = {}] = await stage.query<{ count: number }>(
    'SELECT count(*) FROM imports WHERE account_id = $1',
    [account.id],
  );
  assertSame('the imports', count, 1);
  await assertExact(account, ids[0] ?? 0, small);
  return {};
}

/** One more administrator of an account. */
async function join(account: Account): Promise<Person> {
  const { person } = await account.stage.account();
  await account.stage.query(
    `INSERT INTO members (account_id, user_id, role) VALUES ($1, $2, 'administrator')`,
    [account.id, person.id],
  );
  return person;
}

/** Two administrators import the same people from opposite ends. */
async function oppositeOrders(stage: Stage, { rows }: Size): Promise<Outcome> {
  const contacts = Array.from({ length: rows }, (_, row) => ({
    name: `Pessoa ${row}`,
    phone_number: `+55119${80_000_000 + row}`,
    email: null,
  }));
  const lines = contacts.map(({ name, phone_number }) => `${name},${phone_number}\n`);
  const files = [lines, [...lines].reverse()].map(
    (ordered) => new Blob(['name,phone_number\n', ordered.join('')]),
  );
  const account = await stage.account();
  const both = [account, account.as(await join(account))];
  const ids = await Promise.all(both.map((who, index) => who.begin(files[index] ?? new Blob())));
  const ends = await Promise.all(ids.map((id) => account.importEnd(id)));
  assertSame(
    'the ends',
    ends.map(({ state }) => state),
    ['finished', 'finished'],
  );
  const sum = (part: 'created' | 'unchanged' | 'failed') =>
    ends.reduce((whole, { rows: counts }) => whole + counts[part], 0);
  assertSame('the counts', [sum('created'), sum('unchanged'), sum('failed')], [rows, rows, 0]);
  await assertContacts(account, { contacts: rows, digest: digestContacts(contacts) });
  for (const id of ids) await assertMails(stage, 'import_finished', id, 1);
  return {};
}

async function samePhones(stage: Stage, { rows }: Size): Promise<Outcome> {
  const sample = await sampleOf(rows);
  const accounts = [await stage.account(), await stage.account()];
  const ids = await Promise.all(accounts.map((account) => account.begin(sample.file)));
  for (const [index, account] of accounts.entries()) await assertExact(account, ids[index] ?? 0, sample);
  return {};
}

/** Imports that are cancelled a little later each time, from the queue to the last rows. */
async function cancelMany(stage: Stage, { rows, times }: Size): Promise<Outcome> {
  const sample = await sampleOf(rows);
  let cancelled = 0;
  for (let time = 0; time < 2 * times; time += 1) {
    const account = await stage.account();
    const id = await account.begin(sample.file);
    await pause((time * 1_500) / (2 * times));
    const { status } = await account.post<ImportView>(`/imports/${id}/cancel`);
    const end = await account.importEnd(id);
    if (status === 202 && end.state === 'cancelled') {
      cancelled += 1;
      await assertStopped(account, end, 'cancelled', null);
    } else await assertExact(account, id, sample);
  }
  return { note: `${cancelled} of ${2 * times} before their end` };
}

/** Who started an import loses the right to it in its middle. Another administrator is told instead. */
async function loseRight(stage: Stage, { rows }: Size, sql: string): Promise<Outcome> {
  const sample = await sampleOf(rows);
  const owner = await stage.account();
  const starter = owner.as(await join(owner));
  const letGo = await holdAt(owner, sample.phoneAt(0.5));
  const id = await starter.begin(sample.file);
  await owner.progress(id, 0);
  await stage.query(sql, [owner.id, starter.person.id]);
  await letGo();
  await assertStopped(owner, await owner.importEnd(id), 'failed', 'run_permission_lost');
  const told = stage.mailbox.mails
    .filter(({ messageId }) => messageId?.startsWith(`<import_failed.${id}.`) === true)
    .flatMap(({ to = [] }) => to.map(({ address }) => address));
  const expected = sql.startsWith('DELETE') ? owner.person.email : starter.person.email;
  assertSame('who was told', told, [expected]);
  return {};
}

export const PEOPLE_CASES: readonly FaultCase[] = [
  {
    name: `one Idempotency-Key ×${PARALLEL} at once`,
    compared: `one import; ${EXACT}`,
    isQuick: true,
    run: sameKey,
  },
  { name: 'two administrators, opposite orders', compared: EXACT, workers: 2, run: oppositeOrders },
  { name: 'two accounts, the same numbers', compared: EXACT, workers: 2, isQuick: true, run: samePhones },
  {
    name: 'cancelled ×20 at any moment',
    compared: STOPPED,
    limitSeconds: 240,
    isQuick: true,
    run: cancelMany,
  },
  {
    name: 'administrator demoted in the middle',
    compared: STOPPED,
    run: (stage, size) =>
      loseRight(stage, size, `UPDATE members SET role = 'agent' WHERE account_id = $1 AND user_id = $2`),
  },
  {
    name: 'administrator removed in the middle',
    compared: `${STOPPED}, to another administrator`,
    run: (stage, size) =>
      loseRight(stage, size, 'DELETE FROM members WHERE account_id = $1 AND user_id = $2'),
  },
];
