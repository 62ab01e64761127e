import { decisionsFor, FIELDS, type RowView } from './protocol';
import type { RejectedRow, Verdict } from './server-verdict';
import type { TablePage } from './table-page';

/** Takes the bytes through the worker, accepts no repair, and answers what would become of them. */
export async function judgeInBrowser(table: TablePage, name: string, bytes: Uint8Array): Promise<Verdict> {
  await table.choose(name, bytes);
  const answer = await table.call('open', { choice: {}, locale: 'pt-BR' });
  if ('problem' in answer) return { refused: answer.problem.code };
  const { rows } = await table.ask('review', decisionsFor(answer.value));
  const rejected = (await table.rows('problems')).map(rejectedRow);
  if (rejected.length !== rows.problems) throw new Error(`${rejected.length} of ${rows.problems} rows shown`);
  return { total: rows.total, accepted: rows.ready, rejected };
}

function rejectedRow({ row, line, issue, fields }: RowView): RejectedRow {
  const ofFields = FIELDS.flatMap((field) => {
    const code = fields[field].issue;
    return code === null ? [] : [`${field}:${code}`];
  });
  return { row: row + 1, line, reasons: issue === null ? ofFields : [`:${issue}`] };
}
