import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { CONFIG, type Config } from '../platform/config/config';
import type { AccountContext, PonteRequest } from '../platform/http/caller';
import { rateLimit, spend } from '../platform/http/rate-limit';
import { FileStorage } from '../platform/storage/file-storage';
import { PendingFiles } from '../platform/storage/pending-files';
import { receiveUpload, type Upload } from './receive-upload';

/** Takes files out of requests, as many as an account may send in an hour, whatever they are for. */
@Injectable()
export class Uploads {
  private readonly limit;

  constructor(
    @Inject(CONFIG) private readonly config: Config,
    dataSource: DataSource,
    private readonly storage: FileStorage,
    private readonly pendingFiles: PendingFiles,
  ) {
    this.limit = rateLimit(dataSource, 'uploads', config.uploads.perHour, 3600);
  }

  /** The file is stored and pending: who asked for it keeps it or discards it. Throws what `receiveUpload` throws. */
  async receive(
    { accountId }: AccountContext,
    request: PonteRequest,
    fields: readonly string[],
  ): Promise<Upload> {
    await spend(this.limit, `account ${accountId}`);
    const { config, storage, pendingFiles } = this;
    return receiveUpload(request, { fields, config, storage, pendingFiles });
  }
}
