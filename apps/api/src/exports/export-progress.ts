import type { DataSource } from 'typeorm';
import type { contactWhere } from '../contacts';
import { type Lease, LeaseLost } from '../platform/queue/leases';

const EVERY_MS = 250;

/**
 * How far an export is, told beside it: its rows wait for no answer. Told outside the export's transaction, so that it is
 * seen while that goes on.
 */
export class ExportProgress {
  rows = 0;
  private total: number | null = null;
  private toldRows = 0;
  private isTelling = false;
  private readonly timer: NodeJS.Timeout;

  constructor(
    private readonly dataSource: DataSource,
    private readonly lease: Lease,
  ) {
    this.timer = setInterval(() => void this.tell(), EVERY_MS);
  }

  /** The number is known already. */
  expect(total: number): void {
    this.total = total;
  }

  /** Counts on another connection: until the export has ended, the total is what was there a moment ago. */
  async count({ sql, params }: ReturnType<typeof contactWhere>): Promise<void> {
    try {
      const [found] = await this.dataSource.query<{ count: number }[]>(
        `SELECT count(*) FROM contacts WHERE ${sql}`,
        params,
      );
      this.total = found?.count ?? null;
    } catch {
      // Expected while the database is away: the rows find out whether the export goes on.
    }
  }

  stop(): void {
    clearInterval(this.timer);
  }

  private async tell(): Promise<void> {
    if (this.isTelling || this.total === null || this.rows === this.toldRows) return;
    this.isTelling = true;
    const { rows } = this;
    try {
      const [, affected] = await this.dataSource.query<[unknown, number]>(
        `UPDATE exports SET rows_done = $3::int, rows_total = greatest($3::int, $4::int) WHERE id = $1 AND fence = $2 AND state = 'running'`,
        [this.lease.runId, this.lease.fence, rows, this.total],
      );
      this.toldRows = rows;
      // Or the export has ended meanwhile, and nobody listens.
      if (affected === 0) this.lease.abort(new LeaseLost());
    } catch {
      // Expected while the database is away, as above.
    } finally {
      this.isTelling = false;
    }
  }
}
