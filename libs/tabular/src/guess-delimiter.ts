const CANDIDATES = [';', '\t', '|'] as const;

/** A separator that is not the comma. */
export type OtherDelimiter = (typeof CANDIDATES)[number];

/**
 * The separator that a header read with commas seems to have been written with, to be named when its columns are
 * missing: the most frequent of `;`, tab and `|`, if there are more of it than commas; else `null`.
 */
export function guessDelimiter(headerCells: readonly string[]): OtherDelimiter | null {
  let best: OtherDelimiter | null = null;
  let most = Math.max(0, headerCells.length - 1);
  for (const candidate of CANDIDATES) {
    const count = headerCells.reduce((sum, cell) => sum + cell.split(candidate).length - 1, 0);
    if (count > most) {
      best = candidate;
      most = count;
    }
  }
  return best;
}
