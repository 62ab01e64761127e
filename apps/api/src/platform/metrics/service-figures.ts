import { Injectable } from '@nestjs/common';
import { Gauge } from 'prom-client';
import { Probe } from '../health/probe';
import { registry } from './instruments';

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

const labelNames = ['kind', 'state'];
const registers = [registry];

/** Figures of the whole service, the same from every process. */
@Injectable()
export class ServiceFigures {
  private readonly runs = new Gauge({
    name: 'ponte_runs',
    help: 'Imports and exports that wait or run, and e-mails that wait',
    labelNames,
    registers,
  });
  private readonly oldest = new Gauge({
    name: 'ponte_oldest_seconds',
    help: 'Age of the oldest of them; of the queued ones it is the age of the queue',
    labelNames,
    registers,
  });
  private readonly pace = new Gauge({
    name: 'ponte_rows_per_second',
    help: 'Rows a second of the runs that run',
    labelNames: ['kind'],
    registers,
  });
  private readonly isKnown = new Gauge({
    name: 'ponte_figures_known',
    help: '1 when the figures of the whole service are those of now, 0 when the database does not tell them',
    registers,
  });
  private updated = Number.NEGATIVE_INFINITY;
  private updating: Promise<void> | null = null;

  constructor(private readonly probe: Probe) {}

  update(): Promise<void> {
    this.updating ??= this.ask().finally(() => (this.updating = null));
    return this.updating;
  }

  private async ask(): Promise<void> {
    if (performance.now() - this.updated < KEPT_MS) return;
    for (const gauge of [this.runs, this.oldest, this.pace]) gauge.reset();
    // Expected while the database is away: what the process counts by itself is told nevertheless.
    const figures = await this.probe.query<Figure>(FIGURES).catch(() => null);
    this.isKnown.set(figures === null ? 0 : 1);
    if (figures === null) return;
    for (const [kind, state] of ALWAYS) {
      const figure = figures.find((candidate) => candidate.kind === kind && candidate.state === state);
      this.runs.set({ kind, state }, figure?.count ?? 0);
      this.oldest.set({ kind, state }, figure?.oldest_seconds ?? 0);
      if (kind === 'import' && state === 'running') this.pace.set({ kind }, figure?.rows_per_second ?? 0);
    }
    this.updated = performance.now();
  }
}
