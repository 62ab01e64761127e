import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';

/** Everything that a process tells; it is one registry, however many applications a test opens in it. */
export const registry = new Registry();
const registers = [registry];
collectDefaultMetrics({ register: registry });

export const requestSeconds = new Histogram({
  name: 'ponte_http_request_seconds',
  help: 'Time from a request to its last byte, by route template; live events are not in it',
  labelNames: ['method', 'route', 'status'],
  buckets: [0.01, 0.03, 0.1, 0.3, 1, 3, 10, 30],
  registers,
});

export const problems = new Counter({
  name: 'ponte_http_problems_total',
  help: 'Requests that were refused or failed, by the code of the answer',
  labelNames: ['code', 'status'],
  registers,
});

export const runEvents = new Counter({
  name: 'ponte_run_events_total',
  help: 'What happened to runs in this process: taken, handed_over, fault, finished, failed, cancelled',
  labelNames: ['kind', 'event'],
  registers,
});

export const rowsWritten = new Counter({
  name: 'ponte_rows_total',
  help: 'Rows that this process has done, refused ones too',
  labelNames: ['kind'],
  registers,
});

export const mails = new Counter({
  name: 'ponte_mails_total',
  help: 'Tries to send an e-mail by their result: sent, waiting (tried again), refused, given_up',
  labelNames: ['result'],
  registers,
});

export const connections = new Gauge({
  name: 'ponte_database_connections',
  help: 'Connections of this process: open, idle, and callers who wait for one',
  labelNames: ['state'],
  registers,
});

export const openWork = new Gauge({
  name: 'ponte_runs',
  help: 'Imports and exports that wait or run, and e-mails that wait',
  labelNames: ['kind', 'state'],
  registers,
});

export const oldestWork = new Gauge({
  name: 'ponte_oldest_seconds',
  help: 'Age of the oldest of them; of the queued ones it is the age of the queue',
  labelNames: ['kind', 'state'],
  registers,
});

export const pace = new Gauge({
  name: 'ponte_rows_per_second',
  help: 'Rows a second of the runs that run',
  labelNames: ['kind'],
  registers,
});

export const figuresKnown = new Gauge({
  name: 'ponte_figures_known',
  help: '1 when the figures of the whole service are those of now, 0 when the database does not tell them',
  registers,
});
