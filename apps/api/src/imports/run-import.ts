import { Inject, Injectable } from '@nestjs/common';
import type { RunError } from '@ponte/contracts';
import { CsvRefusal } from '@ponte/tabular';
import { DataSource } from 'typeorm';
import { countContacts } from '../contacts';
import { ErasedPeople, ErasuresChanged } from '../erasures';
import { CONFIG, type Config } from '../platform/config/config';
import { isPassing, withRetries } from '../platform/database/retry';
import { RowLog } from '../platform/metrics/run-log';
import { LeasedRuns } from '../platform/queue/leased-runs';
import { type Lease, Leases } from '../platform/queue/leases';
import { FileMissing, FileStorage } from '../platform/storage/file-storage';
import { fromCsvRefusal } from './check-structure';
import { endImport, type ImportEnd } from './end-import';
import { fillLanes, rowsOfLane } from './fill-lanes';
import { ImportEntity } from './import.entity';
import { openLanes, type LaneState } from './import-lanes';
import { KnownPhones } from './known-phones';
import type { LaneBatch } from './lane-batch';
import { LaneWriter } from './lane-writer';
import { PublishedProgress } from './published-progress';
import { assertUnchanged, FileChanged, receivedRows, type ReceivedFile } from './received-file';
import { PermissionLost, writeBatch, type BatchContext } from './write-batch';

/** Taken this often without getting one batch ahead, a run is given up: something is wrong that time does not mend. */
const MAX_ATTEMPTS = 10;

/** Rows that are judged at a time, about a millisecond: the lanes' connections wait no longer for their next statement. */
const SLICE_ROWS = 500;

/**
 * A file of so many rows is in within about a second. It has a place of its own beside the slots, and so has a run that only
 * has to end because it was cancelled.
 */
const QUICK_ROWS = 16_000;
const isQuick = (run: string) => `(${run}.rows_total <= ${QUICK_ROWS} OR ${run}.cancel_requested)`;

/** Reading a number of the account costs about half of asking for one. */
const MOST_KNOWN = 2;

/** Works on one import from its checkpoint to its end. What it knows is in local variables: runs do not meet here. */
@Injectable()
export class RunImport {
  readonly runs: LeasedRuns;

  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly dataSource: DataSource,
    private readonly storage: FileStorage,
    leases: Leases,
  ) {
    const kind = { table: 'imports', slots: config.runs.concurrency, isQuick, canGoOn: true } as const;
    this.runs = new LeasedRuns(leases, kind, (lease) => this.run(lease));
  }

  private async run(lease: Lease): Promise<void> {
    const end = lease.attempts > MAX_ATTEMPTS ? failed({ code: 'run_gave_up' }) : await this.work(lease);
    await withRetries(() => endImport(lease, end), isPassing, lease.signal);
  }

  private async work(lease: Lease): Promise<ImportEnd> {
    const run = await this.dataSource.manager.findOneByOrFail(ImportEntity, { id: lease.runId });
    if (run.cancelRequested) return { state: 'cancelled' };
    const file = receivedFile(run);
    if (file === null) return failed({ code: 'run_file_missing' });
    try {
      return await this.writeRows(run, lease, file);
    } catch (error) {
      // Goes on from the checkpoint: nothing that was judged before is written.
      if (error instanceof ErasuresChanged) return this.work(lease);
      const reason = reasonOf(error);
      if (reason === null) throw error;
      return failed(reason);
    }
  }

  private async writeRows(run: ImportEntity, lease: Lease, file: ReceivedFile): Promise<ImportEnd> {
    const { dataSource, config, storage } = this;
    const { batchRows } = config.runs;
    const states = await openLanes(lease, run, batchRows);
    const reading = { limits: config.limits, batchSize: SLICE_ROWS, signal: lease.signal };
    const rows = () => receivedRows(storage, file, reading);
    const known = await this.knownPhones(lease, run);
    const erased = await ErasedPeople.of(dataSource.manager, run.accountId);
    const published = new PublishedProgress(dataSource, lease, states);
    const context: BatchContext = {
      run,
      lease,
      lanes: states.length,
      erased,
      async readAgain(index, after, last) {
        known.trustNothing();
        const again = await rowsOfLane(rows(), run, { index, of: states.length }, erased, after + 1, last);
        // The reading ended before the file did.
        await assertUnchanged(storage, file);
        return again;
      },
    };
    let isCancelled = false;
    const rowLog = new RowLog('import', { run_id: run.id, account_id: run.accountId, fence: lease.fence });
    const write = async (state: LaneState, batch: LaneBatch) => {
      const written = await writeBatch(context, state, batch);
      rowLog.add(written.state.counts.done - state.counts.done);
      isCancelled ||= written.isCancelled;
      published.tell(written.state);
      return written.state;
    };
    const lanes = states.map((state) => new LaneWriter(state, run, batchRows, write));
    try {
      await fillLanes(rows(), run, lanes, known, erased, () => isCancelled);
      await Promise.all(lanes.map((lane) => lane.settle()));
    } finally {
      // Nothing of this run is written after it was given up, and what was written is to be seen.
      await Promise.allSettled(lanes.map((lane) => lane.settle()));
      await published.settle();
    }
    return { state: isCancelled ? 'cancelled' : 'finished' };
  }

  /** Knows every number when asking for each is less work than reading those that the account has. */
  private async knownPhones(lease: Lease, { accountId, rowsTotal }: ImportEntity): Promise<KnownPhones> {
    return lease.snapshot(async (manager) => {
      const isSmall = rowsTotal <= this.config.runs.batchRows;
      const stored = isSmall ? 0 : await countContacts(manager, accountId);
      const isAsked = isSmall || stored > MOST_KNOWN * rowsTotal;
      const known = new KnownPhones(isAsked ? 0 : stored + rowsTotal);
      if (isAsked) known.trustNothing();
      else await known.load(manager, accountId);
      return known;
    });
  }
}

/** Null when the file was removed after its time. */
function receivedFile({ storageKey, fileBytes, fileSha256, columns, rowsTotal }: ImportEntity) {
  if (storageKey === null) return null;
  const { header, escaped: isEscaped = false } = columns;
  return { storageKey, bytes: fileBytes, sha256: fileSha256, header, rows: rowsTotal, isEscaped };
}

function failed(error: RunError): ImportEnd {
  return { state: 'failed', error };
}

/** Why a run ends without its rows; null for a fault, which is tried again. */
function reasonOf(error: unknown): RunError | null {
  if (error instanceof PermissionLost) return { code: 'run_permission_lost' };
  if (error instanceof FileMissing) return { code: 'run_file_missing' };
  if (error instanceof FileChanged) return { code: 'run_file_changed' };
  if (!(error instanceof CsvRefusal)) return null;
  // The upload was checked, so the limits were lowered meanwhile.
  const { line, params } = fromCsvRefusal(error).details;
  const place = line === undefined ? {} : { line };
  return { code: `import_${error.code}`, ...place, ...(params === undefined ? {} : { params }) };
}
