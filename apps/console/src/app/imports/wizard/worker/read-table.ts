import { suggestMapping } from '@ponte/contacts';
import { FILE_LIMITS } from '@ponte/contracts';
import {
  EncodingMistaken,
  openTable,
  previewEncodings,
  TableRefusal,
  type ByteSource,
  type OpenedTable,
} from '@ponte/tabular';
import type { ColumnView, OpenedView, OpenRequest } from '../wizard-types';
import { sampleColumn } from './column-samples';
import { byteSourceOf } from './file-source';
import type { StoredTable } from './mapped-rows';
import { RowStore } from './row-store';
import type { OnProgress } from './serve-table-calls';

const LIMITS = {
  maxRows: FILE_LIMITS.rows,
  maxColumns: FILE_LIMITS.columns,
  maxCellBytes: FILE_LIMITS.cellBytes,
};

/** Rows whose content is looked at to guess what a column is. */
const GUESS_ROWS = 500;

/** A table in memory, and what the page is told about it. */
export interface ReadTable {
  readonly table: StoredTable;
  readonly view: OpenedView;
}

/** Reads a source whole: every row into the store, and on the way what helps to recognise the columns. */
export async function readTable(request: OpenRequest, onProgress: OnProgress): Promise<ReadTable> {
  const source = byteSourceOf(request.source);
  const { opened, store } = await readRows(source, request, onProgress).catch((error: unknown) => {
    // Its encoding showed late in the file: it is known now.
    if (error instanceof EncodingMistaken) return readRows(source, request, onProgress);
    throw error;
  });
  const { detection, header, top } = opened;
  const encodings = detection.format === 'csv' ? await previewEncodings(source) : [];
  return {
    table: { store, header, detection },
    view: {
      detection,
      rows: store.rows,
      hiddenRows: store.hiddenRows,
      malformedRows: store.malformedRows,
      columns: viewColumns(opened, store),
      top: top.map(({ line, cells }) => ({ line, cells: cells.map(shorten) })),
      encodings,
    },
  };
}

async function readRows(
  source: ByteSource,
  { locale, choice }: OpenRequest,
  onProgress: OnProgress,
): Promise<{ readonly opened: OpenedTable; readonly store: RowStore }> {
  const opened = await openTable(source, {
    limits: LIMITS,
    locale,
    choice,
    onProgress,
    encodingFrom: 'start',
  });
  const store = new RowStore();
  if (opened.packed === undefined) for await (const rows of opened.rows()) store.append(rows);
  else for await (const batch of opened.packed()) store.appendPacked(batch);
  store.finish();
  if (store.rows === 0) throw new TableRefusal('no_rows');
  return { opened, store };
}

function viewColumns({ header }: OpenedTable, store: RowStore): ColumnView[] {
  const first = Array.from({ length: Math.min(GUESS_ROWS, store.rows) }, (_, row) => store.row(row));
  const guesses = suggestMapping(header, first);
  const width = Math.max(header.length, store.width);
  return Array.from({ length: width }, (_, column) => ({
    header: header[column] ?? '',
    samples: sampleColumn(store, column),
    fillRate: store.filled(column) / store.rows,
    guess: guesses[column] ?? { role: null, reason: 'none' },
  }));
}

/** A megabyte in a title row must not cross to the page. */
function shorten(cell: string): string {
  return cell.slice(0, 200);
}
