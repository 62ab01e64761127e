import { Inject, Injectable, type OnModuleDestroy } from '@nestjs/common';
import type { Contact } from '@ponte/contacts';
import { ACCOUNT_SHARE, type DryRun } from '@ponte/contracts';
import { setImmediate as letOthersLive } from 'node:timers/promises';
import { DataSource, type EntityManager } from 'typeorm';
import { recordAudit } from '../audit';
import { applyContact, readStates, type ContactStates } from '../contacts';
import { ErasedPeople } from '../erasures';
import { CONFIG, type Config } from '../platform/config/config';
import type { AccountContext, Caller, PonteRequest } from '../platform/http/caller';
import { unavailable } from '../platform/http/problem-of';
import { AccountShares } from '../platform/shares/account-shares';
import { Semaphore } from '../platform/shares/semaphore';
import { FileStorage } from '../platform/storage/file-storage';
import { PendingFiles } from '../platform/storage/pending-files';
import { detached } from './detached';
import { judgeRows, rejected, type JudgedRow } from './judge-rows';
import { leaveOutErased } from './leave-out-erased';
import { addBatch, NO_COUNTS, type Counts } from './progress';
import type { Upload } from './receive-upload';
import { receivedRows } from './received-file';
import { RepeatedPhones } from './repeated-phones';
import { Uploads } from './uploads';

/** Rows that are judged before other requests get their turn: a few milliseconds. */
const SLICE_ROWS = 250;

/** Contacts that are shown before and after. */
const SHOWN_UPDATES = 20;

/** What contacts are like is for who may read them: a token that only imports gets the counts. */
const mayRead = ({ via, scopes }: Caller) => via === 'session' || scopes?.includes('read') === true;

/** What an import would do, found out by the code that does it, in a transaction that cannot write. */
@Injectable()
export class DryRuns implements OnModuleDestroy {
  private readonly connections: Semaphore;
  private readonly shares = new AccountShares(ACCOUNT_SHARE.dryRuns);
  private readonly stopping = new AbortController();

  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly dataSource: DataSource,
    private readonly storage: FileStorage,
    private readonly pendingFiles: PendingFiles,
    private readonly uploads: Uploads,
  ) {
    // Each holds a connection for as long as it takes, and the requests need some too.
    this.connections = new Semaphore(config.runs.concurrency);
  }

  /** Before the server closes: it waits for every answer that is still being given. */
  onModuleDestroy(): void {
    this.stopping.abort(unavailable());
  }

  /**
   * Takes the file of a request and keeps nothing of it. Throws what an import of it would be refused for, and `account_busy`
   * when the account has others under way. Ends early with the reason of `gone`.
   */
  receive(account: AccountContext, request: PonteRequest, gone: AbortSignal): Promise<DryRun> {
    const signal = AbortSignal.any([gone, this.stopping.signal]);
    return this.shares.run(account.accountId, signal, async () => {
      const upload = await this.uploads.receive(account, request, ['file', 'import_file'], gone);
      try {
        const found = await this.connections.run(signal, () =>
          this.foresee(account.accountId, upload, signal),
        );
        await recordAudit(this.dataSource.manager, {
          action: 'import_dry_run',
          accountId: account.accountId,
          userId: account.caller.userId,
          count: found.rows.total,
        });
        return mayRead(account.caller) ? found : { ...found, updates: [] };
      } catch (error) {
        // Expected: who waited has gone, or the process stops.
        signal.throwIfAborted();
        throw error;
      } finally {
        await this.pendingFiles.discard(upload.storageKey);
      }
    });
  }

  private async foresee(accountId: number, upload: Upload, signal: AbortSignal): Promise<DryRun> {
    const erased = await ErasedPeople.of(this.dataSource.manager, accountId);
    const judged = () => this.judgedBatches(upload, erased, signal);
    const repeated = await this.findRepeated(upload, judged);
    return this.dataSource.transaction('REPEATABLE READ', async (manager) => {
      await manager.query('SET TRANSACTION READ ONLY');
      return this.compare(manager, accountId, upload, repeated, judged);
    });
  }

  /** Reads the file once to know which phones come again: only their states have to be remembered. */
  private async findRepeated(upload: Upload, judged: JudgedBatches): Promise<RepeatedPhones> {
    const repeated = new RepeatedPhones(upload.structure.rows);
    for await (const rows of judged()) {
      for (const { contact } of rows) if (contact !== null) repeated.add(contact.phone_number);
    }
    return repeated;
  }

  private async compare(
    manager: EntityManager,
    accountId: number,
    upload: Upload,
    repeated: RepeatedPhones,
    judged: JudgedBatches,
  ): Promise<DryRun> {
    const { structure, options } = upload;
    const updates: DryRun['updates'] = [];
    const earlier: ContactStates = new Map();
    let counts: Counts = NO_COUNTS;
    for await (const rows of judged()) {
      const states = await this.statesOf(manager, accountId, contactsOf(rows), earlier);
      const outcomes = rows.flatMap((row) => {
        if (row.contact === null) return [];
        const before = states.get(row.contact.phone_number);
        const outcome = applyContact(states, row.contact, options.existing);
        const after = states.get(row.contact.phone_number);
        if (outcome === 'updated' && updates.length < SHOWN_UPDATES && before && after)
          updates.push(update(row.row, row.contact, before, after));
        return [outcome];
      });
      counts = addBatch(counts, outcomes, rows.filter(({ contact }) => contact === null).map(rejected));
      for (const [phone, state] of states)
        if (repeated.has(phone)) earlier.set(detached(phone), copyOf(state));
    }
    const { rejectedByCode, ...rows } = counts;
    return {
      rows: { total: structure.rows, ...rows },
      rejected_by_code: rejectedByCode,
      ignored_columns: structure.ignoredColumns,
      updates,
    };
  }

  /** What the rows of a batch find: what earlier rows of the file left, else what the account has. */
  private async statesOf(
    manager: EntityManager,
    accountId: number,
    contacts: readonly Contact[],
    earlier: ContactStates,
  ): Promise<ContactStates> {
    const phoneNumbers = contacts.map(({ phone_number }) => phone_number);
    const unseen = phoneNumbers.filter((phone) => !earlier.has(phone));
    const states = await readStates(manager, accountId, unseen);
    for (const phone of phoneNumbers) {
      const state = earlier.get(phone);
      if (state !== undefined) states.set(phone, state);
    }
    return states;
  }

  private async *judgedBatches(
    { storageKey, fileBytes: bytes, sha256, structure }: Upload,
    erased: ErasedPeople,
    signal: AbortSignal,
  ): AsyncGenerator<JudgedRow[]> {
    const { limits, runs } = this.config;
    const { header, rows, isEscaped } = structure;
    const file = { storageKey, bytes, sha256, header, rows, isEscaped };
    let first = 1;
    for await (const batch of receivedRows(this.storage, file, {
      limits,
      batchSize: runs.batchRows,
      signal,
    })) {
      const judged: JudgedRow[] = [];
      for (let at = 0; at < batch.length; at += SLICE_ROWS) {
        const slice = judgeRows(batch.slice(at, at + SLICE_ROWS), first + at, structure.fields);
        judged.push(...slice.map((row) => leaveOutErased(erased, row, structure.fields)));
        await letOthersLive(undefined, { signal });
      }
      first += batch.length;
      yield judged;
    }
  }
}

type JudgedBatches = () => AsyncGenerator<JudgedRow[]>;

type State = Pick<Contact, 'name' | 'email'>;

function contactsOf(rows: readonly JudgedRow[]): Contact[] {
  return rows.flatMap(({ contact }) => (contact === null ? [] : [contact]));
}

function update(
  row: number,
  { phone_number }: Contact,
  before: State,
  after: State,
): DryRun['updates'][number] {
  const shown = ({ name, email }: State) => ({ name, email });
  return { row, phone_number, before: shown(before), after: shown(after) };
}

function copyOf<Kept extends State>(state: Kept): Kept {
  return { ...state, name: detached(state.name), email: state.email === null ? null : detached(state.email) };
}
