import { Inject, Injectable, type OnModuleDestroy } from '@nestjs/common';
import { ACCOUNT_SHARE } from '@ponte/contracts';
import { DataSource } from 'typeorm';
import { CONFIG, type Config } from '../platform/config/config';
import type { AccountContext, PonteRequest } from '../platform/http/caller';
import { rateLimit, spend } from '../platform/http/rate-limit';
import { allowLongBody } from '../platform/http/small-bodies';
import { AccountShares } from '../platform/shares/account-shares';
import { FileStorage } from '../platform/storage/file-storage';
import { PendingFiles } from '../platform/storage/pending-files';
import { receiveUpload, type Upload } from './receive-upload';

/** A process that is to stop takes what arrives within this time; a file of hundreds of megabytes is sent again. */
const GRACE_MS = 5_000;

/** Takes files out of requests, as many as an account may send in an hour and at once, whatever they are for. */
@Injectable()
export class Uploads implements OnModuleDestroy {
  private readonly limit;
  private readonly shares = new AccountShares(ACCOUNT_SHARE.uploads);
  private readonly stopping = new AbortController();

  constructor(
    @Inject(CONFIG) private readonly config: Config,
    dataSource: DataSource,
    private readonly storage: FileStorage,
    private readonly pendingFiles: PendingFiles,
  ) {
    this.limit = rateLimit(dataSource, 'uploads', config.uploads.perHour, 3600);
  }

  /** Before the server closes: it waits for every answer that is still being given. */
  onModuleDestroy(): void {
    setTimeout(() => this.stopping.abort(), GRACE_MS).unref();
  }

  /**
   * The file is stored and pending: who asked for it keeps it or discards it. Throws what `receiveUpload` throws, and
   * `account_busy` or `too_many_requests` before anything of the body was read.
   */
  async receive(
    { accountId }: AccountContext,
    request: PonteRequest,
    fields: readonly string[],
    gone: AbortSignal,
  ): Promise<Upload> {
    await spend(this.limit, `account ${accountId}`);
    allowLongBody(request);
    const { config, storage, pendingFiles, stopping } = this;
    return this.shares.run(accountId, AbortSignal.any([gone, stopping.signal]), () =>
      receiveUpload(request, { fields, config, storage, pendingFiles, stopping: stopping.signal }),
    );
  }
}
