import { Injectable, type OnModuleDestroy } from '@nestjs/common';
import { RUN_END_STATES, type ImportView } from '@ponte/contracts';
import type { Response } from 'express';
import { Notifications } from '../platform/database/notifications';

/** Often enough to look alive, seldom enough for a slow line. */
const MIN_PAUSE_MS = 200;
/** Proxies close connections that say nothing; a comment says something. Also when a notification was lost. */
const HEARTBEAT_MS = 10_000;

/** Live progress of imports as server-sent events. */
@Injectable()
export class ImportEvents implements OnModuleDestroy {
  private readonly open = new Set<Response>();
  private isStopping = false;

  constructor(private readonly notifications: Notifications) {}

  /** Before the server closes: it waits for every answer that is still being given. */
  onModuleDestroy(): void {
    this.isStopping = true;
    for (const response of this.open) response.end();
  }

  /**
   * Sends the import now and whenever it changes, at most five times a second, and ends after its end was sent. `view`
   * is asked each time, so every event is the truth of the database at that moment.
   */
  async stream(response: Response, importId: number, view: () => Promise<ImportView>): Promise<void> {
    let isClosed = false;
    let wake = () => undefined as void;
    let endPause = () => undefined as void;
    let hasNews = false;
    let isNew = true;
    const stopListening = this.notifications.listen('ponte_runs', (payload) => {
      if (payload !== `import ${importId}`) return;
      hasNews = true;
      wake();
    });
    response.on('close', () => {
      isClosed = true;
      wake();
      endPause();
    });
    this.open.add(response);
    try {
      // Asked before the headers are sent: an import that is not there is still a 404.
      let current = await view();
      begin(response);
      for (;;) {
        response.write(isNew ? `event: import\ndata: ${JSON.stringify(current)}\n\n` : ': still here\n\n');
        if (isClosed || this.isStopping || RUN_END_STATES.includes(current.state)) break;
        await pause(MIN_PAUSE_MS, (done) => (endPause = done));
        if (!hasNews && !isClosed) await pause(HEARTBEAT_MS, (done) => (wake = done));
        if (isClosed) break;
        // What is told while the view is asked for may not be in it: it is for the next turn.
        hasNews = false;
        const next = await view();
        isNew = JSON.stringify(next) !== JSON.stringify(current);
        current = next;
      }
    } finally {
      stopListening();
      this.open.delete(response);
      if (response.headersSent) response.end();
    }
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
