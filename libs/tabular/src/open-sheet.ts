import { judgeCell } from './cell-form';
import type { OpenedTable, OpenTableOptions } from './table';
import { TableRefusal } from './table-refusal';
import {
  dataRows,
  sampleRows,
  understandRows,
  type ReadRows,
  type SampledRows,
  type UnderstoodRows,
} from './table-rows';
import type { Workbook } from './xlsx/workbook';

interface SampledSheet {
  readonly sheet: number;
  readonly read: ReadRows;
  readonly sample: SampledRows;
  readonly understood: UnderstoodRows;
}

/**
 * One sheet of a workbook as a table: the chosen one, or the first that holds data. Throws `TableRefusal`: `no_rows`
 * when there are titles and nothing below them, `empty_file` when there is nothing at all.
 */
export async function openSheet(workbook: Workbook, options: OpenTableOptions): Promise<OpenedTable> {
  const { sheet, headerLine: chosenLine } = options.choice ?? {};
  const read = readerOf(workbook, options);
  const found = sheet === undefined ? await findSheet(workbook, read) : await sampleSheet(sheet, read(sheet));
  const { headerLine, header, top, hasData } =
    chosenLine === undefined
      ? found.understood
      : understandRows(await sampleRows(found.read, chosenLine), chosenLine);
  if (!hasData) throw new TableRefusal(top.length > 0 ? 'no_rows' : 'empty_file');
  const { sheets } = workbook;
  return {
    detection: { format: 'xlsx', encoding: null, delimiter: null, sheets, sheet: found.sheet, headerLine },
    header,
    top,
    rows: () => dataRows(found.read, headerLine, options.limits),
  };
}

/**
 * The first visible sheet with values below a header, else the first with any rows: a first sheet of instructions is
 * text only. Where no visible sheet has rows, the hidden ones are looked at: what was dropped holds data there, the
 * sheet's name is shown, and nothing is imported unseen. With rows nowhere, the emptiest that has at least titles.
 */
async function findSheet(workbook: Workbook, read: (sheet: number) => ReadRows): Promise<SampledSheet> {
  const indexes = workbook.sheets.map((_, index) => index);
  const isVisible = (index: number) => workbook.sheets[index]?.visibility === 'visible';
  let best: SampledSheet | null = null;
  for (const group of [indexes.filter(isVisible), indexes.filter((index) => !isVisible(index))]) {
    for (const index of group) {
      const sheet = await sampleSheet(index, read(index));
      if (isTable(sheet)) return sheet;
      if (best === null || rank(sheet) > rank(best)) best = sheet;
    }
    if (best?.understood.hasData === true) return best;
  }
  if (best === null) throw new TableRefusal('empty_file');
  return best;
}

/** Data is more than titles alone, titles alone more than nothing. */
function rank({ understood: { hasData, top } }: SampledSheet): number {
  return hasData ? 2 : top.length > 0 ? 1 : 0;
}

function isTable({ sample, understood: { headerLine } }: SampledSheet): boolean {
  return sample.rows.some(({ line, cells }) => line > headerLine && cells.length > 1 && cells.some(isValue));
}

function isValue(cell: string): boolean {
  const form = judgeCell(cell);
  return form !== 'blank' && form !== 'text';
}

async function sampleSheet(sheet: number, read: ReadRows): Promise<SampledSheet> {
  const sample = await sampleRows(read);
  return { sheet, read, sample, understood: understandRows(sample) };
}

/** Rows are counted where titles are known, so the reader's own limit of rows is not used. */
function readerOf(workbook: Workbook, { locale, limits, signal, onProgress }: OpenTableOptions) {
  return (sheet: number): ReadRows =>
    () =>
      workbook.readSheet(sheet, { limits: { ...limits, maxRows: Infinity }, locale, signal, onProgress });
}
