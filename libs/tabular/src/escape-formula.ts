/** Characters with which spreadsheets begin to calculate, their wide forms too, and apostrophes before them. */
const FORMULA = /^'*[=+\-@\t\r\n|＝＋－＠]/;
const ESCAPED = /^'+[=+\-@\t\r\n|＝＋－＠]/;

/** E.164 to the letter cannot calculate anything, and an apostrophe would spoil it for every other program. */
const PHONE = /^\+[1-9]\d{6,14}$/;

/**
 * Puts an apostrophe before a text that a spreadsheet would run (`=1+1`, `@SUM`, `|calc`), E.164 phones excepted.
 * Texts that already have the apostrophe get another one, so that no two texts become the same: `unescapeFormula`
 * gives every text back.
 */
export function escapeFormula(text: string): string {
  return FORMULA.test(text) && !PHONE.test(text) ? `'${text}` : text;
}

/** Drops the one apostrophe that `escapeFormula` added; other texts are returned as they are. */
export function unescapeFormula(text: string): string {
  return ESCAPED.test(text) ? text.slice(1) : text;
}
