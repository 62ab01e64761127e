import type { RowCounts } from '@ponte/contracts';
import { goingIn, type SendRemark, sendRemark } from './send-counts';

const counts = (changes: Partial<RowCounts>): RowCounts => ({
  total: 0,
  done: 0,
  created: 0,
  updated: 0,
  unchanged: 0,
  skipped: 0,
  failed: 0,
  ...changes,
});

describe('the number on the button', () => {
  it('counts rows that go in, and none that are rejected or skipped', () => {
    expect(goingIn(counts({ created: 12_000, updated: 200, unchanged: 14, skipped: 3, failed: 83 }))).toBe(
      12_214,
    );
  });

  it.each<[remark: SendRemark | null, rows: Partial<RowCounts>]>([
    ['nothing', { failed: 4 }],
    ['all_skipped', { skipped: 3, failed: 1 }],
    ['all_same', { unchanged: 5, failed: 1 }],
    [null, { created: 1 }],
    [null, { updated: 1, unchanged: 7 }],
  ])('comes with the remark %s for %o', (remark, rows) => {
    expect(sendRemark(counts(rows))).toBe(remark);
  });
});
