import { isVisible } from './clean-text';
import { foldText } from './search-text';
import { isPlaceholder } from './placeholders';
import { proposeEmail } from './propose-email';
import { proposePhone } from './propose-phone';

/** What the cells of one column look like. Shares are of its cells that say something, from 0 to 1. */
export interface ColumnContent {
  /** Cells that say something: neither blank nor a placeholder. */
  readonly filled: number;
  /** `filled` as a share of all rows. */
  readonly fill: number;
  readonly phones: number;
  /** Mobile numbers as a share of all rows: what is of use to a chat. */
  readonly mobileFill: number;
  readonly emails: number;
  /** Words that could be names. */
  readonly names: number;
  /** Any letters. */
  readonly letters: number;
  /** Numbers of two digits, perhaps with a zero before them. */
  readonly areaCodes: number;
  /** Different cells as a share of the filled ones. */
  readonly distinct: number;
}

const MAX_ROWS = 500;
/** A sheet of 16,384 columns is looked at less deeply, so that a guess stays a matter of milliseconds. */
const MAX_CELLS = 200_000;
const MIN_ROWS = 10;

const MIN_PHONE_DIGITS = 8;
const MAX_PHONE_UNITS = 60;
const BRAZILIAN_MOBILE = /^\+55\d{2}9\d{8}$/;
const AREA_CODE = /^\(?0?[1-9]\d\)?$/;
const NAME = /^[\p{L}\p{M}][\p{L}\p{M}\p{N}\s.,'’´`&()/-]*$/u;
const MIN_NAME_LETTERS = 3;
const MAX_NAME_UNITS = 120;
const LETTER = /\p{L}/u;
const NO_CONTEXT = { areaCode: null };

/** Looks at the first 500 rows, column by column. */
export function measureColumns(
  rows: readonly (readonly string[])[],
  width: number,
): readonly ColumnContent[] {
  const limit = Math.max(MIN_ROWS, Math.min(MAX_ROWS, Math.floor(MAX_CELLS / Math.max(1, width))));
  const sample = rows.slice(0, limit);
  return Array.from({ length: width }, (_, column) => measureColumn(sample, column));
}

function measureColumn(rows: readonly (readonly string[])[], column: number): ColumnContent {
  const counts = { filled: 0, phones: 0, mobiles: 0, emails: 0, names: 0, letters: 0, areaCodes: 0 };
  const seen = new Set<string>();
  for (const row of rows) {
    const cell = row[column];
    if (cell === undefined || cell === '' || !isVisible(cell) || isPlaceholder(cell)) continue;
    counts.filled++;
    if (seen.size < MAX_ROWS) seen.add(cell.length > MAX_NAME_UNITS ? cell.slice(0, MAX_NAME_UNITS) : cell);
    countCell(counts, cell);
  }
  const share = (count: number) => (counts.filled === 0 ? 0 : count / counts.filled);
  const ofRows = (count: number) => (rows.length === 0 ? 0 : count / rows.length);
  return {
    filled: counts.filled,
    fill: ofRows(counts.filled),
    phones: share(counts.phones),
    mobileFill: ofRows(counts.mobiles),
    emails: share(counts.emails),
    names: share(counts.names),
    letters: share(counts.letters),
    areaCodes: share(counts.areaCodes),
    distinct: share(seen.size),
  };
}

type Counts = Record<'phones' | 'mobiles' | 'emails' | 'names' | 'letters' | 'areaCodes', number>;

function countCell(counts: Counts, cell: string): void {
  const text = cell.trim();
  if (LETTER.test(text)) counts.letters++;
  if (AREA_CODE.test(text)) counts.areaCodes++;
  if (text.includes('@')) {
    const email = proposeEmail(text);
    if (email.ok && email.value !== null) counts.emails++;
    return;
  }
  const phone = readPhone(text);
  if (phone !== null) counts.phones++;
  if (phone === 'mobile') counts.mobiles++;
  if (phone === null && text.length <= MAX_NAME_UNITS && isNameLike(text)) counts.names++;
}

/** A number without area code counts only when it is written like one: eight plain digits may be anything. */
function readPhone(text: string): 'mobile' | 'other' | null {
  if (text.length > MAX_PHONE_UNITS || text.replace(/\D/g, '').length < MIN_PHONE_DIGITS) return null;
  const found = proposePhone(text, NO_CONTEXT);
  if (found.ok) return found.value !== null && BRAZILIAN_MOBILE.test(found.value) ? 'mobile' : 'other';
  if (found.codes[0] !== 'phone_needs_area_code' && found.codes[0] !== 'phone_several') return null;
  return /^9\d{4}[ .-]?\d{4}$|^\d{4}[ .-]\d{4}$/.test(text) ? 'other' : null;
}

function isNameLike(text: string): boolean {
  return NAME.test(text) && foldText(text).replace(/[^a-z\p{L}]/gu, '').length >= MIN_NAME_LETTERS;
}
