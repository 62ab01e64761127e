import { Inject, Injectable } from '@nestjs/common';
import type { RunError } from '@ponte/contracts';
import { CsvRefusal } from '@ponte/tabular';
import { DataSource } from 'typeorm';
import { CONFIG, type Config } from '../platform/config/config';
import { isPassing, withRetries } from '../platform/database/retry';
import { LeasedRuns } from '../platform/queue/leased-runs';
import { type Lease, Leases } from '../platform/queue/leases';
import { FileMissing, FileStorage } from '../platform/storage/file-storage';
import { fromCsvRefusal } from './check-structure';
import { endImport, type ImportEnd } from './end-import';
import { ImportEntity } from './import.entity';
import { judgeRows } from './judge-rows';
import { countsOf, Pace } from './progress';
import { readAhead, skipRows } from './row-batches';
import { storedRows } from './stored-rows';
import { PermissionLost, writeBatch } from './write-batch';

/** Taken this often without getting one batch ahead, a run is given up: something is wrong that time does not mend. */
const MAX_ATTEMPTS = 10;

/** Works on one import from its checkpoint to its end. What it knows is in local variables: runs do not meet here. */
@Injectable()
export class RunImport {
  private readonly runs: LeasedRuns;

  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly dataSource: DataSource,
    private readonly storage: FileStorage,
    leases: Leases,
  ) {
    this.runs = new LeasedRuns(leases, 'imports');
  }

  /** Works on the import if it is to be had; see `LeasedRuns`. */
  run(importId: number): Promise<void> {
    return this.runs.work(importId, async (lease) => {
      const end = lease.attempts > MAX_ATTEMPTS ? failed({ code: 'run_gave_up' }) : await this.work(lease);
      await withRetries(() => endImport(this.dataSource, lease, end), isPassing, lease.signal);
    });
  }

  /** Stops every run after its present batch; another worker goes on from the checkpoint. */
  stop(): void {
    this.runs.stop();
  }

  private async work(lease: Lease): Promise<ImportEnd> {
    const run = await this.dataSource.manager.findOneByOrFail(ImportEntity, { id: lease.runId });
    if (run.cancelRequested) return { state: 'cancelled' };
    if (run.storageKey === null) return failed({ code: 'run_file_missing' });
    try {
      return await this.writeRows(run, lease, run.storageKey);
    } catch (error) {
      const reason = reasonOf(error);
      if (reason === null) throw error;
      return failed(reason);
    }
  }

  private async writeRows(run: ImportEntity, lease: Lease, storageKey: string): Promise<ImportEnd> {
    let counts = countsOf(run);
    const context = { dataSource: this.dataSource, run, lease, pace: new Pace(counts.done) };
    const batches = storedRows(this.storage, storageKey, this.config, lease.signal);
    for await (const batch of readAhead(skipRows(batches, counts.done))) {
      const written = await writeBatch(
        context,
        counts,
        judgeRows(batch, counts.done + 1, run.columns.fields),
      );
      counts = written.counts;
      if (written.isCancelled) return { state: 'cancelled' };
    }
    return { state: 'finished' };
  }
}

function failed(error: RunError): ImportEnd {
  return { state: 'failed', error };
}

/** Why a run ends without its rows; null for a fault, which is tried again. */
function reasonOf(error: unknown): RunError | null {
  if (error instanceof PermissionLost) return { code: 'run_permission_lost' };
  if (error instanceof FileMissing) return { code: 'run_file_missing' };
  if (!(error instanceof CsvRefusal)) return null;
  // The upload was checked, so the stored file has changed or the limits were lowered meanwhile.
  const { line, params } = fromCsvRefusal(error).details;
  const place = line === undefined ? {} : { line };
  return { code: `import_${error.code}`, ...place, ...(params === undefined ? {} : { params }) };
}
