import { Injectable, type OnModuleDestroy } from '@nestjs/common';
import { RUN_END_STATES, type ImportView } from '@ponte/contracts';
import type { Response } from 'express';
import { Notifications } from '../platform/database/notifications';
import { RequestProblem } from '../platform/http/request-problem';

/** Often enough to look alive, seldom enough for a slow line. */
const MIN_PAUSE_MS = 200;
/** Proxies close connections that say nothing; a comment says something. Also when a notification was lost. */
const HEARTBEAT_MS = 10_000;
/** Whoever may watch no longer is out within this time and one query. */
const CHECK_MS = 3_000;
/** In one process. A browser needs one for each tab that shows a running import. */
const MOST_PER_PERSON = 20;

export interface Watching {
  importId: number;
  userId: number;
  /** Asked for each event, so every event is the truth of the database at that moment. */
  view: () => Promise<ImportView>;
  /** Asked every few seconds: signed out, removed and demoted people get no more events. */
  mayStill: () => Promise<boolean>;
}

/** Live progress of imports as server-sent events. */
@Injectable()
export class ImportEvents implements OnModuleDestroy {
  private readonly open = new Map<Response, number>();
  private isStopping = false;

  constructor(private readonly notifications: Notifications) {}

  /** Before the server closes: it waits for every answer that is still being given. */
  onModuleDestroy(): void {
    this.isStopping = true;
    for (const response of this.open.keys()) response.end();
  }

  /**
   * Sends the import now and whenever it changes, at most five times a second, and ends after its end was sent. Throws
   * `too_many_requests` when the person follows too many already.
   */
  async stream(response: Response, { importId, userId, view, mayStill }: Watching): Promise<void> {
    this.admit(response, userId);
    const news = this.newsOf(importId, response);
    try {
      // Asked before the headers are sent: an import that is not there is still a 404.
      let current = await view();
      let isNew = true;
      let checkAt = performance.now() + CHECK_MS;
      begin(response);
      for (;;) {
        response.write(isNew ? `event: import\ndata: ${JSON.stringify(current)}\n\n` : ': still here\n\n');
        if (this.isStopping || RUN_END_STATES.includes(current.state)) break;
        await news.pause(MIN_PAUSE_MS);
        const heartbeatAt = performance.now() + HEARTBEAT_MS;
        do {
          await news.wait(checkAt - performance.now());
          if (performance.now() < checkAt - 10) continue;
          if (!(await mayStill())) return;
          checkAt = performance.now() + CHECK_MS;
        } while (!news.hasCome && !news.isClosed && performance.now() < heartbeatAt);
        if (news.isClosed) break;
        // What is told while the view is asked for may not be in it: it is for the next turn.
        news.hasCome = false;
        const next = await view();
        isNew = JSON.stringify(next) !== JSON.stringify(current);
        current = next;
      }
    } finally {
      news.stop();
      this.open.delete(response);
      if (response.headersSent) response.end();
    }
  }

  private admit(response: Response, userId: number): void {
    const theirs = [...this.open.values()].filter((id) => id === userId).length;
    if (theirs >= MOST_PER_PERSON) {
      const seconds = HEARTBEAT_MS / 1000;
      throw new RequestProblem('too_many_requests', { retryAfterSeconds: seconds, params: { seconds } });
    }
    this.open.set(response, userId);
  }

  private newsOf(importId: number, response: Response): News {
    const news = new News();
    const stopListening = this.notifications.listen('ponte_runs', (payload) => {
      if (payload === `import ${importId}`) news.come();
    });
    response.on('close', () => news.close());
    news.stop = stopListening;
    return news;
  }
}

/** Whether there is something to tell, or nobody left to tell it to. */
class News {
  hasCome = false;
  isClosed = false;
  stop: () => void = () => undefined;
  private endPause: () => void = () => undefined;
  private endWait: () => void = () => undefined;

  come(): void {
    this.hasCome = true;
    this.endWait();
  }

  close(): void {
    this.isClosed = true;
    this.endWait();
    this.endPause();
  }

  /** Waits whatever comes, but not for a closed connection. */
  async pause(ms: number): Promise<void> {
    if (!this.isClosed) await pause(ms, (done) => (this.endPause = done));
  }

  /** Waits until something comes. */
  async wait(ms: number): Promise<void> {
    if (!this.hasCome && !this.isClosed) await pause(ms, (done) => (this.endWait = done));
  }
}

function begin(response: Response): void {
  response.status(200).set({
    'Content-Type': 'text/event-stream; charset=utf-8',
    'Cache-Control': 'no-cache, no-store, no-transform',
    Connection: 'keep-alive',
    'X-Accel-Buffering': 'no',
  });
  response.flushHeaders();
  response.write('retry: 2000\n\n');
}

/** Waits, or less long when `early` calls what it is given. */
async function pause(ms: number, early: (done: () => void) => void): Promise<void> {
  await new Promise<void>((resolve) => {
    const timer = setTimeout(resolve, ms);
    early(() => {
      clearTimeout(timer);
      resolve();
    });
  });
}
