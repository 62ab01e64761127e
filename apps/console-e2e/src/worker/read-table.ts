import { CORPUS_REPAIRS, type ReadingOutcome, type ReadingVerdict } from '@ponte/testing';
import { standsFor } from './compare-verdicts';
import { decisionsFor, FIELDS, type OpenedView, type RowView, type TableChoice } from './protocol';
import type { TablePage } from './table-page';

/** Takes the chosen file through the worker and tells it in the corpus' words. */
export async function readTable(table: TablePage, choice: TableChoice = {}): Promise<ReadingOutcome> {
  const answer = await table.call('open', { choice, locale: 'pt-BR' });
  if ('problem' in answer) {
    const { code, params } = answer.problem;
    return { outcome: 'refused', reasons: [code, `${code}:${params['format'] ?? ''}`] };
  }
  const opened = answer.value;
  const mapping = columnsOf(opened);
  const strict = await judge(table, opened, []);
  const repaired = await judge(table, opened, CORPUS_REPAIRS);
  return {
    outcome: 'readable',
    detect: detectionOf(opened),
    headers: opened.columns.map(({ header }) => header),
    mapping,
    cells: strict.rows.map(({ cells }) => FIELDS.map((field) => cells[mapping[field] ?? -1] ?? '')),
    strict: strict.verdict,
    repaired: repaired.verdict,
  };
}

function detectionOf({ detection }: OpenedView) {
  const { encoding, delimiter, sheets, sheet, headerLine } = detection;
  return {
    encoding,
    delimiter,
    sheet: sheet === null ? null : (sheets[sheet]?.name ?? null),
    header_row: headerLine,
  };
}

function columnsOf({ columns }: OpenedView): Partial<Record<(typeof FIELDS)[number], number>> {
  const found = FIELDS.map(
    (field) => [field, columns.findIndex(({ guess }) => guess.role === field)] as const,
  );
  return Object.fromEntries(found.filter(([, column]) => column !== -1));
}

async function judge(
  table: TablePage,
  opened: OpenedView,
  repairs: readonly string[],
): Promise<{ rows: RowView[]; verdict: ReadingVerdict }> {
  const { mapping } = decisionsFor(opened);
  // Joining last names is guessed, and the corpus calls it a wish.
  const roles = mapping.roles.map((role) => (role === 'last_name' ? null : role));
  const decisions = decisionsFor(opened, { repairs, mapping: { ...mapping, roles } });
  const review = await table.ask('review', decisions);
  const rows = await table.rows('all');
  const { total, ready, problems, leftOut, merged } = review.rows;
  if (total !== rows.length || ready + problems + leftOut + merged !== total)
    throw new Error(`The sum does not close: ${JSON.stringify(review.rows)}, ${rows.length} rows`);
  const rejected = rows
    .filter(({ state }) => state === 'problem')
    .map((row) => ({ row: row.row + 1, codes: codesOf(row) }));
  return { rows, verdict: { total, rejected, contacts: contactsOf(rows) } };
}

/** The codes that are shown, and those of the API for which a more telling one stands. */
function codesOf({ issue, fields }: RowView): string[] {
  const codes = [issue, ...FIELDS.map((field) => fields[field].issue)].filter((code) => code !== null);
  return [...codes, ...codes.flatMap(standsFor)];
}

/** As they would be stored: one for each number, the last row wins, and no e-mail keeps the one before. */
function contactsOf(rows: readonly RowView[]): ReadingVerdict['contacts'] {
  const contacts = new Map<string, ReadingVerdict['contacts'][number]>();
  for (const { state, fields } of rows) {
    if (state !== 'ready') continue;
    const phone_number = fields.phone_number.after;
    const email = fields.email.after || (contacts.get(phone_number)?.email ?? null);
    contacts.set(phone_number, { name: fields.name.after, phone_number, email });
  }
  return [...contacts.values()];
}
