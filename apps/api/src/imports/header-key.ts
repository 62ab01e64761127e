import { foldText, isReasonTitle } from '@ponte/contacts';
import { createHash } from 'node:crypto';

/**
 * What files of one kind have in common: the digest of their titles, without case, accents and blanks. Columns that a
 * file of rejected rows has more than the file that they came from (nameless ones, then the reasons) do not count, so
 * that a corrected file is recognised. Null for a header without titles, which could be any file's.
 */
export function headerKey(header: readonly string[]): Buffer | null {
  const titles = header.map(foldText);
  while (titles.length > 0 && isAdded(titles.at(-1) ?? '')) titles.pop();
  if (titles.length === 0) return null;
  // As JSON, so that titles cannot run into each other.
  return createHash('sha256').update(JSON.stringify(titles)).digest();
}

function isAdded(title: string): boolean {
  return title === '' || isReasonTitle(title);
}
