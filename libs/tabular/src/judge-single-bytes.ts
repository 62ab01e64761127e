import { HIGH_CHARACTERS, type SingleByteEncoding } from './single-byte-encodings';

const ENCODINGS = Object.keys(HIGH_CHARACTERS) as readonly SingleByteEncoding[];

/** What a character can be inside a text in Portuguese or Spanish. The numbers index nothing; they are compared fast. */
const KIND = {
  other: 0,
  lower: 1,
  upper: 2,
  /** A letter, but of no Portuguese or Spanish word: `Š`, `þ`, `Æ`. */
  foreign: 3,
  digit: 4,
  /** Stands before words: `“`. */
  opening: 5,
  /** Stands after words: `”`, `…`, `™`. */
  closing: 6,
  /** Stands inside words or between them: `’`, the no-break space, the dash. */
  joining: 7,
  /** `ª` and `º`, after a digit or a letter. */
  ordinal: 8,
} as const;

const LOWER = 'áàâãäéèêëíïóôõöúüçñ';

/** Enough to be sure; a larger file is not judged better by more of it. */
const ENOUGH = 50_000;

/** Another encoding must explain this much of the bytes, and Windows-1252 no more than that. */
const STRONG = 0.75;
const WEAK = 0.25;

/** Judges bytes of 0x80 and above, given one by one with their neighbours. */
export interface SingleByteJudge {
  see(before: number, byte: number, after: number): void;
  /** Windows-1252, unless another encoding makes words where it makes none. */
  verdict(): SingleByteEncoding;
}

/**
 * Finds the encoding in which the high bytes are letters of words: `Concei‡Æo` in Windows-1252 is `Conceição` in
 * IBM 850. Each byte counts from -1 (nobody writes that) to 1 (a letter in its place, of the right case).
 */
export function createSingleByteJudge(): SingleByteJudge {
  const kinds = ENCODINGS.map((encoding) => kindsOf(HIGH_CHARACTERS[encoding]));
  const sums = ENCODINGS.map(() => 0);
  let seen = 0;

  function see(before: number, byte: number, after: number): void {
    if (seen >= ENOUGH) return;
    seen++;
    for (let index = 0; index < kinds.length; index++) {
      const kind = kinds[index] ?? kinds[0];
      if (kind === undefined) continue;
      sums[index] = (sums[index] ?? 0) + judgeInPlace(kind[before] ?? 0, kind[byte] ?? 0, kind[after] ?? 0);
    }
  }

  function verdict(): SingleByteEncoding {
    const scores = sums.map((sum) => sum / Math.max(1, seen));
    const best = scores.indexOf(Math.max(...scores));
    const isStrong =
      (scores[best] ?? 0) >= STRONG && (scores[ENCODINGS.indexOf('windows-1252')] ?? 0) <= WEAK;
    return (isStrong ? ENCODINGS[best] : undefined) ?? 'windows-1252';
  }

  return { see, verdict };
}

function kindsOf(high: string): Uint8Array {
  const kinds = new Uint8Array(256);
  for (let byte = 0; byte < 256; byte++) {
    kinds[byte] = kindOf(byte < 0x80 ? String.fromCharCode(byte) : high.charAt(byte - 0x80));
  }
  return kinds;
}

function kindOf(character: string): number {
  if (/[a-z]/.test(character) || LOWER.includes(character)) return KIND.lower;
  if (/[A-Z]/.test(character) || LOWER.includes(character.toLowerCase())) return KIND.upper;
  if (/[0-9]/.test(character)) return KIND.digit;
  if ('ªº'.includes(character)) return KIND.ordinal;
  if ('‘“«‹¿¡'.includes(character)) return KIND.opening;
  if ('’”»›…™®©°²³'.includes(character)) return character === '’' ? KIND.joining : KIND.closing;
  if ('\xa0·–—'.includes(character)) return KIND.joining;
  return /\p{L}/u.test(character) ? KIND.foreign : KIND.other;
}

function isLetter(kind: number): boolean {
  return kind >= KIND.lower && kind <= KIND.foreign;
}

function judgeInPlace(before: number, kind: number, after: number): number {
  const isAfterWord = isLetter(before);
  const isBeforeWord = isLetter(after);
  if (kind === KIND.lower || kind === KIND.upper) return judgeLetter(before, kind, after);
  if (kind === KIND.ordinal) return isAfterWord || before === KIND.digit ? 1 : 0;
  if (kind === KIND.joining) return 0.5;
  if (!isAfterWord && !isBeforeWord) return 0;
  if (kind === KIND.opening && !isAfterWord) return 0.5;
  if (kind === KIND.closing && !isBeforeWord) return 0.5;
  return -1;
}

/** `José`, `JOSÉ` and `Ângela` are in order, `JosÉ` and `JOSé` are not; a letter alone (`é`, `à`) proves nothing. */
function judgeLetter(before: number, kind: number, after: number): number {
  if (before === KIND.foreign || after === KIND.foreign) return -1;
  if (kind === KIND.lower) {
    if (after === KIND.upper) return -1;
    return isLetter(before) || after === KIND.lower ? 1 : 0;
  }
  if (before === KIND.lower) return -1;
  if (before === KIND.upper && after === KIND.lower) return -1;
  return isLetter(before) || isLetter(after) ? 1 : 0;
}
