import { importOf } from '../testing';
import { doneShare, reasonsByCount, rowSum, spokenShare } from './import-figures';

const rows = { total: 200, done: 80, created: 40, updated: 20, unchanged: 10, skipped: 5, failed: 5 };

describe('the figures of an import', () => {
  it('add up to the rows that are done', () => {
    expect(rowSum(rows)).toBe(rows.done);
  });

  it('know how far it is, with no rows too', () => {
    expect(doneShare(importOf({ rows }))).toBe(0.4);
    const none = { ...rows, total: 0, done: 0 };
    expect(doneShare(importOf({ rows: none }))).toBe(0);
    expect(doneShare(importOf({ rows: none, state: 'finished' }))).toBe(1);
  });

  it('speak every ten per cent', () => {
    expect([0, 0.09, 0.1, 0.55, 1].map(spokenShare)).toEqual([0, 0, 0.1, 0.5, 1]);
  });

  it('put the most frequent reason first', () => {
    expect(reasonsByCount({ email_invalid: 5, phone_no_plus: 20 })).toEqual([
      { code: 'phone_no_plus', count: 20, share: 1 },
      { code: 'email_invalid', count: 5, share: 0.25 },
    ]);
  });
});
