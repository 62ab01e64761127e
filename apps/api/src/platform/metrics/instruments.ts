import { Counter, Histogram, Registry } from 'prom-client';

/** Everything that this process counts by itself; a process is one registry. */
export const registry = new Registry();
const registers = [registry];

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
