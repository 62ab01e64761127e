import type { Contact } from '@ponte/contacts';
import type { CorpusItem, CorpusOutcome, CorpusProcessed, CorpusRefused } from './corpus';

/** What an import made of a file. Reasons are the corpus' words (`missing_column:name`), without prefixes. */
export type ImportOutcome =
  | {
      readonly outcome: 'processed';
      readonly total: number;
      readonly accepted: number;
      readonly rejected: readonly {
        readonly row: number;
        readonly line: number;
        readonly codes: readonly string[];
      }[];
      readonly contacts: readonly Contact[];
    }
  | { readonly outcome: 'refused'; readonly reasons: readonly string[]; readonly line?: number | undefined };

/**
 * Compares what an import made of a corpus file with what it must be. Answers the differences in words: none when
 * the expected outcome or one of the acceptable ones was met and no `must_not` was broken.
 */
export function compareOutcome(item: CorpusItem, actual: ImportOutcome): readonly string[] {
  const broken = (item.must_not ?? []).filter((text) => breaksMustNot(text, actual));
  const differences = [item.expect, ...(item.also_acceptable ?? [])].map((expected) =>
    compareOne(item, expected, actual),
  );
  const isMet = differences.some((found) => found.length === 0);
  return [...(isMet ? [] : (differences[0] ?? [])), ...broken.map((text) => `must not ${text}`)];
}

function compareOne(item: CorpusItem, expected: CorpusOutcome, actual: ImportOutcome): readonly string[] {
  if (expected.outcome === 'processed' && actual.outcome === 'processed') {
    return [
      ...compareCounts(expected, actual),
      ...compareRows(item, expected, actual),
      ...compareContacts(item, expected, actual),
    ];
  }
  if (expected.outcome === 'refused' && actual.outcome === 'refused')
    return compareReasons(item, expected, actual);
  const detail = actual.outcome === 'refused' ? ` (${actual.reasons.join(', ')})` : '';
  return [`outcome: ${actual.outcome}${detail}, expected ${expected.outcome}`];
}

type Processed = Extract<ImportOutcome, { outcome: 'processed' }>;
type Refused = Extract<ImportOutcome, { outcome: 'refused' }>;

function compareCounts(expected: CorpusProcessed, actual: Processed): readonly string[] {
  const counts: readonly (readonly [string, number, number])[] = [
    ['rows', actual.total, expected.rows_total],
    ['accepted rows', actual.accepted, expected.rows_accepted],
    ['rejected rows', actual.rejected.length, expected.rows_rejected],
    ['contacts', actual.contacts.length, expected.contacts],
    ['duplicates', actual.accepted - actual.contacts.length, expected.duplicates_in_file],
  ];
  return counts
    .filter(([, is, must]) => is !== must)
    .map(([what, is, must]) => `${what}: ${is}, expected ${must}`);
}

function compareRows(item: CorpusItem, expected: CorpusProcessed, actual: Processed): readonly string[] {
  const rejected = new Map(actual.rejected.map((row) => [row.row, row]));
  return expected.rejected.flatMap(({ row, line, reasons }) => {
    const found = rejected.get(row);
    if (!found) return [`row ${row} was not rejected`];
    const allowed = [...reasons, ...(item.reasons_any ?? [])];
    return [
      ...(line === undefined || found.line === line
        ? []
        : [`row ${row}: line ${found.line}, expected ${line}`]),
      ...(found.codes.some((code) => allowed.includes(code))
        ? []
        : [`row ${row}: ${found.codes.join(', ')}, expected one of ${allowed.join(', ')}`]),
    ];
  });
}

function compareContacts(item: CorpusItem, expected: CorpusProcessed, actual: Processed): readonly string[] {
  const write = (contact: Contact) => {
    // Line breaks and runs of spaces in names may be kept or folded: the policy notes leave it open.
    const name = contact.name.normalize('NFC').replace(/\s+/g, ' ').trim();
    const email = item.email_compare === 'case-insensitive' ? contact.email?.toLowerCase() : contact.email;
    return `${contact.phone_number} ${JSON.stringify(name)} ${email ?? '-'}`;
  };
  const stored = new Set(actual.contacts.map(write));
  return expected.final
    .map(write)
    .filter((contact) => !stored.has(contact))
    .map((contact) => `contact not stored: ${contact}`);
}

/**
 * One named reason is enough. `wrong_delimiter` says more than the missing columns that come with it, where the
 * manifest asks that the separator be named.
 */
function compareReasons(item: CorpusItem, expected: CorpusRefused, actual: Refused): readonly string[] {
  const allowed = [...expected.reasons, ...(item.reasons_any ?? [])];
  const isMet = allowed.some((reason) => {
    const [word, line] = reason.split(':line ');
    if (line !== undefined) return actual.reasons.includes(word ?? '') && actual.line === Number(line);
    return (
      actual.reasons.includes(reason) || (isDelimiterFile(item) && actual.reasons.includes('wrong_delimiter'))
    );
  });
  return isMet
    ? []
    : [`refused for ${actual.reasons.join(', ')} at line ${actual.line}, expected ${allowed.join(', ')}`];
}

function isDelimiterFile(item: CorpusItem): boolean {
  return /separator|as 045/.test(item.policy_note ?? '');
}

type MustNot = ((actual: Processed) => boolean) | null;

/** Checks of one `must_not` sentence; `null` for those that can only be seen over HTTP or in an exported file. */
const MUST_NOT: ReadonlyMap<string, MustNot> = new Map<string, MustNot>([
  ['report success with 0 rows', ({ total }) => total === 0],
  ['store name "Lima"', ({ contacts }) => contacts.some(({ name }) => name.trim() === 'Lima')],
  ['lose row 2', ({ total, rejected, accepted }) => total !== 2 || accepted + rejected.length !== 2],
  ['pick one silently', () => true],
  ['glue two contacts into one row', ({ total }) => total !== 3],
  ['keep a CR in an e-mail', ({ contacts }) => contacts.some(({ email }) => email?.includes('\r') === true)],
  [
    'store a name that contains U+FFFD or that lost a letter',
    ({ contacts }) => contacts.some(({ name }) => name.includes('\ufffd')),
  ],
  ['store +5551199, +55119912 or any number made from these cells', ({ contacts }) => contacts.length > 0],
  ['accept rows 1-5', ({ rejected }) => rejected.filter(({ row }) => row <= 5).length !== 5],
  [
    'store the digits as written',
    ({ contacts }) => contacts.some((contact) => contact.phone_number.startsWith('+550')),
  ],
  ['accept any row', ({ accepted }) => accepted > 0],
  [
    'accept row 1 or 5',
    ({ rejected }) => ![1, 5].every((row) => rejected.some((found) => found.row === row)),
  ],
  ['change the stored value', null],
  ['lose rows after a line "\\."', ({ total }) => total !== 10],
  ['write into another account, set id/created_at/role', null],
  [
    'two contacts with one number',
    ({ contacts }) => new Set(contacts.map((contact) => contact.phone_number)).size !== contacts.length,
  ],
  ['HTTP 5xx, crashed worker, stuck job, or whole job failed because of one row', null],
  ['send a failed-rows file with live formulas', null],
  [
    'export or failed-rows file where a text cell begins with = + - @ TAB CR LF | (after unquoting) without neutralising',
    null,
  ],
]);

/** Whether the sentence has an entry here, so that a new one in the manifest cannot pass unseen. */
export function isKnownMustNot(text: string): boolean {
  return MUST_NOT.has(text);
}

function breaksMustNot(text: string, actual: ImportOutcome): boolean {
  return actual.outcome === 'processed' && MUST_NOT.get(text)?.(actual) === true;
}
