import type { ReadingOutcome, ReadTable } from './compare-reading';

type MustNot = ((actual: ReadTable) => boolean) | null;

const hasName = (actual: ReadTable, pattern: RegExp) =>
  actual.cells.some(([name]) => pattern.test(name ?? ''));
const hasCell = (actual: ReadTable, pattern: RegExp) =>
  actual.cells.some((row) => row.some((cell) => pattern.test(cell)));
const isAccepted = ({ repaired, strict }: ReadTable, ...names: readonly string[]) =>
  [...repaired.contacts, ...strict.contacts].some(({ name }) => names.includes(name));

/** Checks of one `must_not` sentence of the wizard's files; `null` for those that only the page or the machine can show. */
const MUST_NOT: ReadonlyMap<string, MustNot> = new Map<string, MustNot>([
  ['store a name that contains U+FFFD or that lost a letter', (actual) => hasName(actual, /\ufffd/)],
  [
    'show one letter per cell or NULs',
    (actual) =>
      actual.cells.some((row) => row.some((cell) => cell.includes('\0'))) ||
      actual.headers.every((title) => title.length < 2),
  ],
  ['import mojibake without a preview step', null],
  ['repair anything without showing before/after to the user', ({ strict }) => strict.contacts.length > 2],
  ['lose the first contact in silence', (actual) => !hasName(actual, /^Ana Lima$/)],
  [
    'store the two numbers glued together',
    ({ repaired, strict }) =>
      [...repaired.contacts, ...strict.contacts].some(({ name }) => name.startsWith('Ana')),
  ],
  ['freeze or show HTML tags as cells', (actual) => hasCell(actual, /<\/?t[dr]/i)],
  [
    "show or send '5.51199E+12', '5.521987654321e+12' or a decimal tail",
    (actual) => hasCell(actual, /\de\+?\d|\d[.,]\d/i),
  ],
  ['accept Ana or Bia', (actual) => isAccepted(actual, 'Ana', 'Bia')],
  ['round Ana or Bia to a valid number', (actual) => isAccepted(actual, 'Ana', 'Bia')],
  ["'[object Object]' or 'mailto:' in the cell", (actual) => hasCell(actual, /\[object|mailto:/)],
  [
    "accept Bia; a name like 'Wed Jan 31 2024 00:00:00 GMT…'",
    (actual) => isAccepted(actual, 'Bia') || hasName(actual, /GMT|Jan 31/),
  ],
  ['finish with 0 rows and no question', ({ cells }) => cells.length === 0],
  ["store '_x000D_'", (actual) => hasCell(actual, /_x000D_/i)],
  ['crash, "undefined" as a name, or "999" as a name', (actual) => hasName(actual, /^(?:undefined|999)$/)],
  ['write any file', null],
  ['changed Object.prototype in the worker', null],
  ["show 'PK' garbage as rows", (actual) => hasCell(actual, /^PK/)],
]);

/** Whether the sentence has an entry here, so that a new one in the manifest cannot pass unseen. */
export function isKnownReadingMustNot(text: string): boolean {
  return MUST_NOT.has(text);
}

/** Whether what was read does what the sentence forbids; `false` for a sentence that cannot be checked here. */
export function breaksReadingMustNot(text: string, actual: ReadingOutcome): boolean {
  return actual.outcome === 'readable' && MUST_NOT.get(text)?.(actual) === true;
}
