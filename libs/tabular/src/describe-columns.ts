import type { CellForm } from './cell-form';

/** A row and the form of each of its cells. */
export interface JudgedRow {
  readonly cells: readonly string[];
  readonly forms: readonly CellForm[];
}

/** What rows say about their columns, by position. */
export interface Columns {
  /** Whether a quarter of the rows, or as much as of any column, have something there. */
  readonly used: readonly boolean[];
  /** The form of most cells, `text` where no other prevails, `blank` where there are none. */
  readonly forms: readonly CellForm[];
  /** Whether a good part of the cells is no text: a title above them differs from them. */
  readonly haveValues: readonly boolean[];
}

const USED_SHARE = 0.25;
const MOST = 0.6;

/** Rows that slipped to the side by a stray comma must not hide what a column holds. */
const GOOD_PART = 0.3;

/** Counts the forms of all columns; no rows have no columns. */
export function describeColumns(rows: readonly JudgedRow[]): Columns {
  const { text, figures, date, email } = countForms(rows);
  const filled = text.map((_, column) => sumAt(column, text, figures, date, email));
  const most = filled.reduce((high, cells) => Math.max(high, cells), 0);
  const formOf = (cells: number, column: number): CellForm => {
    const isForm = (counts: Uint32Array) => sumAt(column, counts) >= cells * MOST;
    if (cells === 0) return 'blank';
    return isForm(figures) ? 'figures' : isForm(email) ? 'email' : isForm(date) ? 'date' : 'text';
  };
  const hasValues = (cells: number, column: number) =>
    sumAt(column, figures, date, email) >= Math.max(1, cells * GOOD_PART);
  return {
    used: Array.from(filled, (cells) => cells > 0 && cells >= Math.min(rows.length * USED_SHARE, most)),
    forms: Array.from(filled, formOf),
    haveValues: Array.from(filled, hasValues),
  };
}

type FormCounts = Readonly<Record<Exclude<CellForm, 'blank'>, Uint32Array>>;

/** How often each form stands in each column. */
function countForms(rows: readonly JudgedRow[]): FormCounts {
  const width = rows.reduce((most, row) => Math.max(most, row.forms.length), 0);
  const none = () => new Uint32Array(width);
  const counts: FormCounts = { text: none(), figures: none(), date: none(), email: none() };
  for (const { forms } of rows) {
    for (let column = 0; column < forms.length; column++) {
      const form = forms[column] ?? 'blank';
      if (form === 'blank') continue;
      const count = counts[form];
      count[column] = (count[column] ?? 0) + 1;
    }
  }
  return counts;
}

function sumAt(column: number, ...counts: readonly Uint32Array[]): number {
  return counts.reduce((sum, count) => sum + (count[column] ?? 0), 0);
}
