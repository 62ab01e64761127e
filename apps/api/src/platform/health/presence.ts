import { Inject, Injectable } from '@nestjs/common';
import { randomUUID } from 'node:crypto';
import { Probe } from './probe';

/** What kind of process this is, as an injection token of `ProcessKind`. */
export const PROCESS_KIND = Symbol('PROCESS_KIND');
export type ProcessKind = 'http' | 'worker';

/** A worker that has not written for this long is not counted on. */
const SEEN_SECONDS = 30;

/** The row by which this process shows the others that it is there, written by the database's clock. */
@Injectable()
export class Presence {
  private readonly id = randomUUID();

  constructor(
    @Inject(PROCESS_KIND) private readonly kind: ProcessKind,
    private readonly probe: Probe,
  ) {}

  /** Writes the row and answers whether a worker has written its own lately. Throws when the database cannot be written. */
  async show(): Promise<{ isWorkerSeen: boolean }> {
    const [row] = await this.probe.query<{ is_seen: boolean }>(
      `WITH present AS (
         INSERT INTO processes (id, kind) VALUES ($1, $2) ON CONFLICT (id) DO UPDATE SET seen_at = now()
       ) SELECT EXISTS (
         SELECT FROM processes WHERE kind = 'worker' AND seen_at > now() - make_interval(secs => $3)
       ) AS is_seen`,
      [this.id, this.kind, SEEN_SECONDS],
    );
    return { isWorkerSeen: row?.is_seen === true };
  }

  /** Takes the row away when the process ends, and those of processes that died. */
  async leave(): Promise<void> {
    await this.probe.query(`DELETE FROM processes WHERE id = $1 OR seen_at < now() - interval '1 hour'`, [
      this.id,
    ]);
  }
}
