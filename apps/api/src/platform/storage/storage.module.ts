import { Global, Inject, Injectable, Module, type OnApplicationShutdown } from '@nestjs/common';
import { CONFIG, type Config } from '../config/config';
import { DiskFileStorage } from './disk.file-storage';
import { FileStorage } from './file-storage';
import { PendingFiles } from './pending-files';

async function openStorage(config: Config): Promise<FileStorage> {
  if (config.storage.kind === 's3') {
    // Loaded only where it is used: the SDK is the biggest package of all.
    const { S3FileStorage } = await import('./s3.file-storage');
    return new S3FileStorage(config.storage);
  }
  const disk = new DiskFileStorage(config.storage.directory);
  await disk.removeLeftovers();
  return disk;
}

@Injectable()
class StorageShutdown implements OnApplicationShutdown {
  constructor(@Inject(FileStorage) private readonly storage: FileStorage) {}

  onApplicationShutdown(): void {
    this.storage.close();
  }
}

/** `FileStorage` and `PendingFiles` for everyone, on disk or in S3 as the configuration says. */
@Global()
@Module({
  providers: [
    { provide: FileStorage, useFactory: openStorage, inject: [CONFIG] },
    StorageShutdown,
    PendingFiles,
  ],
  exports: [FileStorage, PendingFiles],
})
export class StorageModule {}
