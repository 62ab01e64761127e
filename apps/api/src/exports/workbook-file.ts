import { SHEET_CONTACTS } from '@ponte/contracts';
import type { CsvCells } from '@ponte/tabular';
import {
  contentTypes,
  HEADER_STYLE,
  relations,
  sheetHead,
  SHEET_TAIL,
  styles,
  TEXT_STYLE,
  workbook,
} from './workbook-parts';
import { xmlText } from '../platform/xml-text';
import { zipFile, type ZipEntry } from './zip-file';

export interface WorkbookOptions {
  readonly columns: readonly string[];
  /** Of the sheet; further sheets get a number behind it. */
  readonly title: string;
  /** Rows of a sheet without its header. */
  readonly sheetRows?: number;
}

type Batches = AsyncIterable<readonly CsvCells[]>;

/** What the packer gets at once. */
const PIECE_CHARACTERS = 64 * 1024;

/**
 * Batches of rows to the bytes of an XLSX file. Every cell is a text, whatever it looks like, so that nothing is calculated
 * and every value comes back as it was. Rows that do not fit on a sheet are on the next, with a header of its own.
 */
export function workbookFile(batches: Batches, options: WorkbookOptions): AsyncGenerator<Uint8Array> {
  return zipFile(entries(batches, options));
}

async function* entries(
  batches: Batches,
  { columns, title, sheetRows = SHEET_CONTACTS }: WorkbookOptions,
): AsyncGenerator<ZipEntry> {
  const rows = new RowSource(batches);
  try {
    const names: string[] = [];
    do {
      names.push(names.length === 0 ? title : `${title} ${names.length + 1}`);
      yield { name: `xl/worksheets/sheet${names.length}.xml`, content: sheet(rows, columns, sheetRows) };
    } while (!(await rows.isOver()));
    const parts = {
      ...contentTypes(names.length),
      ...relations(names.length),
      ...styles(),
      ...workbook(names),
    };
    for (const [name, xml] of Object.entries(parts)) yield { name, content: [Buffer.from(xml)] };
  } finally {
    await rows.release();
  }
}

async function* sheet(rows: RowSource, columns: readonly string[], most: number): AsyncGenerator<Uint8Array> {
  const letters = columns.map((_, index) => String.fromCharCode(65 + index));
  let xml = sheetHead(columns) + rowXml(1, columns, letters, HEADER_STYLE);
  for (let used = 0; used < most && !(await rows.isOver());) {
    for (const cells of rows.take(most - used)) {
      used += 1;
      xml += rowXml(used + 1, cells, letters, TEXT_STYLE);
      if (xml.length < PIECE_CHARACTERS) continue;
      yield Buffer.from(xml);
      xml = '';
    }
  }
  yield Buffer.from(xml + SHEET_TAIL);
}

function rowXml(number: number, cells: CsvCells, letters: readonly string[], style: number): string {
  let xml = `<row r="${number}">`;
  for (let at = 0; at < cells.length; at += 1) {
    const cell = cells[at];
    if (!cell) continue;
    xml += `<c r="${letters[at]}${number}" s="${style}" t="inlineStr"><is><t xml:space="preserve">${xmlText(cell)}</t></is></c>`;
  }
  return `${xml}</row>`;
}

/** Rows of batches, of which one sheet takes some and the next the others. */
class RowSource {
  private readonly batches: AsyncIterator<readonly CsvCells[]>;
  private batch: readonly CsvCells[] = [];
  private at = 0;
  private isEnded = false;

  constructor(batches: Batches) {
    this.batches = batches[Symbol.asyncIterator]();
  }

  /** Whether there are no more rows; reads on when the batch is used up. */
  async isOver(): Promise<boolean> {
    while (this.at === this.batch.length && !this.isEnded) {
      const next = await this.batches.next();
      this.isEnded = next.done === true;
      this.batch = next.done === true ? [] : next.value;
      this.at = 0;
    }
    return this.isEnded;
  }

  /** Rows of the present batch, at most so many. */
  take(most: number): readonly CsvCells[] {
    const rows = this.batch.slice(this.at, this.at + most);
    this.at += rows.length;
    return rows;
  }

  async release(): Promise<void> {
    await this.batches.return?.();
  }
}
