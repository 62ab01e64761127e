import type { ImportRefusalCode, ProblemCode } from '@ponte/contracts';
import type { DataSource } from 'typeorm';
import { recordAudit } from '../audit';
import type { AccountContext } from '../platform/http/caller';
import { readClock } from '../platform/database/read-clock';
import type { RequestProblem } from '../platform/http/request-problem';
import { enqueueMail } from '../platform/mail';

/** Writes down that a file was refused, and tells the person by e-mail. Other problems with an upload are only answered. */
export async function reportRefusal(
  dataSource: DataSource,
  { accountId, caller }: AccountContext,
  { code, details: { line, params } }: RequestProblem,
): Promise<void> {
  if (!isRefusal(code)) return;
  const error = {
    code,
    ...(line === undefined ? {} : { line }),
    ...(params === undefined ? {} : { params }),
  };
  await dataSource.transaction(async (manager) => {
    const now = await readClock(manager);
    const subjectId = await recordAudit(manager, {
      action: 'import_refused',
      accountId,
      userId: caller.userId,
      details: { code },
    });
    await enqueueMail(manager, {
      kind: 'import_refused',
      subjectId,
      to: { address: caller.email, locale: caller.locale },
      data: {
        account_id: accountId,
        path: `/accounts/${accountId}/imports/new`,
        created_at: now.toISOString(),
        error,
      },
    });
  });
}

function isRefusal(code: ProblemCode): code is ImportRefusalCode {
  return code.startsWith('import_');
}
