import { Injectable } from '@nestjs/common';
import type { ErasureCounts, ErasureView, FindPerson, List, PersonData } from '@ponte/contracts';
import { DataSource, type EntityManager } from 'typeorm';
import { peopleById } from '../accounts';
import { recordAudit } from '../audit';
import type { AccountContext } from '../platform/http/caller';
import { rateLimit, spend } from '../platform/http/rate-limit';
import { RequestProblem } from '../platform/http/request-problem';
import { PendingFiles } from '../platform/storage/pending-files';
import { hashEmail, hashPhone, takeKey } from './erased-people';
import { erasePerson } from './erase-person';
import { findContacts } from './find-in-rows';
import { countFound, type Person } from './found';
import { lockErasures } from './lock-erasures';
import { PersonSearch, withContacts } from './person-search';
import { readPerson } from './read-person';

/** Each reads every stored file of the account; erasing has a limit of its own, so that searches leave it alone. */
const SEARCHES_PER_HOUR = 60;
const ERASURES_PER_HOUR = 60;

interface ErasureRow {
  id: number;
  erased: ErasureCounts;
  created_by: number | null;
  created_at: Date;
  finished_at: Date | null;
}

/** One person's data: found, handed out, erased, and kept out. */
@Injectable()
export class Erasures {
  private readonly searches;
  private readonly erasures;
  /** One at a time in this process: each keeps a core and the disk busy. */
  private last: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly dataSource: DataSource,
    private readonly search: PersonSearch,
    private readonly pendingFiles: PendingFiles,
  ) {
    this.searches = rateLimit(dataSource, 'person_search', SEARCHES_PER_HOUR, 3600);
    this.erasures = rateLimit(dataSource, 'person_erasure', ERASURES_PER_HOUR, 3600);
  }

  /** What the account keeps of a person, to hand out. */
  async find(account: AccountContext, body: FindPerson, gone: AbortSignal): Promise<PersonData> {
    const { accountId, caller } = account;
    const person = readPerson(body);
    await spend(this.searches, `account ${accountId}`);
    const found = await this.inTurn(() => this.search.find(accountId, person, gone));
    const event = { action: 'person_searched', accountId, userId: caller.userId } as const;
    await recordAudit(this.dataSource.manager, { ...event, count: found.length });
    const records = found.map(({ place, id, data }) => ({ place, id, data }));
    return { found: countFound(found), records };
  }

  /**
   * Erases a person; one erasure of an account at a time, whatever the process: each replaces an earlier one of the same person.
   * Not ended with the caller: what was begun is finished.
   */
  async erase(account: AccountContext, body: FindPerson): Promise<ErasureView> {
    const person = readPerson(body);
    await spend(this.erasures, `account ${account.accountId}`);
    return this.inTurn(() =>
      lockErasures(this.dataSource, account.accountId, () => this.eraseNow(account, person)),
    );
  }

  /**
   * The hashes come first: from then on nobody writes the person again, and what is found afterwards is all there is. When this
   * is cut off in between, it is repeated by erasing the person once more.
   */
  private async eraseNow(account: AccountContext, asked: Person): Promise<ErasureView> {
    const { accountId, caller } = account;
    const { id, person, since } = await this.keepOut(account, asked);
    const found = await this.search.find(accountId, person, new AbortController().signal);
    const erased = countFound(found);
    const keys = await this.dataSource.transaction(async (manager) => {
      const removed = await erasePerson(manager, { accountId, since }, found);
      await manager.query('UPDATE erasures SET finished_at = now(), erased = $2 WHERE id = $1', [id, erased]);
      const event = { action: 'person_erased', accountId, userId: caller.userId, subjectId: id } as const;
      await recordAudit(manager, { ...event, count: found.length, details: { ...erased } });
      return removed;
    });
    for (const key of keys) await this.pendingFiles.discard(key);
    return this.view(account, id);
  }

  async list({ accountId }: AccountContext, page: number, perPage: number): Promise<List<ErasureView>> {
    const { manager } = this.dataSource;
    const rows = await manager.query<ErasureRow[]>(
      `${ROWS} WHERE account_id = $1 ORDER BY id DESC LIMIT $2 OFFSET $3`,
      [accountId, perPage, (page - 1) * perPage],
    );
    const [{ count = 0 } = {}] = await manager.query<{ count: number }[]>(
      'SELECT count(*) FROM erasures WHERE account_id = $1',
      [accountId],
    );
    return { meta: { count, current_page: page }, payload: await views(manager, rows) };
  }

  /** Lets the person come back: with a later file, or by hand. */
  async lift({ accountId, caller }: AccountContext, id: number): Promise<void> {
    await this.dataSource.transaction(async (manager) => {
      await countErasure(manager, accountId);
      const [, affected] = await manager.query<[unknown, number]>(
        'DELETE FROM erasures WHERE account_id = $1 AND id = $2',
        [accountId, id],
      );
      if (affected === 0) throw new RequestProblem('not_found');
      const event = { action: 'erasure_lifted', accountId, userId: caller.userId, subjectId: id } as const;
      await recordAudit(manager, event);
    });
  }

  private inTurn<Result>(work: () => Promise<Result>): Promise<Result> {
    const turn = this.last.then(work);
    // Whoever comes next waits for its end, whatever that is.
    this.last = turn.catch(() => undefined);
    return turn;
  }

  /** Writes down the hashes of the person, in place of those of an earlier erasure of the same, and that it was done. */
  private keepOut(
    { accountId, caller }: AccountContext,
    asked: Person,
  ): Promise<{ id: number; person: Person; since: Date }> {
    return this.dataSource.transaction(async (manager) => {
      await countErasure(manager, accountId);
      const person = withContacts(asked, await findContacts(manager, accountId, asked));
      const key = await takeKey(manager, accountId);
      const phones = person.phones.map((phone) => hashPhone(key, phone));
      const email = person.email === null ? null : hashEmail(key, person.email);
      await manager.query(
        `DELETE FROM erasures WHERE account_id = $1 AND phone_hashes <@ $2 AND (email_hash IS NULL OR email_hash = $3)`,
        [accountId, phones, email],
      );
      const [row] = await manager.query<{ id: number; since: Date }[]>(
        `INSERT INTO erasures (account_id, created_by, phone_hashes, email_hash) VALUES ($1, $2, $3, $4)
         RETURNING id, created_at AS since`,
        [accountId, caller.userId, phones, email],
      );
      if (row === undefined) throw new Error('The erasure was not written.');
      const event = { action: 'erasure_begun', accountId, userId: caller.userId, subjectId: row.id } as const;
      await recordAudit(manager, event);
      return { ...row, person };
    });
  }

  private async view({ accountId }: AccountContext, id: number): Promise<ErasureView> {
    const { manager } = this.dataSource;
    const rows = await manager.query<ErasureRow[]>(`${ROWS} WHERE account_id = $1 AND id = $2`, [
      accountId,
      id,
    ]);
    const [view] = await views(manager, rows);
    if (view === undefined) throw new RequestProblem('not_found');
    return view;
  }
}

const ROWS = 'SELECT id, erased, created_by, created_at, finished_at FROM erasures';

/** Waits for those who write contacts of the account; those who come later see that there is another erasure. */
async function countErasure(manager: EntityManager, accountId: number): Promise<void> {
  await manager.query('UPDATE accounts SET erasures = erasures + 1 WHERE id = $1', [accountId]);
}

async function views(manager: EntityManager, rows: readonly ErasureRow[]): Promise<ErasureView[]> {
  const people = await peopleById(
    manager,
    rows.map(({ created_by }) => created_by),
  );
  return rows.map(({ id, erased, created_by, created_at, finished_at }) => ({
    id,
    erased: { ...countFound([]), ...erased },
    created_by: people.get(created_by) ?? null,
    created_at: created_at.toISOString(),
    finished_at: finished_at?.toISOString() ?? null,
  }));
}
