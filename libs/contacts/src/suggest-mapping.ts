import { measureColumns, type ColumnContent } from './column-content';
import type { ColumnGuess, GuessReason } from './column-roles';
import {
  isFirstNameTitle,
  isFullNameTitle,
  isSameKind,
  isWeakTitle,
  readTitle,
  type TitleReading,
} from './read-title';
import { foldText } from './search-text';

/** From this share on the content alone says what a column is. */
const ENOUGH = 0.8;
/** A column of words in which fewer cells differ is a category, not a name. */
const ENOUGH_DISTINCT = 0.3;
const MIN_ROWS_FOR_DISTINCT = 4;

const CONTENT_RANK = -10;
const CONTRADICTION = -30;

interface Column {
  readonly index: number;
  readonly title: string;
  readonly reading: TitleReading | null;
  readonly content: ColumnContent;
}

interface Candidate {
  readonly column: Column;
  readonly rank: number;
  readonly guess: ColumnGuess;
}

const NONE: ColumnGuess = Object.freeze({ role: null, reason: 'none' });

/**
 * Guesses what each column is for, from its title (`[]` when the file has none) and from up to 500 rows. One guess for
 * each column, in their order, each with its reason; a role that belongs to one column is given once, and the
 * columns that would have fitted too say `same_as_other`. Never throws.
 */
export function suggestMapping(
  header: readonly string[],
  rows: readonly (readonly string[])[],
): readonly ColumnGuess[] {
  const width = rows.reduce((widest, row) => Math.max(widest, row.length), header.length);
  const contents = measureColumns(rows, width);
  const columns = contents.map((content, index): Column => {
    const title = header[index] ?? '';
    const hasAreaCodes = content.filled === 0 ? null : content.areaCodes >= ENOUGH;
    return { index, title, reading: readTitle(title, hasAreaCodes), content };
  });
  const guesses: ColumnGuess[] = columns.map(() => NONE);
  const phone = assign(guesses, candidatesFor('phone_number', columns));
  assign(guesses, candidatesFor('email', columns));
  const name = assign(guesses, candidatesFor('name', columns)) ?? assignOnlyText(guesses, columns);
  if (phone) assignAreaCode(guesses, columns, phone);
  if (name) assignLastNames(guesses, columns, name, rows);
  return guesses;
}

/** Gives the role to the best candidate; the others learn that one fitted better. The first of equals wins. */
function assign(guesses: ColumnGuess[], candidates: readonly Candidate[]): Column | null {
  let best: Candidate | null = null;
  for (const candidate of candidates) {
    if (guesses[candidate.column.index] !== NONE) continue;
    if (best === null || candidate.rank > best.rank) best = candidate;
  }
  for (const { column, guess } of candidates) {
    if (guesses[column.index] !== NONE) continue;
    guesses[column.index] =
      column === best?.column ? guess : { ...guess, role: null, reason: 'same_as_other' };
  }
  return best?.column ?? null;
}

function candidatesFor(
  role: 'name' | 'phone_number' | 'email',
  columns: readonly Column[],
): readonly Candidate[] {
  return columns.flatMap((column) => {
    const candidate = byTitle(role, column) ?? byContent(role, column);
    return candidate ? [candidate] : [];
  });
}

function byTitle(role: 'name' | 'phone_number' | 'email', column: Column): Candidate | null {
  const { reading, content } = column;
  if (reading?.role !== role || isContradicted(reading, content)) return null;
  const { reason, word } = reading;
  return { column, rank: reading.rank + evidence(role, content), guess: { role, reason, word } };
}

/** A title is not believed where the content is plainly something else: phones under `Contato`, house numbers under `Nº`. */
function isContradicted(reading: TitleReading, content: ColumnContent): boolean {
  if (reading.reason === 'header_exact') return false;
  if (isWeakTitle(reading)) return content.phones < ENOUGH;
  if (reading.role === 'name') return Math.max(content.phones, content.emails) >= ENOUGH;
  return reading.role === 'phone_number' ? content.emails >= ENOUGH : content.phones >= ENOUGH;
}

function evidence(role: 'name' | 'phone_number' | 'email', content: ColumnContent): number {
  if (content.filled === 0) return 0;
  const share = { name: content.letters, phone_number: content.phones, email: content.emails }[role];
  const found = role === 'phone_number' ? content.mobileFill * 12 + content.fill * 2 : content.fill * 3;
  return share === 0 ? CONTRADICTION : found;
}

function byContent(role: 'name' | 'phone_number' | 'email', column: Column): Candidate | null {
  const { content, reading } = column;
  if (role === 'name' || reading?.role === 'area_code') return null;
  const share = role === 'phone_number' ? content.phones : content.emails;
  if (content.filled === 0 || share < ENOUGH) return null;
  const reason: GuessReason = role === 'phone_number' ? 'content_phone' : 'content_email';
  return { column, rank: CONTENT_RANK + evidence(role, content), guess: { role, reason, share } };
}

/** The name when no title tells: the one column of words that is left. With two, somebody has to choose. */
function assignOnlyText(guesses: ColumnGuess[], columns: readonly Column[]): Column | null {
  const left = columns.filter(({ index, content }) => guesses[index] === NONE && isText(content));
  const [only] = left;
  if (only === undefined || left.length > 1) return null;
  guesses[only.index] = { role: 'name', reason: 'only_text', share: only.content.names };
  return only;
}

function isText({ filled, names, distinct }: ColumnContent): boolean {
  const isVaried = filled < MIN_ROWS_FOR_DISTINCT || distinct >= ENOUGH_DISTINCT;
  return filled > 0 && names >= ENOUGH && isVaried;
}

/** Of several area codes the one that names the same kind of telephone, then the nearest before the phone. */
function assignAreaCode(guesses: ColumnGuess[], columns: readonly Column[], phone: Column): void {
  const candidates = columns.flatMap((column): readonly Candidate[] => {
    const { reading, content, index } = column;
    if (reading?.role !== 'area_code' || (content.filled > 0 && content.areaCodes < ENOUGH)) return [];
    const distance = phone.index - index;
    const near = distance > 0 ? 20 - Math.min(distance, 15) : 5 - Math.min(-distance, 5);
    const rank = near + (isSameKind(column.title, phone.title) ? 50 : 0);
    return [{ column, rank, guess: { role: 'area_code', reason: reading.reason, word: reading.word } }];
  });
  assign(guesses, candidates);
}

/** Last names belong behind the name, unless its title or its cells say that they are in it already. */
function assignLastNames(
  guesses: ColumnGuess[],
  columns: readonly Column[],
  name: Column,
  rows: readonly (readonly string[])[],
): void {
  const hasFirstName = columns.some(
    (column) => column !== name && column.reading && isFirstNameTitle(column.reading),
  );
  const isFull = hasFirstName || (name.reading !== null && isFullNameTitle(name.reading));
  for (const { index, reading } of columns) {
    if (guesses[index] !== NONE || reading?.role !== 'last_name') continue;
    const { word, reason } = reading;
    const isLeft = !isFull && !endsWithColumn(rows, name.index, index);
    guesses[index] = isLeft
      ? { role: 'last_name', reason, word }
      : { role: null, reason: 'same_as_other', word };
  }
}

function endsWithColumn(rows: readonly (readonly string[])[], name: number, last: number): boolean {
  let both = 0;
  let repeated = 0;
  for (const row of rows.slice(0, 500)) {
    const whole = foldText(row[name] ?? '');
    const part = foldText(row[last] ?? '');
    if (whole === '' || part === '') continue;
    both++;
    if (` ${whole}`.endsWith(` ${part}`)) repeated++;
  }
  return both > 0 && repeated * 2 >= both;
}
