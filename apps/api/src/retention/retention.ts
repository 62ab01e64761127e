import { Injectable, Logger, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { periodically } from '../platform/periodically';
import { FileStorage } from '../platform/storage/file-storage';
import { RETENTION, type RetentionRule } from './rules';

const EVERY_MS = 10 * 60 * 1000;

/** Rows of one statement: short enough that nobody waits for it. */
const MOST_ROWS = 5_000;
/** Files are removed one after the other, and their rows written together. */
const MOST_FILES = 100;

/** Removes, in a worker process, what has been kept for its time. */
@Injectable()
export class Retention implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly log = new Logger(Retention.name);
  private stop: (() => Promise<void>) | null = null;
  private isStopping = false;

  constructor(
    private readonly dataSource: DataSource,
    private readonly storage: FileStorage,
  ) {}

  onApplicationBootstrap(): void {
    this.stop = periodically(EVERY_MS, this.log, () => this.sweep());
  }

  async onModuleDestroy(): Promise<void> {
    this.isStopping = true;
    await this.stop?.();
  }

  /** Works through every rule until nothing of it is due. A rule that fails keeps no other from its turn. */
  async sweep(rules: readonly RetentionRule[] = RETENTION): Promise<void> {
    const failures: unknown[] = [];
    for (const rule of rules) await this.apply(rule).catch((error: unknown) => failures.push(error));
    if (failures.length > 0) throw new AggregateError(failures, failures.map(String).join('; '));
  }

  private async apply(rule: RetentionRule): Promise<void> {
    const most = rule.hasFile === true ? MOST_FILES : MOST_ROWS;
    let removed = most;
    while (removed === most && !this.isStopping)
      removed =
        rule.hasFile === true ? await this.removeFiles(rule) : await this.removeRows(rule, 'TRUE', most);
  }

  /** A file that is gone before its row says so is removed twice, which is fine. */
  private async removeFiles(rule: RetentionRule): Promise<number> {
    const rows = await this.dataSource.query<{ key: string }[]>(
      `SELECT storage_key AS key FROM ${rule.table} WHERE ${rule.due} LIMIT ${MOST_FILES}`,
    );
    const keys = rows.map(({ key }) => key);
    for (const key of keys) await this.storage.remove(key);
    await this.removeRows(rule, 'storage_key = ANY ($1)', MOST_FILES, [keys]);
    return keys.length;
  }

  private async removeRows(
    { table, due, set }: RetentionRule,
    condition: string,
    most: number,
    params: unknown[] = [],
  ): Promise<number> {
    const what = set === undefined ? `DELETE FROM ${table}` : `UPDATE ${table} SET ${set}`;
    const [, affected] = await this.dataSource.query<[unknown, number]>(
      `${what} WHERE ctid = ANY (ARRAY (
         SELECT ctid FROM ${table} WHERE (${due}) AND ${condition} LIMIT ${most} FOR UPDATE SKIP LOCKED
       ))`,
      params,
    );
    return affected;
  }
}
