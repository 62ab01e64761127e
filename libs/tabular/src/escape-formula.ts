/**
 * What a spreadsheet may drop in front of a cell's text: controls, white space, invisible marks, and a quote that opens
 * the cell for a program that splits elsewhere. Tabs and line ends are not among them: they begin another cell.
 */
const BLANK = String.raw`[\0-\x08\x0b\x0c\x0e-\x20"\x7f-\xa0\xad\u1680\u2000-\u200f\u2028-\u202f\u205f-\u206f\u3000\ufeff]`;
/** Signs with which a spreadsheet begins to calculate, their wide forms too. */
const SIGNS = '=+\\-@|＝＋－＠';
/** Where a cell ends for a program that splits by semicolons or tabs, whatever quotes are around. */
const CELL_END = '[;\\t\\r\\n]';

/**
 * Where a cell begins with a sign, apostrophes before it or not. Linear: a match goes from one end of a cell to the
 * next at most.
 */
const FORMULA = new RegExp(`(?:^|${CELL_END})${BLANK}*(?='*[${SIGNS}])`, 'g');
/** The same with one of our apostrophes. */
const ESCAPED = new RegExp(`((?:^|${CELL_END})${BLANK}*)'(?='*[${SIGNS}])`, 'g');

/** Some programs drop a tab or a line end that begins a cell. */
const BROKEN = /^'*[\t\r\n]/;
const ESCAPED_BROKEN = /^'+[\t\r\n]/;

/** Begins with a letter or a digit, and no other cell can begin in it: nearly every text. */
const HARMLESS = /^[0-9A-Za-z\u00c0-\u1000][^",;\t\r\n]*$/;

const PLUS = 0x2b;
/** E.164 to the letter cannot calculate anything, and an apostrophe would spoil it for every other program. */
const PHONE = /^\+[1-9]\d{6,14}$/;

/**
 * Puts an apostrophe before every sign that a spreadsheet would run (`=1+1`, `@SUM`, `|calc`), whether it splits the
 * file by commas, semicolons or tabs: `Ana;=1+1` becomes `Ana;'=1+1`. E.164 phones are excepted. Where the apostrophe
 * stands already another one is put, so that no two texts become the same: `unescapeFormula` gives every text back.
 */
export function escapeFormula(text: string): string {
  if (isPhone(text)) return text;
  const escaped = text.replace(FORMULA, "$&'");
  return BROKEN.test(escaped) ? `'${escaped}` : escaped;
}

/** Drops the apostrophes that `escapeFormula` added; other texts are returned as they are. */
export function unescapeFormula(text: string): string {
  if (!text.includes("'")) return text;
  return (ESCAPED_BROKEN.test(text) ? text.slice(1) : text).replace(ESCAPED, '$1');
}

/** Whether the text can be what `escapeFormula` gave: no sign in it is without its apostrophe. */
export function isEscaped(text: string): boolean {
  return isHarmless(text) || escapeFormula(unescapeFormula(text)) === text;
}

/** Whether the text can be written as it is, without quotes and apostrophes; says no of some texts that can. */
export function isHarmless(text: string): boolean {
  return HARMLESS.test(text) || isPhone(text);
}

/** Whether the text is a phone that `escapeFormula` leaves as it is. */
export function isPhone(text: string): boolean {
  return text.charCodeAt(0) === PLUS && PHONE.test(text);
}
