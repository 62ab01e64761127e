import { setTimeout as pause } from 'node:timers/promises';
import type { Account } from '../account';
import { EXACT, since, type FaultCase, type Outcome, type Size } from '../fault-case';
import { p95 } from './http';
import type { Stage } from '../stage';
import { assertExact, assertSame, sampleOf } from '../verify';

const AT_ONCE = 30;
const BIG = 6;
const FILTERS = 12;
const PAGE_LIMIT_MS = 300;
const CONTACTS = 100_000;
/** As slow as a search may be made: no index answers it. */
const VALUES = Array.from({ length: 20 }, (_, index) => `zz${index}q`);

async function manyAtOnce(stage: Stage, { rows }: Size): Promise<Outcome> {
  const sample = await sampleOf(rows / 6);
  const accounts: Account[] = [];
  for (let count = 0; count < AT_ONCE; count += 1) accounts.push(await stage.account());
  const began = performance.now();
  const ids = await Promise.all(accounts.map((account) => account.begin(sample.file)));
  await Promise.all(accounts.map((account, index) => account.importEnd(ids[index] ?? 0, 240_000)));
  const seconds = since(began) / 1000;
  for (const [index, account] of accounts.entries()) await assertExact(account, ids[index] ?? 0, sample);
  return { note: `all in ${seconds.toFixed(1)} s` };
}

/** A small file waits for its turn, and not for all files of another account. */
async function smallBesideBig(stage: Stage, { rows }: Size): Promise<Outcome> {
  // Other files each: the same one six times would have nothing to write.
  const big = await Promise.all(Array.from({ length: BIG }, (_, index) => sampleOf(rows * 2, 100 + index)));
  const small = await sampleOf(500, 3);
  const [crowd, single] = [await stage.account(), await stage.account()];
  const bigIds = await Promise.all(big.map(({ file }) => crowd.begin(file)));
  const open = async () => {
    const views = await Promise.all(bigIds.map((bigId) => crowd.show(bigId)));
    return views.filter((view) => view?.finished_at === null).length;
  };
  const before = await open();
  if (before < 2) throw new Error('The big imports ended before the small one was there.');
  const began = performance.now();
  const id = await single.begin(small.file);
  await single.importEnd(id);
  const seconds = since(began) / 1000;
  const after = await open();
  // Those that run when it comes may come to their end meanwhile; nothing that waits goes before it.
  if (before - after > 2) throw new Error(`${before - after} big imports ended before the small one did.`);
  await assertExact(single, id, small);
  for (const bigId of bigIds) {
    const { state, rows: counts } = await crowd.importEnd(bigId, 240_000);
    const { created, updated, unchanged, skipped, failed } = counts;
    assertSame(
      'the end',
      [state, created + updated + unchanged + skipped + failed],
      ['finished', counts.total],
    );
  }
  return { note: `${seconds.toFixed(1)} s, ${after} of ${BIG} big ones still open` };
}

/** Lists stay quick and readiness stays, while other accounts search in every contact and import. */
async function heavyLoad(stage: Stage, { rows }: Size): Promise<Outcome> {
  const searchers = [await stage.account(), await stage.account(), await stage.account()];
  for (const { id } of searchers)
    await stage.query(
      `INSERT INTO contacts (account_id, phone_number, name, email)
       SELECT $1, '+55119' || to_char(n, 'FM00000000'), 'Ana Maria ' || n, 'ana' || n || '@p.example'
       FROM generate_series(1, $2::int) AS n`,
      [id, CONTACTS],
    );
  const reader = await stage.account();
  const sample = await sampleOf(rows);
  const small = await sampleOf(500, 3);
  await assertExact(reader, await reader.begin(small.file), small);
  const importers: Account[] = [];
  for (let count = 0; count < BIG; count += 1) importers.push(await stage.account());
  const ids = await Promise.all(importers.map((account) => account.begin(sample.file)));
  let isOver = false;
  const statuses = new Map<number, number>();
  const filtering = Array.from({ length: FILTERS }, async (_, index) => {
    while (!isOver) {
      const searcher = searchers[index % searchers.length];
      const { status } = (await searcher?.post('/contacts/filter', filter())) ?? { status: 0 };
      statuses.set(status, (statuses.get(status) ?? 0) + 1);
      if (status === 429) await pause(200);
    }
  });
  const times: number[] = [];
  for (const began = performance.now(); since(began) < 10_000; await pause(50)) {
    const { status, ms } = await reader.page();
    assertSame('a list', status, 200);
    assertSame('readiness', await stage.ready(), 200);
    times.push(ms);
  }
  isOver = true;
  await Promise.all(filtering);
  const broken = [...statuses.keys()].filter((status) => status === 0 || (status >= 500 && status !== 503));
  assertSame('the filters’ 5xx', broken, []);
  for (const [index, account] of importers.entries()) await assertExact(account, ids[index] ?? 0, sample);
  const worst = p95(times);
  if (worst >= PAGE_LIMIT_MS)
    throw new Error(`The p95 of a page is ${worst} ms, not below ${PAGE_LIMIT_MS} ms.`);
  return { note: `list p95 ${worst} ms; filters ${describe(statuses)}` };
}

const filter = () => ({
  payload: ['name', 'email', 'phone_number'].map((attribute_key, index, all) => ({
    attribute_key,
    filter_operator: 'contains',
    values: VALUES,
    query_operator: index === all.length - 1 ? null : 'or',
  })),
});

const describe = (statuses: ReadonlyMap<number, number>) =>
  [...statuses].map(([status, count]) => `${count} × ${status}`).join(', ');

export const LOAD_CASES: readonly FaultCase[] = [
  {
    name: `${AT_ONCE} imports at once`,
    compared: `each: ${EXACT}`,
    workers: 2,
    limitSeconds: 300,
    run: manyAtOnce,
  },
  {
    name: `one small import beside ${BIG} big ones of another account`,
    compared: `${EXACT}; most of the big ones still wait`,
    isQuick: true,
    limitSeconds: 300,
    run: smallBesideBig,
  },
  {
    name: `${FILTERS} heavy filters and ${BIG} imports of other accounts`,
    compared: `page p95 < ${PAGE_LIMIT_MS} ms, no 5xx, readiness 200; ${EXACT}`,
    workers: 2,
    limitSeconds: 300,
    run: heavyLoad,
  },
];
