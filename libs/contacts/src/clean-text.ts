/** White space in the sense of `String.trim`, and invisible format marks (zero-width, bidi): \s and \p{Cf}. */
const BLANK_OR_MARK = /^[\s\p{Cf}]$/u;

/** C0 without white space, DEL and C1. White space among the controls (tab, line breaks) is folded or trimmed. */
// eslint-disable-next-line no-control-regex -- finding control characters is what it is for
const CONTROL = /[\u0000-\u0008\u000e-\u001f\u007f-\u009f]/;

/** With the `u` flag a surrogate is matched only where its other half is missing; without it, everywhere, and faster. */
const SURROGATE = /[\ud800-\udfff]/;
const LONE_SURROGATE = /\p{Surrogate}/u;

/** Something that leaves ink: not white space, not a format mark or another ignorable, not the Braille blank. */
const VISIBLE = /[^\s\p{Cf}\p{Z}\p{Default_Ignorable_Code_Point}\u2800]/u;

/** What may stand between the beginning of a spreadsheet's cell and a sign, and the signs that begin to calculate. */
const BLANK = String.raw`[\0-\x08\x0b\x0c\x0e-\x20"\x7f-\xa0\xad\u1680\u2000-\u200f\u2028-\u202f\u205f-\u206f\u3000\ufeff]`;
const SIGNS = '=+\\-@|＝＋－＠';

/**
 * Where our CSV writer put an apostrophe: before a sign that begins the text, or a cell of a program that splits by
 * semicolons or tabs. The same definition as the writer's, kept here because this library may not import it. A test
 * holds them together.
 */
const ESCAPED_FORMULA = new RegExp(`((?:^|[;\\t\\r\\n])${BLANK}*)'(?='*[${SIGNS}])`, 'g');
const ESCAPED_BREAK = /^'+[\t\r\n]/;

/** Whether the text holds NUL, another control character or half a surrogate pair: PostgreSQL or people choke on them. */
export function hasInvalidCharacter(text: string): boolean {
  return CONTROL.test(text) || (SURROGATE.test(text) && LONE_SURROGATE.test(text));
}

/** Whether anything of the text can be seen. */
export function isVisible(text: string): boolean {
  return VISIBLE.test(text);
}

/** Drops the apostrophes that a formula-safe CSV puts before `= + - @ |` and their wide forms, one at each place. */
export function unescapeCell(text: string): string {
  if (!text.includes("'")) return text;
  return (ESCAPED_BREAK.test(text) ? text.slice(1) : text).replace(ESCAPED_FORMULA, '$1');
}

/**
 * Trims white space and invisible format marks from both ends, in linear time: an anchored regular expression at
 * the end of a long run of blanks is quadratic.
 */
export function trimMarks(text: string): string {
  let start = 0;
  let end = text.length;
  while (start < end && isBlankAt(text, start)) start += isPairAt(text, start) ? 2 : 1;
  while (end > start) {
    const last = end - 2 >= start && isPairAt(text, end - 2) ? end - 2 : end - 1;
    if (!isBlankAt(text, last)) break;
    end = last;
  }
  return start === 0 && end === text.length ? text : text.slice(start, end);
}

function isPairAt(text: string, at: number): boolean {
  return (text.codePointAt(at) ?? 0) > 0xffff;
}

function isBlankAt(text: string, at: number): boolean {
  const code = text.codePointAt(at) ?? 0;
  // Nearly every end of a cell is a printable ASCII character.
  if (code > 0x20 && code < 0x7f) return false;
  return BLANK_OR_MARK.test(String.fromCodePoint(code));
}

// eslint-disable-next-line no-control-regex -- finding control characters is what it is for
const CONTROLS = /[\u0000-\u0008\u000e-\u001f\u007f-\u009f]+/g;
const LONE_SURROGATES = /\p{Surrogate}+/gu;
const MARKS = /\p{Cf}+/gu;

/** The text without the characters that `hasInvalidCharacter` finds; the same string when there are none. */
export function dropInvalidCharacters(text: string): string {
  return hasInvalidCharacter(text) ? text.replace(CONTROLS, '').replace(LONE_SURROGATES, '') : text;
}

/** The text without invisible format marks, inside as well. */
export function dropMarks(text: string): string {
  return text.replace(MARKS, '');
}
