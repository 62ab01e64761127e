/**
 * The first section of a number format, in tokens (ECMA-376, 18.8.31). `part`: of a date or time, its letter and how
 * often it stands; `elapsed`: the same in brackets, counted beyond the day; `digit`: a placeholder of a number;
 * `fraction`: decimals of a second; `sign`: a sign of numbers, `/` and `:` not among them.
 */
export type FormatToken =
  | { readonly kind: 'literal'; readonly text: string }
  | { readonly kind: 'part'; readonly letter: DateLetter; readonly width: number }
  | { readonly kind: 'elapsed'; readonly letter: 'h' | 'm' | 's'; readonly width: number }
  | { readonly kind: 'halves'; readonly names: readonly [string, string] }
  | { readonly kind: 'fraction'; readonly width: number }
  | { readonly kind: 'language'; readonly code: number }
  | { readonly kind: 'condition' }
  | { readonly kind: 'general' }
  | { readonly kind: 'digit' }
  | { readonly kind: 'sign'; readonly text: string };

/** Year, month, day, hour, minute, second. */
export type DateLetter = 'y' | 'n' | 'd' | 'h' | 'm' | 's';

/** A format longer than Excel allows (255) means nothing. */
const MAX_CODE_LENGTH = 1000;

const TOKEN =
  /"([^"]*)"?|\\(.)|_.|\*.|(?!general)g+|\[([^\]]*)\]|(general|standard)|(am\/pm|a\/p)|(\.0+)|(y+|e+(?![+-])|m+|d+|h+|s+)|([0#?])|(.)/gisu;

/** Tokens of the section for positive numbers. */
export function readFormat(code: string): readonly FormatToken[] {
  const tokens: FormatToken[] = [];
  if (code.length > MAX_CODE_LENGTH) return tokens;
  for (const match of code.matchAll(TOKEN)) {
    if (match[9] === ';') break;
    const token = readToken(match, tokens);
    if (token !== null) tokens.push(token);
  }
  return markMinutes(tokens);
}

function readToken(match: RegExpMatchArray, before: readonly FormatToken[]): FormatToken | null {
  const [all, quoted, escaped, bracket, general, halves, fraction, run, digit, other] = match;
  const literal = quoted ?? escaped;
  if (literal !== undefined) return { kind: 'literal', text: literal };
  if (bracket !== undefined) return readBracket(bracket);
  if (general !== undefined) return { kind: 'general' };
  if (halves !== undefined) return readHalves(halves);
  if (fraction !== undefined) return readFraction(fraction, before);
  if (run !== undefined) return readDatePart(run);
  if (digit !== undefined) return { kind: 'digit' };
  if (other === undefined) return all.startsWith('_') ? { kind: 'literal', text: ' ' } : null;
  return '.,%@eE'.includes(other) ? { kind: 'sign', text: other } : { kind: 'literal', text: other };
}

/** Halves of the day: two letters are always large, one letter is as the format writes it. */
function readHalves(text: string): FormatToken {
  const [first = '', second = ''] = text.split('/');
  return { kind: 'halves', names: text.length > 3 ? ['AM', 'PM'] : [first, second] };
}

/** Zeros behind a point are decimals of a second behind seconds, and of a number elsewhere. */
function readFraction(text: string, before: readonly FormatToken[]): FormatToken {
  const last = before.findLast((token) => token.kind !== 'literal');
  const isSecond = (last?.kind === 'part' || last?.kind === 'elapsed') && last.letter === 's';
  return isSecond ? { kind: 'fraction', width: text.length - 1 } : { kind: 'sign', text: '.' };
}

function readBracket(text: string): FormatToken | null {
  if (/^(h+|m+|s+)$/i.test(text)) {
    return { kind: 'elapsed', letter: text.charAt(0).toLowerCase() as 'h' | 'm' | 's', width: text.length };
  }
  if (/^[<>=]/.test(text)) return { kind: 'condition' };
  const language = /^\$[^-]*-([0-9a-f]{1,8})/i.exec(text);
  return language === null ? null : { kind: 'language', code: Number.parseInt(language[1] ?? '0', 16) };
}

/** `n` stands for months here, because `m` is both. `e` is the year of an era, `g` (skipped) the era's name. */
function readDatePart(run: string): FormatToken {
  const letter = run.charAt(0).toLowerCase();
  if (letter === 'e') return { kind: 'part', letter: 'y', width: 4 };
  return { kind: 'part', letter: letter === 'm' ? 'n' : (letter as DateLetter), width: run.length };
}

/** An `m` or `mm` behind hours or before seconds counts minutes. */
function markMinutes(tokens: readonly FormatToken[]): readonly FormatToken[] {
  const isPart = (token: FormatToken | undefined) => token?.kind === 'part' || token?.kind === 'elapsed';
  return tokens.map((token, index) => {
    if (token.kind !== 'part' || token.letter !== 'n' || token.width > 2) return token;
    const before = tokens.slice(0, index).findLast(isPart);
    const behind = tokens.slice(index + 1).find(isPart);
    const isMinute =
      (before?.kind !== undefined && 'letter' in before && before.letter === 'h') ||
      (behind?.kind !== undefined && 'letter' in behind && behind.letter === 's');
    return isMinute ? { ...token, letter: 'm' } : token;
  });
}
