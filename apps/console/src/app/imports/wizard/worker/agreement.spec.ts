import { checkRow, rejectRow, resolveHeader, type ContactColumns } from '@ponte/contacts';
import { CsvRefusal, readCsv } from '@ponte/tabular';
import { corpusFile, corpusItems, generateContactsCsv } from '@ponte/testing';
import { describe, expect, test } from 'vitest';
import { mappingOf, TestTable } from './testing';

const LIMITS = { maxRows: 2_000_000, maxColumns: 16_384, maxCellBytes: 1024 * 1024 };

interface ServerRow {
  readonly line: number;
  readonly codes: readonly string[];
  readonly cells: readonly string[];
}

/** What the server makes of a file, row by row; `null` when it refuses it. `own` columns at the end are not the contact's. */
async function serverRows(bytes: AsyncIterable<Uint8Array>, own = 0): Promise<ServerRow[] | null> {
  const rows: ServerRow[] = [];
  let columns: ContactColumns | null = null;
  try {
    for await (const batch of readCsv(bytes, { limits: LIMITS })) {
      for (const { line, cells, isMalformed } of batch) {
        if (columns === null) {
          const header = resolveHeader(cells.slice(0, cells.length - own));
          if (!header.ok) return null;
          columns = { ...header.columns, width: cells.length };
          continue;
        }
        const verdict = isMalformed ? rejectRow('malformed_row') : checkRow(cells, columns);
        rows.push({ line, cells, codes: verdict.ok ? [] : verdict.issues.map(({ code }) => code) });
      }
    }
  } catch (error) {
    if (error instanceof CsvRefusal) return null;
    throw error;
  }
  return rows.length === 0 ? null : rows;
}

async function* chunks(blob: Blob): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < blob.size; at += 65_536) {
    yield new Uint8Array(await blob.slice(at, at + 65_536).arrayBuffer());
  }
}

async function expectSameVerdicts(blob: Blob): Promise<void> {
  const server = await serverRows(chunks(blob));
  if (server === null) return;
  const table = await TestTable.open(new Uint8Array(await blob.arrayBuffer()));
  const mapping = mappingOf(table.opened.columns.map(({ header }) => header));
  const review = table.review({ mapping });
  const problems = table.rows({ kind: 'problems' }, 1_000_000);
  expect(problems.map(({ line }) => line)).toEqual(
    server.filter(({ codes }) => codes.length > 0).map(({ line }) => line),
  );
  expect(review.rows).toEqual({
    total: server.length,
    ready: server.length - problems.length,
    problems: problems.length,
    leftOut: 0,
    merged: 0,
  });

  const output = table.output('send');
  expect(output.rows).toBe(server.length);
  const sent = await serverRows(chunks(output.blob), output.ownColumns.length);
  expect(sent?.map(({ codes }) => codes)).toEqual(server.map(({ codes }) => codes));
}

describe('the worker and the server agree', () => {
  test.each(corpusItems('api').map((item) => [item.file, item] as const))('%s', async (_, item) => {
    await expectSameVerdicts(new Blob([new Uint8Array(corpusFile(item))]));
  });

  test('on 100,000 generated rows', async () => {
    const parts: Blob[] = [];
    for await (const bytes of generateContactsCsv({ rows: 100_000, seed: 7 }).bytes())
      parts.push(new Blob([new Uint8Array(bytes)]));
    await expectSameVerdicts(new Blob(parts));
  }, 60_000);
});
