import type { Connection, PoolClient, Submittable } from 'pg';
import { setTimeout as pause } from 'node:timers/promises';
import type { EntityManager } from 'typeorm';
import { CopyMessages } from './copy-messages';

/** What comes over the network is gathered to pieces of about this size. */
const PIECE_BYTES = 256 * 1024;

/** So many pieces wait for whoever takes them before the connection is no longer read. */
const WAITING_PIECES = 4;

const CANCEL_AGAIN_MS = 200;

export interface CopyOutStatement {
  /** Without parameters: COPY takes none, so values are written into it by `literals`. */
  readonly sql: string;
  /** COPY's own list, such as `FORMAT csv`. */
  readonly options: string;
}

/**
 * Gives `take` what a query answers, as COPY writes it, while it comes: pieces of whole rows, each ended by a line feed. The
 * bytes of a piece are written to again when the next one is asked for: hundreds of megabytes would be much to clear away.
 * Settles as `take` does. When `take` ends before the rows do, whatever made it end, the query is cancelled and the
 * transaction with it: its connection is free for the rollback.
 */
export async function copyOut<Result>(
  manager: EntityManager,
  { sql, options }: CopyOutStatement,
  take: (pieces: AsyncIterable<Uint8Array>) => Promise<Result>,
): Promise<Result> {
  if (manager.queryRunner === undefined)
    throw new Error('COPY needs a transaction: it has to stay on one connection.');
  // Asked of the server: behind a pooler the driver knows another process's number.
  const [backend] = await manager.query<{ pid: number }[]>('SELECT pg_backend_pid() AS pid');
  const client = (await manager.queryRunner.connect()) as PoolClient;
  const query = client.query(new CopyOutQuery(`COPY (${sql}) TO STDOUT WITH (${options})`));
  try {
    return await take(query.pieces());
  } finally {
    if (query.abandon()) await cancel(manager, backend?.pid, query.ended);
  }
}

/** Asks until the query has ended, and ends no earlier than that: no later statement is hit. */
async function cancel(manager: EntityManager, pid: number | undefined, ended: Promise<void>): Promise<void> {
  for (let isOver = false; !isOver;) {
    await manager.connection.query('SELECT pg_cancel_backend($1)', [pid]);
    // A server process that had not begun yet has overheard it.
    isOver = await Promise.race([ended.then(() => true), pause(CANCEL_AGAIN_MS, false)]);
  }
}

interface Piece {
  readonly bytes: Buffer;
  readonly used: number;
}

/** A statement as the driver drives it: it calls the `handle…` methods with what the server sends. */
class CopyOutQuery implements Submittable {
  readonly ended: Promise<void>;
  private readonly waiting: Piece[] = [];
  private readonly spare: Buffer[] = [];
  private connection: Connection | null = null;
  private piece: Buffer = Buffer.allocUnsafeSlow(PIECE_BYTES);
  private used = 0;
  private state: 'coming' | 'abandoned' | 'ended' = 'coming';
  private failure: { error: Error } | null = null;
  private wake: () => void = () => undefined;
  private settle: () => void = () => undefined;

  constructor(private readonly text: string) {
    this.ended = new Promise((resolve) => (this.settle = resolve));
  }

  submit(connection: Connection): void {
    this.connection = connection;
    new CopyMessages((rows) => this.takeRows(rows)).begin(connection.stream);
    connection.query(this.text);
  }

  async *pieces(): AsyncGenerator<Uint8Array> {
    for (;;) {
      const piece = this.waiting.shift();
      if (piece !== undefined) {
        if (this.waiting.length === 0) this.connection?.stream.resume();
        yield piece.bytes.subarray(0, piece.used);
        this.spare.push(piece.bytes);
      } else if (this.failure !== null) throw this.failure.error;
      else if (this.state !== 'coming') return;
      else await new Promise<void>((resolve) => (this.wake = resolve));
    }
  }

  /** Nobody takes any more pieces. Answers whether the server is still at work. */
  abandon(): boolean {
    if (this.state === 'ended') return false;
    this.state = 'abandoned';
    this.waiting.length = 0;
    this.connection?.stream.resume();
    return true;
  }

  handleCommandComplete(): void {
    if (this.state === 'coming') this.handOver(0);
  }

  handleReadyForQuery(): void {
    this.end();
  }

  handleError(error: Error): void {
    this.failure = { error };
    this.end();
  }

  private takeRows(rows: Uint8Array): void {
    if (this.state !== 'coming') return;
    if (this.used + rows.length > this.piece.length) this.handOver(rows.length);
    this.piece.set(rows, this.used);
    this.used += rows.length;
  }

  private handOver(next: number): void {
    if (this.used > 0) this.waiting.push({ bytes: this.piece, used: this.used });
    this.piece = this.pieceOf(Math.max(PIECE_BYTES, next));
    this.used = 0;
    if (this.waiting.length >= WAITING_PIECES) this.connection?.stream.pause();
    this.wake();
  }

  private pieceOf(bytes: number): Buffer {
    const spare = this.spare.pop();
    return spare !== undefined && spare.length >= bytes ? spare : Buffer.allocUnsafeSlow(bytes);
  }

  private end(): void {
    this.state = 'ended';
    this.connection?.stream.resume();
    this.settle();
    this.wake();
  }
}
