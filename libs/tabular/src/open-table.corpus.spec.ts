import { describe, expect, test } from 'vitest';
import { corpusFile, corpusItems, type CorpusItem } from '@ponte/testing';
import { bytesSource, openTable, TableRefusal, type OpenedTable, type TableRow } from './index';

const LIMITS = { maxRows: 1_048_576, maxColumns: 16_384, maxCellBytes: 1_048_576 };

interface Opened {
  readonly table: OpenedTable;
  readonly rows: readonly TableRow[];
}

/** What the file is understood as, or why it is refused (`code`, or `code:format`). */
async function open(item: CorpusItem): Promise<Opened | string> {
  try {
    const table = await openTable(bytesSource(corpusFile(item)), { limits: LIMITS, locale: 'pt-BR' });
    const rows: TableRow[] = [];
    for await (const batch of table.rows()) rows.push(...batch);
    return { table, rows };
  } catch (error) {
    if (!(error instanceof TableRefusal)) throw error;
    const format = error.params?.['format'];
    return format === undefined ? error.code : `${error.code}:${format}`;
  }
}

/** Cells, trimmed as the rules of the manifest say, under the manifest's titles: `Nome`, or `column 3` where titles are missing or the same. */
function mappedCells({ table, rows }: Opened, mapping: Readonly<Record<string, string>>): string[][] {
  const columns = Object.values(mapping).map((title) => {
    const number = /^column (\d+)$/.exec(title)?.[1];
    const index = number === undefined ? table.header.indexOf(title) : Number(number) - 1;
    if (index < 0) throw new Error(`no column ${title} in ${table.header.join()}`);
    return index;
  });
  return rows.map(({ cells }) => columns.map((column) => (cells[column] ?? '').trim()));
}

function detected({ table: { detection } }: Opened) {
  const { encoding, delimiter, headerLine, sheet, sheets } = detection;
  return { encoding, delimiter, header_row: headerLine, sheet: sheets[sheet ?? -1]?.name };
}

describe.each(['wizard-csv', 'wizard-xlsx'] as const)('%s', (kind) => {
  test.each(corpusItems(kind).map((item) => [item.file, item] as const))('%s', async (_, item) => {
    const started = performance.now();
    const opened = await open(item);
    if (item.max_seconds !== undefined) {
      expect(performance.now() - started).toBeLessThan(item.max_seconds * 1000);
    }
    const { expect: expected } = item;
    if (expected.outcome === 'refused') {
      // The manifest names a format (`unsupported_type:html`) only where it matters.
      const reasons = [...expected.reasons, ...(item.reasons_any ?? [])];
      expect(reasons.some((reason) => opened === reason || String(opened).startsWith(`${reason}:`))).toBe(
        true,
      );
      return;
    }
    if (expected.outcome !== 'readable') throw new Error('an outcome of the API');
    if (typeof opened === 'string') throw new Error(`refused: ${opened}`);
    expect(detected(opened)).toMatchObject(expected.detect ?? {});
    if (expected.headers) expect(opened.table.header).toEqual(expected.headers);
    if (expected.cells) expect(mappedCells(opened, expected.mapping ?? {})).toEqual(expected.cells);
    expect(opened.rows).toHaveLength(Number(expected.strict?.['rows_total']));
    expect(JSON.stringify(opened.rows)).not.toMatch(/\ufffd|\[object Object\]|_x000D_/);
  });
});

describe('a file that the API accepts', () => {
  const items = corpusItems('api').flatMap((item) =>
    item.expect.outcome === 'processed' ? [[item.file, item, item.expect.rows_total] as const] : [],
  );
  test.each(items)('%s has the same rows here', async (_, item, total) => {
    const opened = await open(item);
    if (typeof opened === 'string') throw new Error(`refused: ${opened}`);
    expect(opened.rows).toHaveLength(total);
    expect(opened.table.header).toContain('phone_number');
    expect(opened.table.detection).toMatchObject({ encoding: 'utf-8', delimiter: ',' });
  });
});
