import { Logger } from '@nestjs/common';
import { rowsWritten, runEvents } from './instruments';

type RunKind = 'import' | 'export';
type RunEvent = 'taken' | 'handed_over' | 'fault' | 'finished' | 'failed' | 'cancelled';

/** What a run's line may carry: ids, codes and figures. */
interface RunFields {
  run_id: number;
  fence?: number;
  account_id?: number;
  user_id?: number;
  code?: string;
  error?: string;
  rows?: number;
  attempts?: number;
}

/** A run of minutes tells how far it is at this pace. */
const PROGRESS_EVERY_MS = 10_000;

const log = new Logger('Runs');

/** One line and one count for what happened to a run. */
export function logRun(kind: RunKind, event: RunEvent, fields: RunFields): void {
  runEvents.inc({ kind, event });
  if (event === 'fault') log.error(`${kind} ${event}`, { event, kind, ...fields });
  else log.log(`${kind} ${event}`, { event, kind, ...fields });
}

/** Counts the rows that this process writes for one run, and logs them now and then. */
export class RowLog {
  private loggedAt = performance.now();
  private rows = 0;

  constructor(
    private readonly kind: RunKind,
    private readonly fields: RunFields,
  ) {}

  add(rows: number): void {
    this.rows += rows;
    rowsWritten.inc({ kind: this.kind }, rows);
    if (performance.now() - this.loggedAt < PROGRESS_EVERY_MS) return;
    this.loggedAt = performance.now();
    log.log(`${this.kind} progress`, { event: 'progress', kind: this.kind, ...this.fields, rows: this.rows });
  }
}
