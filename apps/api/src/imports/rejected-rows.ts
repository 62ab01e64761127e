import { Injectable } from '@nestjs/common';
import type { Locale, RejectedRowList, RejectedRowView } from '@ponte/contracts';
import { isReasonTitle, REJECTION_CODES, type RejectionCode } from '@ponte/contacts';
import { csvRows } from '@ponte/tabular';
import { DataSource } from 'typeorm';
import { recordAudit } from '../audit';
import type { AccountContext } from '../platform/http/caller';
import { RequestProblem } from '../platform/http/request-problem';
import { rejectionText } from '../platform/texts/texts';
import { ImportEntity } from './import.entity';
import { shownColumns } from './own-columns';

const PAGE_ROWS = 1_000;

const ROW_VIEW = 'SELECT row_number AS "row", line, codes, fields, cells FROM import_rejected_rows';

interface FileLayout {
  header: string[];
  /** Cells of the longest row. */
  width: number;
  /** The column of reasons of the file that was imported. */
  earlier: number | null;
}

/** The rows of an import that did not become contacts, page by page and as a file. */
@Injectable()
export class RejectedRows {
  constructor(private readonly dataSource: DataSource) {}

  async list(
    account: AccountContext,
    importId: number,
    page: number,
    perPage: number,
  ): Promise<RejectedRowList> {
    const run = await this.run(account, importId);
    const payload = await this.dataSource.query<RejectedRowView[]>(
      `${ROW_VIEW} WHERE import_id = $1 ORDER BY row_number LIMIT $2 OFFSET $3`,
      [importId, perPage, (page - 1) * perPage],
    );
    const shown = shownColumns(run.columns);
    return {
      meta: { count: run.rowsFailed, current_page: page },
      columns: shown.map(({ title }) => title),
      column_fields: shown.map(({ field }) => field),
      payload,
    };
  }

  /**
   * The file to correct and import again: the columns as they were, the original cells, and the reasons in a last
   * column, which the next import ignores. Such a column of an earlier file is replaced.
   */
  async file(account: AccountContext, importId: number, locale: Locale): Promise<AsyncIterable<Uint8Array>> {
    const { columns, rowsFailed: count } = await this.run(account, importId);
    const { accountId, caller } = account;
    await recordAudit(this.dataSource.manager, {
      action: 'rejected_rows_downloaded',
      accountId,
      userId: caller.userId,
      subjectId: importId,
      count,
    });
    const [{ width = 0 } = {}] = await this.dataSource.query<{ width: number | null }[]>(
      'SELECT max(jsonb_array_length(cells)) AS width FROM import_rejected_rows WHERE import_id = $1',
      [importId],
    );
    const shown = shownColumns(columns);
    const last = shown.at(-1);
    const earlier = last?.field === null && isReasonTitle(last.title) ? shown.length - 1 : null;
    const layout = {
      header: shown.map(({ title }) => title),
      width: Math.max(shown.length, width ?? 0),
      earlier,
    };
    return csvRows(this.lines(importId, layout, locale), { bom: true });
  }

  private async *lines(
    importId: number,
    { header, width, earlier }: FileLayout,
    locale: Locale,
  ): AsyncGenerator<string[][]> {
    // Longer rows than the header would push the reasons out of their column.
    const pad = (cells: readonly string[]) =>
      Array.from({ length: width }, (_, at) => cells[at] ?? '').filter((_, at) => at !== earlier);
    yield [[...pad(header), 'errors']];
    for (let after = 0; ;) {
      const rows = await this.dataSource.query<RejectedRowView[]>(
        `${ROW_VIEW} WHERE import_id = $1 AND row_number > $2 ORDER BY row_number LIMIT ${PAGE_ROWS}`,
        [importId, after],
      );
      const last = rows.at(-1);
      if (last === undefined) return;
      after = last.row;
      yield rows.map(({ cells, codes }) => [
        ...pad(cells),
        codes.map((code) => reason(locale, code)).join(' | '),
      ]);
    }
  }

  private async run({ accountId }: AccountContext, id: number): Promise<ImportEntity> {
    const run = await this.dataSource.manager.findOneBy(ImportEntity, { id, accountId });
    if (run === null) throw new RequestProblem('not_found');
    return run;
  }
}

/** The code for programs, the sentence for people. */
function reason(locale: Locale, code: string): string {
  const known = REJECTION_CODES.find((candidate): candidate is RejectionCode => candidate === code);
  return known === undefined ? code : `${code}: ${rejectionText(locale, known)}`;
}
