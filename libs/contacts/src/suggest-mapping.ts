import type { ColumnGuess } from './column-roles';

/** Guesses what each column is for. */
export function suggestMapping(
  header: readonly string[],
  rows: readonly (readonly string[])[],
): readonly ColumnGuess[] {
  const width = Math.max(header.length, ...rows.map((row) => row.length));
  return Array.from({ length: width }, () => ({ role: null, reason: 'none' }));
}
