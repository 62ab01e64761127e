import { Injectable } from '@nestjs/common';
import { RUN_END_STATES } from '@ponte/contracts';
import { DataSource, type EntityManager } from 'typeorm';
import { recordAudit } from '../audit';
import type { AccountContext } from '../platform/http/caller';
import { RequestProblem } from '../platform/http/request-problem';
import { IMPORT_MAIL_KINDS } from '../platform/mail';
import { PendingFiles } from '../platform/storage/pending-files';
import { ImportEntity } from './import.entity';

/** Rejected rows of one statement: a file may have a million of them. */
const MOST_ROWS = 20_000;

/** Deletes an import that has ended, with everything but the contacts that it wrote: those say who wrote them no longer. */
@Injectable()
export class DeleteImport {
  constructor(
    private readonly dataSource: DataSource,
    private readonly pendingFiles: PendingFiles,
  ) {}

  async delete({ accountId, caller }: AccountContext, id: number): Promise<void> {
    await endedRun(this.dataSource.manager, accountId, id);
    for (let rows = MOST_ROWS; rows === MOST_ROWS;) rows = await this.deleteRejectedRows(id);
    const key = await this.dataSource.transaction(async (manager) => {
      const { storageKey } = await endedRun(manager, accountId, id, 'pessimistic_write');
      if (storageKey !== null) await PendingFiles.abandon(manager, storageKey);
      await manager.query('DELETE FROM outbox WHERE kind = ANY ($1) AND subject_id = $2', [
        IMPORT_MAIL_KINDS,
        id,
      ]);
      await manager.delete(ImportEntity, { id });
      await recordAudit(manager, {
        action: 'import_deleted',
        accountId,
        userId: caller.userId,
        subjectId: id,
      });
      return storageKey;
    });
    if (key !== null) await this.pendingFiles.discard(key);
  }

  private async deleteRejectedRows(importId: number): Promise<number> {
    const [, affected] = await this.dataSource.query<[unknown, number]>(
      `DELETE FROM import_rejected_rows WHERE import_id = $1 AND row_number IN (
         SELECT row_number FROM import_rejected_rows WHERE import_id = $1 ORDER BY row_number LIMIT ${MOST_ROWS}
       )`,
      [importId],
    );
    return affected;
  }
}

async function endedRun(
  manager: EntityManager,
  accountId: number,
  id: number,
  mode?: 'pessimistic_write',
): Promise<ImportEntity> {
  const lock = mode === undefined ? {} : { lock: { mode } };
  const run = await manager.findOne(ImportEntity, { where: { id, accountId }, ...lock });
  if (run === null) throw new RequestProblem('not_found');
  if (!RUN_END_STATES.includes(run.state)) throw new RequestProblem('run_not_ended');
  return run;
}
