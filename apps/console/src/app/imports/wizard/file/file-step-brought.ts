import type { TableSource } from '../wizard-types';

/** A word that was copied somewhere is no table: there must be a second cell or a second row. */
const LOOKS_LIKE_CELLS = /[\t\n]/;

/**
 * What a paste brings: a file that was copied in the file manager, or cells. Spreadsheets put a picture of the cells
 * beside their text: the text is what counts.
 */
export function broughtIn(data: DataTransfer | null): TableSource | null {
  const text = data?.getData('text/plain') ?? '';
  const file = [...(data?.files ?? [])].find(({ type }) => !type.startsWith('image/'));
  if (file) return { file };
  return LOOKS_LIKE_CELLS.test(text.trim()) ? { text } : null;
}
