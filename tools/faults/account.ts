import { RUN_END_STATES, type ExportView, type ImportView } from '@ponte/contracts';
import { setTimeout as pause } from 'node:timers/promises';
import type { Stage } from './stage';

export interface Answer<Body> {
  readonly status: number;
  readonly body: Body;
}

export interface Person {
  readonly id: number;
  readonly email: string;
  readonly cookie: string;
}

/** Asks until the answer satisfies. Throws what was wanted when it does not in time. */
export async function until<Value>(
  what: string,
  ask: () => Promise<Value> | Value,
  satisfies: (value: Value) => boolean,
  limitMs = 60_000,
): Promise<Value> {
  for (const limit = performance.now() + limitMs; ; await pause(20)) {
    const value = await ask();
    if (satisfies(value)) return value;
    if (performance.now() > limit)
      throw new Error(`${what}: not after ${limitMs / 1000} s, but ${JSON.stringify(value)}.`);
  }
}

/** An account as its administrator uses it. A service that is away answers 0. */
export class Account {
  constructor(
    readonly stage: Stage,
    readonly id: number,
    readonly person: Person,
  ) {}

  /** The same account in the hands of another person. */
  as(person: Person): Account {
    return new Account(this.stage, this.id, person);
  }

  async ask<Body>(method: string, path: string, init: RequestInit = {}): Promise<Answer<Body | null>> {
    try {
      const response = await fetch(`${this.stage.address}/api/v1/accounts/${this.id}${path}`, {
        method,
        ...init,
        headers: { cookie: this.person.cookie, ...(init.headers as Record<string, string> | undefined) },
      });
      const text = await response.text();
      const isJson = /json/.test(response.headers.get('content-type') ?? '');
      return { status: response.status, body: isJson ? (JSON.parse(text) as Body) : null };
    } catch {
      // Expected while the HTTP process is away: refused, or cut in its middle.
      return { status: 0, body: null };
    }
  }

  post<Body>(path: string, body: unknown = {}): Promise<Answer<Body | null>> {
    const headers = { 'content-type': 'application/json' };
    return this.ask('POST', path, { headers, body: JSON.stringify(body) });
  }

  upload(file: Blob, headers: Record<string, string> = {}): Promise<Answer<ImportView | null>> {
    const form = new FormData();
    form.set('file', file, 'contacts.csv');
    return this.ask('POST', '/imports', { headers, body: form });
  }

  /** Uploads a file that is taken, and answers the import's id. */
  async begin(file: Blob): Promise<number> {
    const { status, body } = await this.upload(file);
    if (status !== 202 || body === null)
      throw new Error(`An upload was answered with ${status}, not 202: ${JSON.stringify(body)}`);
    return body.id;
  }

  /** Null while the service does not answer it. */
  async show(importId: number): Promise<ImportView | null> {
    const { status, body } = await this.ask<ImportView>('GET', `/imports/${importId}`);
    return status === 200 ? body : null;
  }

  async importEnd(importId: number, limitMs = 90_000): Promise<ImportView> {
    const view = await until(
      `The end of import ${importId}`,
      () => this.show(importId),
      (shown) => shown !== null && RUN_END_STATES.includes(shown.state),
      limitMs,
    );
    if (view === null) throw new Error('An import without a view.');
    return view;
  }

  /** When an import is past so many rows, or at its end; answers the rows that are done. */
  async progress(importId: number, past: number, limitMs = 90_000): Promise<number> {
    const view = await until(
      `Import ${importId} past row ${past}`,
      () => this.show(importId),
      (shown) => shown !== null && (shown.rows.done > past || RUN_END_STATES.includes(shown.state)),
      limitMs,
    );
    return view?.rows.done ?? 0;
  }

  async exportEnd(exportId: number, limitMs = 90_000): Promise<ExportView> {
    const { body } = await until(
      `The end of export ${exportId}`,
      () => this.ask<ExportView>('GET', `/exports/${exportId}`),
      (answer) => answer.status === 200 && RUN_END_STATES.includes(answer.body?.state ?? 'queued'),
      limitMs,
    );
    if (body === null) throw new Error('An export without a view.');
    return body;
  }

  /** Milliseconds that the first page of contacts takes, and its status. */
  async page(): Promise<{ status: number; ms: number }> {
    const began = performance.now();
    const { status } = await this.ask('GET', '/contacts');
    return { status, ms: performance.now() - began };
  }
}
