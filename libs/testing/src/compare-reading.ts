import type { Contact, ContactFieldName, RepairCode } from '@ponte/contacts';
import type { CorpusItem, CorpusOutcome, CorpusReadable, CorpusRefused, CorpusVerdict } from './corpus';
import { breaksReadingMustNot } from './reading-must-not';

/** What was accepted for the outcome that the corpus calls `repaired_BR`. */
export const CORPUS_REPAIRS: readonly RepairCode[] = ['phone_add_country', 'phone_unwrap'];

/** What becomes of the rows under some repairs. `codes`: every reason that was given, of all fields. */
export interface ReadingVerdict {
  readonly total: number;
  readonly rejected: readonly { readonly row: number; readonly codes: readonly string[] }[];
  /** As they would be stored: one for each number, the last row wins. */
  readonly contacts: readonly Contact[];
}

/** A file that was read. Its last names are left out of the cells: the corpus calls joining them a wish. */
export interface ReadTable {
  readonly outcome: 'readable';
  /** In the manifest's words; `header_row` counts from 1, 0 when there is none. */
  readonly detect: {
    readonly encoding: string | null;
    readonly delimiter: string | null;
    readonly sheet: string | null;
    readonly header_row: number;
  };
  readonly headers: readonly string[];
  /** Column of each field, from 0. */
  readonly mapping: Readonly<Partial<Record<ContactFieldName, number>>>;
  /** Name, phone and e-mail of each row, before anything is repaired. */
  readonly cells: readonly (readonly string[])[];
  /** Under no repair at all. */
  readonly strict: ReadingVerdict;
  /** Under `CORPUS_REPAIRS`. */
  readonly repaired: ReadingVerdict;
}

/** What the wizard made of a file. Reasons are refusal codes, perhaps with `:` and what the file is. */
export type ReadingOutcome = ReadTable | { readonly outcome: 'refused'; readonly reasons: readonly string[] };

/**
 * Compares what the wizard made of a corpus file with what it must be. Answers the differences in words: none when the
 * expected outcome or one of the acceptable ones was met and no `must_not` was broken.
 */
export function compareReading(item: CorpusItem, actual: ReadingOutcome): readonly string[] {
  const broken = (item.must_not ?? []).filter((text) => breaksReadingMustNot(text, actual));
  // One entry of the manifest is a remark and no outcome.
  const outcomes = [item.expect, ...(item.also_acceptable ?? [])].filter(({ outcome }) => outcome);
  const differences = outcomes.map((expected) => compareOne(item, expected, actual));
  const isMet = differences.some((found) => found.length === 0);
  return [...(isMet ? [] : (differences[0] ?? [])), ...broken.map((text) => `must not ${text}`)];
}

function compareOne(item: CorpusItem, expected: CorpusOutcome, actual: ReadingOutcome): readonly string[] {
  if (expected.outcome === 'readable' && actual.outcome === 'readable') {
    return compareTables(item, expected, actual);
  }
  if (expected.outcome === 'refused' && actual.outcome === 'refused') {
    return compareReasons(item, expected, actual.reasons);
  }
  const detail = actual.outcome === 'refused' ? ` (${actual.reasons.join(', ')})` : '';
  return [`outcome: ${actual.outcome}${detail}, expected ${expected.outcome}`];
}

function compareReasons(
  item: CorpusItem,
  expected: CorpusRefused,
  reasons: readonly string[],
): readonly string[] {
  const allowed = [...expected.reasons, ...(item.reasons_any ?? [])];
  const isMet = reasons.some(
    (reason) => allowed.includes(reason) || allowed.includes(reason.split(':')[0] ?? ''),
  );
  return isMet ? [] : [`refused for ${reasons.join(', ')}, expected one of ${allowed.join(', ')}`];
}

function compareTables(item: CorpusItem, expected: CorpusReadable, actual: ReadTable): readonly string[] {
  return [
    ...compareDetection(expected, actual),
    ...compareMapping(expected, actual),
    ...compareCells(expected.cells, actual.cells),
    ...compareStrict(item, expected, actual.strict),
    ...compareVerdict('repaired', expected.repaired_BR, actual.repaired),
  ];
}

function compareDetection(expected: CorpusReadable, actual: ReadTable): readonly string[] {
  const found: Readonly<Record<string, string | number | null>> = actual.detect;
  const differences = Object.entries(expected.detect ?? {})
    .filter(([what, must]) => found[what] !== must)
    .map(([what, must]) => `${what}: ${JSON.stringify(found[what])}, expected ${JSON.stringify(must)}`);
  const isHeader = !expected.headers || expected.headers.join('\n') === actual.headers.join('\n');
  return isHeader ? differences : [...differences, `headers: ${actual.headers.join(' | ')}`];
}

/** The manifest names columns by title, or as `column 3` where titles are missing or the same. */
function compareMapping(expected: CorpusReadable, actual: ReadTable): readonly string[] {
  return Object.entries(expected.mapping ?? {}).flatMap(([field, must]) => {
    const column = actual.mapping[field as ContactFieldName];
    const names = column === undefined ? [] : [actual.headers[column], `column ${column + 1}`];
    return names.includes(must) ? [] : [`${field}: ${names.join(' = ') || 'no column'}, expected ${must}`];
  });
}

function compareCells(
  expected: readonly (readonly string[])[] | undefined,
  actual: readonly (readonly string[])[],
): readonly string[] {
  if (!expected) return [];
  const count =
    actual.length === expected.length ? [] : [`rows: ${actual.length}, expected ${expected.length}`];
  const cells = expected.flatMap((must, index) => {
    const is = JSON.stringify((actual[index] ?? []).map(foldSpaces));
    const wanted = JSON.stringify(must.map(foldSpaces));
    return is === wanted ? [] : [`row ${index + 1}: ${is}, expected ${wanted}`];
  });
  return [...count, ...cells];
}

/** Cells are compared as they are trimmed; inner line breaks may be kept or folded: the policy notes leave it open. */
function foldSpaces(text: string): string {
  return text.normalize('NFC').replace(/\s+/g, ' ').trim();
}

/** Where dropping a real apostrophe is called a wish, our strict rules, which drop it, may give the repaired outcome. */
function compareStrict(
  item: CorpusItem,
  expected: CorpusReadable,
  actual: ReadingVerdict,
): readonly string[] {
  const differences = compareVerdict('strict', expected.strict, actual);
  const isWish = /leading apostrophe is a wish/.test(item.policy_note ?? '');
  return isWish && compareVerdict('strict', expected.repaired_BR, actual).length === 0 ? [] : differences;
}

function compareVerdict(
  which: string,
  expected: CorpusVerdict | undefined,
  actual: ReadingVerdict,
): readonly string[] {
  if (!expected) return [];
  const counts: readonly (readonly [string, number, number | undefined])[] = [
    ['rows', actual.total, expected.rows_total],
    ['accepted rows', actual.total - actual.rejected.length, expected.rows_accepted],
    ['rejected rows', actual.rejected.length, expected.rows_rejected],
    ['contacts', actual.contacts.length, expected.contacts],
  ];
  const differences = counts
    .filter(([, is, must]) => must !== undefined && is !== must)
    .map(([what, is, must]) => `${what}: ${is}, expected ${must}`);
  return [...differences, ...compareRejected(expected, actual), ...compareFinal(expected, actual)].map(
    (text) => `${which}: ${text}`,
  );
}

function compareRejected(expected: CorpusVerdict, actual: ReadingVerdict): readonly string[] {
  const codes = new Map(actual.rejected.map((rejection) => [rejection.row, rejection.codes]));
  return (expected.rejected ?? []).flatMap(({ row, reasons }) => {
    const found = codes.get(row);
    if (!found) return [`row ${row} was not rejected`];
    if (found.some((code) => reasons.includes(code))) return [];
    return [`row ${row}: ${found.join(', ')}, expected one of ${reasons.join(', ')}`];
  });
}

function compareFinal(expected: CorpusVerdict, actual: ReadingVerdict): readonly string[] {
  const write = ({ name, phone_number, email }: Contact) =>
    `${phone_number} ${JSON.stringify(foldSpaces(name))} ${email ?? '-'}`;
  const stored = new Set(actual.contacts.map(write));
  return (expected.final ?? [])
    .map(write)
    .filter((contact) => !stored.has(contact))
    .map((contact) => `contact not there: ${contact}`);
}
