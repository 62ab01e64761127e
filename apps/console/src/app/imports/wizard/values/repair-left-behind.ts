const BETWEEN = /\s+(?:e|ou|y|o|or|and)\s+|[/;,|\n]+/i;
const FEWEST_DIGITS = 8;

/** The numbers of a cell that are not the one that is kept: what taking the first of several leaves behind. */
export function leftBehind(before: string, after: string): readonly string[] {
  const kept = after.replace(/\D/g, '').slice(-FEWEST_DIGITS);
  return before
    .split(BETWEEN)
    .map((part) => part.trim())
    .filter((part) => {
      const digits = part.replace(/\D/g, '');
      return digits.length >= FEWEST_DIGITS && digits.slice(-FEWEST_DIGITS) !== kept;
    });
}
