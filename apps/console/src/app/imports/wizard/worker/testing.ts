import {
  checkRow,
  rejectRow,
  resolveHeader,
  type ColumnMapping,
  type ContactColumns,
  type ContactFieldName,
} from '@ponte/contacts';
import { CsvRefusal, isEscaped, readCsv, unescapeFormula, type CsvRow } from '@ponte/tabular';
import type { Decisions, OpenedView, OutputKind, Output, Review, RowView } from '../wizard-types';
import { TableEngine } from './table-engine';

/** Decisions that change nothing about a table of name, phone and e-mail. */
export const NO_DECISIONS: Decisions = {
  mapping: { roles: ['name', 'phone_number', 'email'], defaults: {} },
  repairs: [],
  areaCode: null,
  edits: [],
  duplicates: 'each',
  duplicatesOf: {},
};

const IGNORE = (): void => undefined;

/** The real engine with short names for what tests ask of it. */
export class TestTable {
  private constructor(
    readonly engine: TableEngine,
    readonly opened: OpenedView,
  ) {}

  static async open(source: string | Uint8Array<ArrayBuffer>, choice = {}): Promise<TestTable> {
    const engine = new TableEngine();
    const file = new File([source], 'tabela.csv');
    return new TestTable(engine, await engine.open({ source: { file }, choice, locale: 'pt-BR' }, IGNORE));
  }

  review(decisions: Partial<Decisions> = {}): Review {
    return this.engine.review({ ...NO_DECISIONS, ...decisions }, IGNORE);
  }

  rows(
    filter: Parameters<TableEngine['rows']>[0]['filter'] = { kind: 'all' },
    limit = 100,
  ): readonly RowView[] {
    return this.engine.rows({ filter, offset: 0, limit }).items;
  }

  output(kind: OutputKind): Output {
    const titles = { column: 'Coluna', errors: 'Motivos' };
    return this.engine.output({ kind, reasons: { name_missing: 'Falta o nome.' }, titles }, IGNORE);
  }

  text(kind: OutputKind): Promise<string> {
    return this.output(kind).blob.text();
  }
}

/** The mapping of titles that are the fields' own names. */
export function mappingOf(titles: readonly string[]): ColumnMapping {
  const known: readonly ContactFieldName[] = ['name', 'phone_number', 'email'];
  return {
    roles: titles.map((title) => known.find((name) => name === title.trim().toLowerCase()) ?? null),
    defaults: {},
  };
}

const LIMITS = { maxRows: 2_000_000, maxColumns: 16_384, maxCellBytes: 1024 * 1024 };

/** A row as the server judges it; no codes for a row that passes. */
export interface ServerRow {
  readonly line: number;
  readonly codes: readonly string[];
  readonly cells: readonly string[];
}

export interface ServerFile {
  readonly headerLine: number;
  readonly rows: readonly ServerRow[];
}

/** What the server makes of a file, row by row; `null` when it refuses it. `own` columns at the end are not the contact's. */
export async function serverFile(blob: Blob, own = 0): Promise<ServerFile | null> {
  const read: CsvRow[] = [];
  let headerLine = 0;
  let columns: ContactColumns | null = null;
  try {
    for await (const batch of readCsv(chunks(blob), { limits: LIMITS })) {
      for (const { line, cells, isMalformed } of batch) {
        if (columns === null) {
          const header = resolveHeader(cells.slice(0, cells.length - own));
          if (!header.ok) return null;
          headerLine = line;
          columns = { ...header.columns, width: cells.length };
        } else read.push({ line, cells, isMalformed });
      }
    }
  } catch (error) {
    if (error instanceof CsvRefusal) return null;
    throw error;
  }
  return columns === null || read.length === 0 ? null : { headerLine, rows: judge(read, columns) };
}

function judge(rows: readonly CsvRow[], columns: ContactColumns): ServerRow[] {
  const isSafe = rows.every(({ cells }) => isEscaped(cells[columns.name] ?? ''));
  return rows.map(({ line, cells: read, isMalformed }) => {
    const cells = isSafe ? read.map(unescapeFormula) : read;
    const verdict = isMalformed ? rejectRow('malformed_row') : checkRow(cells, columns);
    return { line, cells, codes: verdict.ok ? [] : verdict.issues.map(({ code }) => code) };
  });
}

async function* chunks(blob: Blob): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < blob.size; at += 65_536) {
    yield new Uint8Array(await blob.slice(at, at + 65_536).arrayBuffer());
  }
}
