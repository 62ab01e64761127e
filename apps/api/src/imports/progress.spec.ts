import { describe, expect, it } from 'vitest';
import { addBatch, Pace, type Counts } from './progress';
import type { RejectedRow } from './judge-rows';

const EMPTY: Counts = {
  done: 0,
  created: 0,
  updated: 0,
  unchanged: 0,
  skipped: 0,
  failed: 0,
  rejectedByCode: {},
};
const rejected = (...codes: string[]): RejectedRow => ({ row: 1, line: 2, codes, fields: [], cells: [] });

describe('addBatch', () => {
  it('counts every outcome', () => {
    const outcomes = [
      'created',
      'created',
      'updated',
      'unchanged',
      'unchanged',
      'unchanged',
      'skipped',
    ] as const;
    expect(addBatch(EMPTY, outcomes, [])).toEqual({
      ...EMPTY,
      done: 7,
      created: 2,
      updated: 1,
      unchanged: 3,
      skipped: 1,
    });
  });

  it('counts a rejected row once, and under each of its reasons', () => {
    const counts = addBatch(EMPTY, ['created'], [rejected('a', 'b'), rejected('b')]);
    expect(counts).toMatchObject({ done: 3, created: 1, failed: 2 });
    expect(counts.rejectedByCode).toEqual({ a: 1, b: 2 });
  });

  it('adds to what was counted, whose values stay as they are', () => {
    const before = { ...EMPTY, done: 5, created: 4, failed: 1, rejectedByCode: { a: 1 } };
    const frozen = Object.freeze({ ...before, rejectedByCode: Object.freeze(before.rejectedByCode) });
    expect(addBatch(frozen, ['created', 'skipped'], [rejected('a'), rejected('c')])).toEqual({
      ...EMPTY,
      done: 9,
      created: 5,
      skipped: 1,
      failed: 3,
      rejectedByCode: { a: 2, c: 1 },
    });
    expect(frozen.rejectedByCode).toEqual({ a: 1 });
  });

  it('keeps the sum closed', () => {
    const { done, created, updated, unchanged, skipped, failed } = addBatch(
      EMPTY,
      ['created', 'updated', 'unchanged', 'skipped'],
      [rejected('a', 'b')],
    );
    expect(created + updated + unchanged + skipped + failed).toBe(done);
  });
});

describe('Pace', () => {
  it('has no figure before time has passed', () => {
    expect(new Pace(0, 1_000).mark(100, 1_000)).toBeNull();
  });

  it('is rows a second', () => {
    const pace = new Pace(0, 0);
    expect(pace.mark(500, 1_000)).toBe(500);
    expect(pace.mark(1_500, 2_000)).toBe(750);
  });

  it('begins where the run goes on', () => {
    expect(new Pace(10_000, 0).mark(10_500, 1_000)).toBe(500);
  });

  it('forgets what is older than five seconds', () => {
    const pace = new Pace(0, 0);
    for (let second = 1; second <= 10; second += 1) pace.mark(second * 1_000, second * 1_000);
    // Stands still from now on: after the window nothing of the former pace is left.
    expect(pace.mark(10_000, 12_500)).toBeCloseTo(3_000 / 5.5, 6);
    expect(pace.mark(10_000, 16_000)).toBe(0);
  });

  it('keeps two marks however long a batch takes', () => {
    const pace = new Pace(0, 0);
    expect(pace.mark(600, 60_000)).toBe(10);
    expect(pace.mark(1_800, 120_000)).toBe(20);
  });

  it('holds few marks of many', () => {
    const pace = new Pace(0, 0);
    for (let mark = 1; mark <= 10_000; mark += 1) expect(pace.mark(mark, mark * 10)).toBeCloseTo(100, 6);
  });
});
