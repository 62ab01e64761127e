/** A cell by its place on the page, from 0. */
export interface GridPlace {
  readonly row: number;
  readonly column: number;
}

export interface GridSize {
  readonly rows: number;
  readonly columns: number;
}

const clamp = (value: number, last: number): number => Math.max(0, Math.min(value, last));

/** Where a key leads inside a grid; null when the key does not move. The edges stop. */
export function moveInGrid(
  key: string,
  isWithCtrl: boolean,
  at: GridPlace,
  { rows, columns }: GridSize,
): GridPlace | null {
  const to = (row: number, column: number): GridPlace => ({
    row: clamp(row, rows - 1),
    column: clamp(column, columns - 1),
  });
  switch (key) {
    case 'ArrowUp':
      return to(isWithCtrl ? 0 : at.row - 1, at.column);
    case 'ArrowDown':
      return to(isWithCtrl ? rows : at.row + 1, at.column);
    case 'ArrowLeft':
      return to(at.row, isWithCtrl ? 0 : at.column - 1);
    case 'ArrowRight':
      return to(at.row, isWithCtrl ? columns : at.column + 1);
    case 'Home':
      return to(isWithCtrl ? 0 : at.row, 0);
    case 'End':
      return to(isWithCtrl ? rows : at.row, columns);
    default:
      return null;
  }
}

/** The cell that Tab edits after this one, line by line; null behind the last and before the first. */
export function nextEditable(
  at: GridPlace,
  step: 1 | -1,
  rows: number,
  editable: readonly number[],
): GridPlace | null {
  const index = at.row * editable.length + editable.indexOf(at.column) + step;
  const column = editable[index % editable.length];
  if (index < 0 || index >= rows * editable.length || column === undefined) return null;
  return { row: Math.floor(index / editable.length), column };
}

/** Whether a key begins a value, as in a spreadsheet: one character, and no shortcut. */
export function startsTyping({ key, ctrlKey, metaKey, altKey }: KeyboardEvent): boolean {
  return [...key].length === 1 && key !== ' ' && !ctrlKey && !metaKey && !altKey;
}
