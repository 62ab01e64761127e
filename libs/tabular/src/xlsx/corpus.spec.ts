import { corpusFile, corpusItems, type CorpusOutcome, type CorpusReadable } from '@ponte/testing';
import { describe, expect, test } from 'vitest';
import { bytesSource } from '../byte-source';
import type { TableRow } from '../table';
import { TableRefusal } from '../table-refusal';
import { openWorkbook } from './open-workbook';

const limits = { maxRows: 1_048_576, maxColumns: 16_384, maxCellBytes: 1_000_000 };

interface ReadWorkbook {
  readonly sheets: ReadonlyMap<string, readonly TableRow[]>;
}

async function readAll(bytes: Uint8Array): Promise<ReadWorkbook | TableRefusal> {
  try {
    const workbook = await openWorkbook(bytesSource(bytes));
    const sheets = new Map<string, TableRow[]>();
    for (const [index, { name }] of workbook.sheets.entries()) {
      const rows: TableRow[] = [];
      for await (const batch of workbook.readSheet(index, { limits, locale: 'pt-BR' })) rows.push(...batch);
      sheets.set(name, rows);
    }
    return { sheets };
  } catch (error) {
    if (!(error instanceof TableRefusal)) throw error;
    return error;
  }
}

/** The cells of the mapped columns below the header, as the manifest lists them. */
function mappedCells(rows: readonly TableRow[], expected: CorpusReadable): readonly string[][] {
  const header = rows.find(({ line }) => line === expected.detect?.['header_row']);
  const titles = Object.values(expected.mapping ?? {});
  const columns = titles.map((title) => header?.cells.indexOf(title) ?? -1);
  expect(columns).not.toContain(-1);
  return rows
    .filter(({ line }) => line > (header?.line ?? 0))
    .map(({ cells }) => columns.map((column) => cells[column] ?? ''));
}

function isRefusal(outcome: CorpusOutcome): boolean {
  return outcome.outcome === 'refused';
}

/** A CSV under another name is decided by its content, before a workbook is opened. */
const items = corpusItems('wizard-xlsx').filter(({ file }) => !file.includes('csv_named_xlsx'));

describe('the corpus', () => {
  test.each(items)('$file: $probes', async (item) => {
    const bytes = corpusFile(item);
    const started = performance.now();
    const found = await readAll(bytes);
    const seconds = (performance.now() - started) / 1000;
    if (item.max_seconds !== undefined) expect(seconds).toBeLessThan(Math.min(2, item.max_seconds));

    if (found instanceof TableRefusal) {
      const refused = [item.expect, ...(item.also_acceptable ?? [])].filter(isRefusal);
      const codes = refused.flatMap((outcome) => ('reasons' in outcome ? outcome.reasons : []));
      expect([...codes, ...(item.reasons_any ?? [])]).toContain(found.code);
      return;
    }
    const expected = item.expect as CorpusReadable;
    expect(expected.outcome).toBe('readable');
    const rows = found.sheets.get(String(expected.detect?.['sheet'])) ?? [];
    const cells = mappedCells(rows, expected);
    const isExact = !('cells_exact' in item);
    expect(isExact ? cells : cells.map((row) => row.map((cell) => cell.trim()))).toEqual(expected.cells);
  });
});
