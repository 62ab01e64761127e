import type { INestApplicationContext } from '@nestjs/common';
import type { DataSource } from 'typeorm';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { migratedConfig, openContext } from '../../../test/setup/app-context';
import { newImport, newPerson, type TestPerson } from '../../../test/setup/rows';
import { nextRun, queuePositions, runsBeyondShare, type RunKind } from './fair-share';

const QUICK_ROWS = 10;
const KIND: RunKind = {
  table: 'imports',
  slots: 2,
  isQuick: (run) => `(${run}.rows_total <= ${QUICK_ROWS})`,
  canGoOn: true,
};

const FAR = '2999-01-01T00:00:00Z';
const OLD = '2026-01-01T00:00:00Z';
const HELD = { state: 'running', lease_until: FAR };
const WAITING = { created_at: OLD };
const HANDED_OVER = { state: 'running', lease_until: OLD };
const LONG = { rows_total: 1_000 };

let app: INestApplicationContext;
let dataSource: DataSource;
let people: TestPerson[];

beforeAll(async () => {
  ({ app, dataSource } = await openContext(await migratedConfig()));
  people = [await newPerson(dataSource), await newPerson(dataSource), await newPerson(dataSource)];
});
beforeEach(() => dataSource.query('DELETE FROM imports'));
afterAll(() => app.close());

/** Runs in the order of their ids: `A` is the first account, and so on. Answers their ids. */
async function newRuns(runs: [account: string, values: Record<string, unknown>][]): Promise<number[]> {
  const ids = [];
  for (const [account, values] of runs) {
    const person = people['ABC'.indexOf(account)];
    if (person === undefined) throw new Error(`There is no account ${account}.`);
    ids.push(await newImport(dataSource, person, { ...LONG, ...values }));
  }
  return ids;
}

describe('nextRun', () => {
  const CASES: [string, [string, Record<string, unknown>][], number | null][] = [
    [
      'the oldest when nothing runs',
      [
        ['A', {}],
        ['A', {}],
        ['B', {}],
      ],
      0,
    ],
    [
      'that of the account that has fewer under way',
      [
        ['A', HELD],
        ['A', {}],
        ['B', {}],
      ],
      2,
    ],
    [
      'the oldest of those that have as few',
      [
        ['A', HELD],
        ['B', HELD],
        ['A', {}],
        ['B', {}],
      ],
      2,
    ],
    [
      'the seventh file of an account when nobody else waits',
      [
        ['A', HELD],
        ['A', HELD],
        ['A', {}],
      ],
      2,
    ],
    [
      'one that was handed over',
      [
        ['A', HELD],
        ['A', HANDED_OVER],
      ],
      1,
    ],
    ['none that a worker has', [['A', HELD]], null],
    ['none that rests after a fault', [['A', { state: 'queued', lease_until: FAR }]], null],
    ['none that has ended', [['A', { state: 'finished', lease_until: OLD }]], null],
  ];
  it.each(CASES)('gives %s', async (_, runs, expected) => {
    const ids = await newRuns(runs);
    expect(await nextRun(dataSource, KIND, [], false)).toBe(expected === null ? null : ids[expected]);
  });

  it('gives a full process quick runs alone, and one without a quick kind nothing', async () => {
    const [, quick] = await newRuns([
      ['A', {}],
      ['A', { rows_total: QUICK_ROWS }],
    ]);
    expect(await nextRun(dataSource, KIND, [], true)).toBe(quick);
    expect(await nextRun(dataSource, { ...KIND, isQuick: null }, [], true)).toBeNull();
  });

  it('leaves out what the process still has, and what somebody has locked', async () => {
    const [mine, locked, free] = await newRuns([
      ['A', HANDED_OVER],
      ['A', {}],
      ['A', {}],
    ]);
    await dataSource.transaction(async (manager) => {
      await manager.query('SELECT FROM imports WHERE id = $1 FOR UPDATE', [locked]);
      expect(await nextRun(dataSource, KIND, [mine ?? 0], false)).toBe(free);
    });
  });
});

describe('runsBeyondShare', () => {
  const CASES: [string, [string, Record<string, unknown>][], number[]][] = [
    [
      'the youngest of two when another account waits',
      [
        ['A', HELD],
        ['A', HELD],
        ['B', WAITING],
      ],
      [1],
    ],
    [
      'none when nobody waits',
      [
        ['A', HELD],
        ['A', HELD],
      ],
      [],
    ],
    [
      'none when its own account waits',
      [
        ['A', HELD],
        ['A', HELD],
        ['A', WAITING],
      ],
      [],
    ],
    [
      'none when each account has one',
      [
        ['A', HELD],
        ['B', HELD],
        ['C', WAITING],
      ],
      [],
    ],
    [
      'one of three when another has one and wants more',
      [
        ['A', HELD],
        ['A', HELD],
        ['A', HELD],
        ['B', HELD],
        ['B', WAITING],
      ],
      [2],
    ],
    [
      'none of two when another has one already',
      [
        ['A', HELD],
        ['A', HELD],
        ['B', HELD],
        ['B', WAITING],
      ],
      [],
    ],
    [
      'none for a quick run, which has its own place',
      [
        ['A', HELD],
        ['A', HELD],
        ['B', { ...WAITING, rows_total: 1 }],
      ],
      [],
    ],
    [
      'none for one that came just now',
      [
        ['A', HELD],
        ['A', HELD],
        ['B', {}],
      ],
      [],
    ],
    [
      'the youngest long one',
      [
        ['A', HELD],
        ['A', HELD],
        ['A', { ...HELD, rows_total: 1 }],
        ['B', WAITING],
      ],
      [1],
    ],
  ];
  it.each(CASES)('names %s', async (_, runs, expected) => {
    const ids = await newRuns(runs);
    expect(await runsBeyondShare(dataSource, KIND, ids)).toEqual(expected.map((index) => ids[index]));
  });

  it('names no run of another process', async () => {
    const [first] = await newRuns([
      ['A', HELD],
      ['A', HELD],
      ['B', WAITING],
    ]);
    expect(await runsBeyondShare(dataSource, KIND, [first ?? 0])).toEqual([]);
  });
});

describe('queuePositions', () => {
  it('are in the order in which accounts take turns', async () => {
    const ids = await newRuns([
      ['A', HELD],
      ['A', {}],
      ['A', {}],
      ['B', {}],
      ['C', {}],
      ['B', {}],
    ]);
    const runs = ids.map((id, index) => ({
      id,
      state: index === 0 ? ('running' as const) : ('queued' as const),
    }));
    const positions = await queuePositions(dataSource.manager, 'imports', runs);
    expect(ids.map((id) => positions.get(id) ?? null)).toEqual([null, 3, 5, 1, 2, 4]);
  });

  it('count runs that were handed over and wait again', async () => {
    const [, waiting] = await newRuns([
      ['A', HANDED_OVER],
      ['B', {}],
    ]);
    const positions = await queuePositions(dataSource.manager, 'imports', [
      { id: waiting ?? 0, state: 'queued' },
    ]);
    expect(positions.get(waiting ?? 0)).toBe(2);
  });
});
