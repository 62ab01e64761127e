import { Injectable, Logger, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { removeContacts, removeSearchCopy } from '../contacts';
import { periodically } from '../platform/periodically';
import { FileStorage } from '../platform/storage/file-storage';

const EVERY_MS = 30_000;
/** Rows of one statement. */
const MOST_ROWS = 5_000;
const MOST_FILES = 100;

/**
 * Removes, in a worker process, what is in accounts that were deleted: files first, then the tables that may have millions of
 * rows, in bounded statements, and the account with everything else at last. Goes on where a worker that died stopped.
 */
@Injectable()
export class RemoveDeletedAccounts implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly log = new Logger(RemoveDeletedAccounts.name);
  private stop: (() => Promise<void>) | null = null;
  private isStopping = false;

  constructor(
    private readonly dataSource: DataSource,
    private readonly storage: FileStorage,
  ) {}

  onApplicationBootstrap(): void {
    this.stop = periodically(EVERY_MS, this.log, () => this.remove());
  }

  async onModuleDestroy(): Promise<void> {
    this.isStopping = true;
    await this.stop?.();
  }

  async remove(): Promise<void> {
    const accounts = await this.dataSource.query<{ id: number }[]>(
      'SELECT id FROM accounts WHERE deleted_at IS NOT NULL ORDER BY id',
    );
    for (const { id } of accounts) await this.removeAccount(id);
  }

  private async removeAccount(accountId: number): Promise<void> {
    for (const table of ['imports', 'exports'] as const)
      await this.repeat(MOST_FILES, () => this.removeFiles(table, accountId));
    await this.repeat(MOST_ROWS, () => this.removeRejectedRows(accountId));
    await this.repeat(MOST_ROWS, () =>
      this.dataSource.transaction((manager) => removeContacts(manager, accountId, MOST_ROWS)),
    );
    if (this.isStopping) return;
    await this.dataSource.transaction(async (manager) => {
      await removeSearchCopy(manager, accountId);
      await manager.query(`DELETE FROM outbox WHERE (data->>'account_id')::bigint = $1`, [accountId]);
      await manager.query('DELETE FROM accounts WHERE id = $1', [accountId]);
    });
  }

  /** Does a bounded piece of work again until one was smaller than it may be. */
  private async repeat(most: number, work: () => Promise<number>): Promise<void> {
    for (let done = most; done === most && !this.isStopping;) done = await work();
  }

  private async removeFiles(table: 'imports' | 'exports', accountId: number): Promise<number> {
    const rows = await this.dataSource.query<{ id: number; key: string }[]>(
      `SELECT id, storage_key AS key FROM ${table} WHERE account_id = $1 AND storage_key IS NOT NULL LIMIT ${MOST_FILES}`,
      [accountId],
    );
    for (const { key } of rows) await this.storage.remove(key);
    const ids = rows.map(({ id }) => id);
    await this.dataSource.query(`UPDATE ${table} SET storage_key = NULL WHERE id = ANY ($1)`, [ids]);
    return rows.length;
  }

  private async removeRejectedRows(accountId: number): Promise<number> {
    const [, affected] = await this.dataSource.query<[unknown, number]>(
      `DELETE FROM import_rejected_rows WHERE ctid = ANY (ARRAY (
         SELECT rejected.ctid FROM imports JOIN import_rejected_rows AS rejected ON import_id = imports.id
         WHERE account_id = $1 LIMIT ${MOST_ROWS}
       ))`,
      [accountId],
    );
    return affected;
  }
}
