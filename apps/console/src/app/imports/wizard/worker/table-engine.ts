import type { AssistedCode } from '@ponte/contacts';
import { REPAIR_BITS } from '@ponte/contacts';
import type {
  Decisions,
  DuplicateView,
  OpenedView,
  OpenRequest,
  Output,
  OutputRequest,
  Page,
  PageRequest,
  Review,
  RowFilter,
  RowView,
  TableCalls,
  ValuePage,
} from '../wizard-types';
import { EditProgram } from './edit-program';
import { evaluateRows } from './evaluate-rows';
import { countReplaced } from './count-replaced';
import { MappedRows, type StoredTable } from './mapped-rows';
import { countProblemValues, type ProblemValues } from './problem-values';
import { readTable } from './read-table';
import type { ReviewedTable } from './reviewed-table';
import { RowFacts } from './row-facts';
import { pageOfRows, rowFilter } from './row-filter';
import { passingRows, phoneOf, standRows } from './row-standings';
import { exampleOf, viewRow } from './row-view';
import type { OnProgress, TableServer } from './serve-table-calls';
import { tallyRows } from './tally-rows';
import { writeOutput } from './write-output';

/** Rows of a group of duplicates that are shown. */
const SHOWN_OF_GROUP = 10;

/** One table from its file to what is sent: holds what the calls of the contract need from each other. */
export class TableEngine implements TableServer {
  private table: StoredTable | null = null;
  private reviewed: ReviewedTable | null = null;
  private valuesOf: { readonly code: AssistedCode; readonly found: ProblemValues } | null = null;

  async open(request: OpenRequest, onProgress: OnProgress): Promise<OpenedView> {
    this.table = null;
    this.reviewed = null;
    this.valuesOf = null;
    const { table, view } = await readTable(request, onProgress);
    this.table = table;
    return view;
  }

  review(decisions: Decisions, onProgress: OnProgress): Review {
    this.valuesOf = null;
    const reviewed = this.evaluate(decisions, onProgress);
    this.reviewed = reviewed;
    const { repairs, ...tally } = tallyRows(reviewed.facts, reviewed.standings);
    return {
      ...tally,
      repairs: repairs.map(({ code, rows, examples }) => ({
        code,
        rows,
        examples: examples.flatMap((row) => exampleOf(reviewed, row, REPAIR_BITS[code]) ?? []),
      })),
      editRows: [...reviewed.traces.counts],
    };
  }

  rows({ filter, ...page }: PageRequest & { readonly filter: RowFilter }): Page<RowView> {
    const reviewed = this.current();
    const { count, items } = pageOfRows(reviewed.facts.rows, rowFilter(reviewed, filter), page);
    return { count, items: items.map((row) => viewRow(reviewed, row)) };
  }

  values(request: PageRequest & { readonly code: AssistedCode }, onProgress: OnProgress): ValuePage {
    const { code, offset, limit } = request;
    if (this.valuesOf?.code !== code)
      this.valuesOf = { code, found: countProblemValues(this.current(), code, onProgress) };
    const { values, isComplete } = this.valuesOf.found;
    return { count: values.length, items: values.slice(offset, offset + limit), isComplete };
  }

  countReplace(
    edit: Parameters<TableCalls['countReplace']>[0],
    onProgress: OnProgress,
  ): ReturnType<TableCalls['countReplace']> {
    return countReplaced(this.current(), edit, onProgress);
  }

  duplicates({ offset, limit }: PageRequest): Page<DuplicateView> {
    const reviewed = this.current();
    const { repeated } = reviewed.standings;
    return {
      count: repeated.length,
      items: repeated.slice(offset, offset + limit).map((group) => viewGroup(reviewed, group)),
    };
  }

  output(request: OutputRequest, onProgress: OnProgress): Output {
    return writeOutput(this.current(), request, onProgress);
  }

  /** What was found out before is kept as far as the decisions leave it true. */
  private evaluate(decisions: Decisions, onProgress: OnProgress): ReviewedTable {
    const { table, reviewed: before } = this;
    if (table === null) throw new Error('there is no table yet');
    const { mapping, areaCode, edits } = decisions;
    const isKept =
      before !== null && isSame([mapping, areaCode], [before.decisions.mapping, before.decisions.areaCode]);
    const mapped = isKept ? before.mapped : new MappedRows(table, mapping);
    const context = { areaCode };
    const facts = isKept ? before.facts : new RowFacts(table.store.rows);
    const isEdited = !isKept || !isSame(edits, before.decisions.edits);
    const program = isEdited ? new EditProgram(edits) : before.program;
    // Half a change would be neither the old state nor the new one.
    this.reviewed = null;
    const traces = isEdited
      ? evaluateRows(facts, mapped, program, context, isKept ? before.program : null, onProgress)
      : before.traces;
    const standings = standRows(facts, program, decisions);
    return { mapped, decisions, context, program, facts, traces, standings };
  }

  private current(): ReviewedTable {
    if (this.reviewed === null) throw new Error('there is no review yet');
    return this.reviewed;
  }
}

function viewGroup(table: ReviewedTable, group: number): DuplicateView {
  const { states, phones, policyOf } = table.standings;
  const rows = passingRows(states, phones, group);
  return {
    phone: phoneOf(table.facts, phones, group),
    policy: policyOf(group),
    count: rows.length,
    rows: rows.slice(0, SHOWN_OF_GROUP).map((row) => viewRow(table, row)),
  };
}

/** Decisions are plain data that came by `postMessage`. */
function isSame(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
