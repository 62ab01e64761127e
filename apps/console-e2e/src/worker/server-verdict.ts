import { expect, type APIRequestContext } from '@playwright/test';
import { RUN_END_STATES, type ImportView, type Problem, type RejectedRowList } from '@ponte/contracts';

/** A row that is not imported. `row` counts data rows from 1, `line` physical lines from 1. */
export interface RejectedRow {
  readonly row: number;
  readonly line: number;
  /** Field and code of each reason; no field for a reason about the row as a whole. */
  readonly reasons: readonly string[];
}

/** What becomes of a file: refused whole, or row by row. */
export type Verdict =
  | { readonly refused: string }
  | { readonly total: number; readonly accepted: number; readonly rejected: readonly RejectedRow[] };

const PAGE_ROWS = 100;

/** Imports the bytes through the API and answers what became of them. */
export async function importOnServer(
  request: APIRequestContext,
  account: number,
  name: string,
  bytes: Uint8Array,
): Promise<Verdict> {
  const imports = `/api/v1/accounts/${account}/imports`;
  const upload = await request.post(imports, {
    multipart: { file: { name, mimeType: 'text/csv', buffer: Buffer.from(bytes) } },
  });
  if (upload.status() !== 202) {
    expect([413, 422], await upload.text()).toContain(upload.status());
    return { refused: ((await upload.json()) as Problem).code };
  }
  const { id } = (await upload.json()) as ImportView;
  const end = await importEnd(request, `${imports}/${id}`);
  const { total, created, updated, unchanged, skipped, failed } = end.rows;
  expect(created + updated + unchanged + skipped + failed).toBe(total);
  const rejected = await rejectedRows(request, `${imports}/${id}`);
  expect(rejected).toHaveLength(failed);
  return { total, accepted: total - failed, rejected };
}

async function importEnd(request: APIRequestContext, address: string): Promise<ImportView> {
  const ask = async () => (await (await request.get(address)).json()) as ImportView;
  await expect.poll(async () => RUN_END_STATES.includes((await ask()).state), { timeout: 60_000 }).toBe(true);
  const end = await ask();
  expect(end.state).toBe('finished');
  return end;
}

async function rejectedRows(request: APIRequestContext, address: string): Promise<RejectedRow[]> {
  const rows: RejectedRow[] = [];
  for (let page = 1; ; page++) {
    const answer = await request.get(`${address}/rejected_rows?page=${page}&per_page=${PAGE_ROWS}`);
    const { meta, payload } = (await answer.json()) as RejectedRowList;
    rows.push(
      ...payload.map(({ row, line, codes, fields }) => ({
        row,
        line,
        reasons: codes.map((code, index) => `${fields[index] ?? ''}:${code}`),
      })),
    );
    if (rows.length >= meta.count || payload.length === 0) return rows;
  }
}
