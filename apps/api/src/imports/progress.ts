import type { UpsertOutcome } from '../contacts';
import type { ImportEntity } from './import.entity';
import type { RejectedRow } from './judge-rows';

/** The counters of a run: values, so that a transaction that is undone leaves no trace in them. */
export interface Counts {
  done: number;
  created: number;
  updated: number;
  unchanged: number;
  skipped: number;
  failed: number;
  rejectedByCode: Readonly<Record<string, number>>;
}

/** Before the first row. */
export const NO_COUNTS: Counts = Object.freeze({
  done: 0,
  created: 0,
  updated: 0,
  unchanged: 0,
  skipped: 0,
  failed: 0,
  rejectedByCode: {},
});

export function countsOf(run: ImportEntity): Counts {
  return {
    done: run.rowsDone,
    created: run.rowsCreated,
    updated: run.rowsUpdated,
    unchanged: run.rowsUnchanged,
    skipped: run.rowsSkipped,
    failed: run.rowsFailed,
    rejectedByCode: run.rejectedByCode,
  };
}

/** The counters after a batch. A row with several reasons counts once in `failed` and once under each reason. */
export function addBatch(
  counts: Counts,
  outcomes: readonly UpsertOutcome[],
  rejectedRows: readonly RejectedRow[],
): Counts {
  const next = { ...counts, rejectedByCode: { ...counts.rejectedByCode } as Record<string, number> };
  for (const outcome of outcomes) next[outcome] += 1;
  for (const { codes } of rejectedRows) {
    for (const code of codes) next.rejectedByCode[code] = (next.rejectedByCode[code] ?? 0) + 1;
  }
  next.failed += rejectedRows.length;
  next.done += outcomes.length + rejectedRows.length;
  return next;
}

const WINDOW_MS = 5_000;

/** Rows a second over the last five seconds: what the run does now, not what it did an hour ago. */
export class Pace {
  private readonly marks: { at: number; done: number }[];

  constructor(done: number, now = performance.now()) {
    this.marks = [{ at: now, done }];
  }

  /** Notes how far the run is, and answers its pace; null before there is one. */
  mark(done: number, now = performance.now()): number | null {
    this.marks.push({ at: now, done });
    while (this.marks.length > 2 && (this.marks[1]?.at ?? now) < now - WINDOW_MS) this.marks.shift();
    const first = this.marks[0];
    if (first === undefined || now <= first.at) return null;
    return ((done - first.done) * 1000) / (now - first.at);
  }
}
