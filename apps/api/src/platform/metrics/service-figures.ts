import { Injectable } from '@nestjs/common';
import { Probe } from '../health/probe';
import { figuresKnown, oldestWork, openWork, pace } from './instruments';

/** Two who scrape every few seconds cost one look. */
const KEPT_MS = 5_000;

interface Figure {
  kind: string;
  state: string;
  count: number;
  oldest_seconds: number;
  rows_per_second: number;
}

const open = (kind: string, table: string, rowsPerSecond: string) => `
  SELECT '${kind}' AS kind, state, count(*)::int AS count,
    coalesce(extract(epoch FROM now() - min(created_at)), 0)::float8 AS oldest_seconds,
    coalesce(sum(${rowsPerSecond}), 0)::float8 AS rows_per_second
  FROM ${table} WHERE state IN ('queued', 'running') GROUP BY state`;

/** What is not at its end yet, by the partial indexes that hold nothing else: no table is counted. */
export const FIGURES = `${open('import', 'imports', 'rows_per_second')}
  UNION ALL ${open('export', 'exports', '0')}
  UNION ALL SELECT 'mail', state, count(*)::int,
    extract(epoch FROM now() - min(created_at))::float8, 0 FROM outbox WHERE state = 'waiting' GROUP BY state`;

/** Zero is a figure too: an alarm cannot tell "none" from "not measured". */
const ALWAYS: readonly (readonly [kind: string, state: string])[] = [
  ['import', 'queued'],
  ['import', 'running'],
  ['export', 'queued'],
  ['export', 'running'],
  ['mail', 'waiting'],
];

/** Figures of the whole service, the same from every process. */
@Injectable()
export class ServiceFigures {
  private updated = Number.NEGATIVE_INFINITY;
  private updating: Promise<void> | null = null;

  constructor(private readonly probe: Probe) {}

  update(): Promise<void> {
    this.updating ??= this.ask().finally(() => (this.updating = null));
    return this.updating;
  }

  private async ask(): Promise<void> {
    if (performance.now() - this.updated < KEPT_MS) return;
    for (const gauge of [openWork, oldestWork, pace]) gauge.reset();
    // Expected while the database is away: what the process counts by itself is told nevertheless.
    const figures = await this.probe.query<Figure>(FIGURES).catch(() => null);
    figuresKnown.set(figures === null ? 0 : 1);
    if (figures === null) return;
    for (const [kind, state] of ALWAYS) {
      const figure = figures.find((candidate) => candidate.kind === kind && candidate.state === state);
      openWork.set({ kind, state }, figure?.count ?? 0);
      oldestWork.set({ kind, state }, figure?.oldest_seconds ?? 0);
      if (kind === 'import' && state === 'running') pace.set({ kind }, figure?.rows_per_second ?? 0);
    }
    this.updated = performance.now();
  }
}
