import { Injectable, Logger, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { RETENTION_HOURS } from '@ponte/contracts';
import { DataSource } from 'typeorm';
import { periodically } from '../platform/periodically';
import { FileStorage } from '../platform/storage/file-storage';

const EVERY_MS = 10 * 60 * 1000;

/** Removes uploaded files, and the cells of rejected rows, when their time is over. The history itself stays. */
@Injectable()
export class RemoveOldUploads implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly log = new Logger(RemoveOldUploads.name);
  private stop: (() => Promise<void>) | null = null;

  constructor(
    private readonly dataSource: DataSource,
    private readonly storage: FileStorage,
  ) {}

  onApplicationBootstrap(): void {
    this.stop = periodically(EVERY_MS, this.log, () => this.remove());
  }

  async onModuleDestroy(): Promise<void> {
    await this.stop?.();
  }

  async remove(): Promise<void> {
    const old = await this.dataSource.query<{ id: number; storage_key: string }[]>(
      `SELECT id, storage_key FROM imports WHERE storage_key IS NOT NULL AND finished_at < now() - make_interval(hours => $1)`,
      [RETENTION_HOURS.uploadedFile],
    );
    for (const { id, storage_key: key } of old) {
      await this.storage.remove(key);
      await this.dataSource.query('DELETE FROM import_rejected_rows WHERE import_id = $1', [id]);
      await this.dataSource.query('UPDATE imports SET storage_key = NULL WHERE id = $1', [id]);
    }
  }
}
