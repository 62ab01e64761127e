import { Injectable, Logger } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { FileStorage } from './file-storage';
import { describeError } from '../log/describe-error';

/** Long after the slowest upload and the longest export. */
const ABANDONED_HOURS = 24;

/**
 * Files that are being written and that no run points to yet. Written down before the first byte, so that a process that
 * dies in between leaves no file that nobody knows of.
 */
@Injectable()
export class PendingFiles {
  private readonly log = new Logger(PendingFiles.name);

  constructor(
    private readonly dataSource: DataSource,
    private readonly storage: FileStorage,
  ) {}

  async announce(key: string): Promise<void> {
    await this.dataSource.query('INSERT INTO pending_files (storage_key) VALUES ($1)', [key]);
  }

  /** In the transaction that writes the row which points to the file from now on. */
  async keep(manager: EntityManager, key: string): Promise<void> {
    await manager.query('DELETE FROM pending_files WHERE storage_key = $1', [key]);
  }

  /**
   * In the transaction that takes the last pointer to a file away: it is to be removed from now on. Who commits that removes it
   * with `discard`; when they die in between, it is removed as abandoned.
   */
  static async abandon(manager: EntityManager, key: string): Promise<void> {
    await manager.query(`INSERT INTO pending_files (storage_key, created_at) VALUES ($1, '-infinity')`, [
      key,
    ]);
  }

  /**
   * Removes a file that was not kept; one that was kept stays, even when the answer to that commit was lost. Does not
   * throw: what cannot be removed now is removed as abandoned.
   */
  async discard(key: string): Promise<void> {
    try {
      const pending = await this.dataSource.query<unknown[]>(
        'SELECT 1 FROM pending_files WHERE storage_key = $1',
        [key],
      );
      if (pending.length === 0) return;
      await this.storage.remove(key);
      await this.dataSource.query('DELETE FROM pending_files WHERE storage_key = $1', [key]);
    } catch (error) {
      // Expected while the database or the storage is away.
      this.log.warn(`Cannot discard a file: ${describeError(error)}`);
    }
  }

  /** Removes what processes that died have left. */
  async removeAbandoned(): Promise<void> {
    const abandoned = await this.dataSource.query<{ key: string }[]>(
      `SELECT storage_key AS key FROM pending_files WHERE created_at < now() - make_interval(hours => $1)`,
      [ABANDONED_HOURS],
    );
    for (const { key } of abandoned) await this.discard(key);
  }
}
