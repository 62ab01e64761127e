import type { ImportView, RowCounts } from '@ponte/contracts';

export const ROW_OUTCOMES = ['created', 'updated', 'unchanged', 'skipped', 'failed'] as const;
export type RowOutcome = (typeof ROW_OUTCOMES)[number];

/** What the sum on screen adds up to: rows so far while it runs, all rows in the end. */
export function rowSum(rows: RowCounts): number {
  return ROW_OUTCOMES.reduce((sum, outcome) => sum + rows[outcome], 0);
}

/** From 0 to 1. */
export function doneShare({ rows, state }: Pick<ImportView, 'rows' | 'state'>): number {
  if (rows.total === 0) return state === 'finished' ? 1 : 0;
  return Math.min(1, rows.done / rows.total);
}

/** Steps of ten per cent: often enough to follow by ear, seldom enough to be let alone. */
export function spokenShare(share: number): number {
  return Math.floor(share * 10) / 10;
}

export interface Reason {
  code: string;
  count: number;
  /** Of the most frequent reason, for the length of its bar. */
  share: number;
}

/** Most frequent first. */
export function reasonsByCount(rejectedByCode: ImportView['rejected_by_code']): Reason[] {
  const reasons = Object.entries(rejectedByCode).sort(([, a], [, b]) => b - a);
  const most = reasons[0]?.[1] ?? 1;
  return reasons.map(([code, count]) => ({ code, count, share: count / most }));
}
