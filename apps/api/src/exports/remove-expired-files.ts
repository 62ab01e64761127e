import { Injectable, Logger, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { periodically } from '../platform/periodically';
import { FileStorage } from '../platform/storage/file-storage';

const EVERY_MS = 10 * 60 * 1000;

/** Removes exported files when their time is over; until then the API has already stopped giving them. */
@Injectable()
export class RemoveExpiredFiles implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly log = new Logger(RemoveExpiredFiles.name);
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
    const expired = await this.dataSource.query<{ id: number; storage_key: string }[]>(
      'SELECT id, storage_key FROM exports WHERE storage_key IS NOT NULL AND expires_at < now()',
    );
    for (const { id, storage_key: key } of expired) {
      await this.storage.remove(key);
      await this.dataSource.query('UPDATE exports SET storage_key = NULL WHERE id = $1', [id]);
    }
  }
}
