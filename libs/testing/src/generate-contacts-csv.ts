import type { Contact, RejectionCode } from '@ponte/contacts';
import { digestContacts } from './digest-contacts';
import { planRows, type PlanOptions } from './plan-rows';

/** A rejected row: data rows count from 1, `line` is the physical line where it begins (the header is line 1). */
export interface ExpectedRejection {
  readonly row: number;
  readonly line: number;
  readonly code: RejectionCode;
}

/**
 * What importing the file into an empty account must give, counted row by row: `total = created + updated +
 * unchanged + failed`. A valid row whose phone is new is created; one that changes the name, or brings another
 * e-mail that is not empty, is updated; one that changes nothing is unchanged. Each rejected row has one code.
 */
export interface ExpectedImport {
  readonly total: number;
  readonly created: number;
  readonly updated: number;
  readonly unchanged: number;
  readonly failed: number;
  readonly rejectedByCode: Readonly<Partial<Record<RejectionCode, number>>>;
  readonly rejected: readonly ExpectedRejection[];
  /** How many contacts the account then has. */
  readonly contacts: number;
  /** `digestContacts` of them. */
  readonly digest: string;
}

/** A generated file. Nothing is computed before it is asked for; asking again gives the same. */
export interface GeneratedContacts {
  /** The file in chunks of about 64 KiB. */
  bytes(): AsyncGenerator<Uint8Array>;
  /** What importing it must give; holds all contacts in memory while it counts. */
  expected(): ExpectedImport;
  /** The contacts that the account then has, in the order of their first row. */
  contacts(): Contact[];
}

const CHUNK_CHARACTERS = 64 * 1024;
const HEADER = 'name,phone_number,email';

/**
 * A Brazilian contacts CSV of any size, the same for the same options, with what must come of it: accents, quoted
 * commas, line breaks in quotes, formatted phones, blank e-mails, 3 % bad rows of every kind and 2 % duplicates
 * unless told otherwise. UTF-8 with CRLF. The expectations follow from how each row was built, not from the rules.
 */
export function generateContactsCsv(options: PlanOptions): GeneratedContacts {
  return {
    bytes: () => writeChunks(options),
    expected: () => countExpected(options),
    contacts: () => [...collectContacts(options).values()],
  };
}

async function* writeChunks(options: PlanOptions): AsyncGenerator<Uint8Array> {
  const encoder = new TextEncoder();
  let text = `${HEADER}\r\n`;
  for (const row of planRows(options)) {
    text += `${row.text}\r\n`;
    if (text.length < CHUNK_CHARACTERS) continue;
    yield encoder.encode(text);
    text = '';
  }
  if (text !== '') yield encoder.encode(text);
}

function countExpected(options: PlanOptions): ExpectedImport {
  const counts = { created: 0, updated: 0, unchanged: 0, failed: 0 };
  const rejectedByCode: Partial<Record<RejectionCode, number>> = {};
  const rejected: ExpectedRejection[] = [];
  let row = 0;
  let line = 2;
  for (const { text, outcome } of planRows(options)) {
    row++;
    counts[outcome.kind]++;
    if (outcome.kind === 'failed') {
      rejectedByCode[outcome.code] = (rejectedByCode[outcome.code] ?? 0) + 1;
      rejected.push({ row, line, code: outcome.code });
    }
    line += 1 + countLineBreaks(text);
  }
  const contacts = collectContacts(options);
  const digest = digestContacts(contacts.values());
  return { total: row, ...counts, rejectedByCode, rejected, contacts: contacts.size, digest };
}

function collectContacts(options: PlanOptions): Map<string, Contact> {
  const contacts = new Map<string, Contact>();
  for (const { outcome } of planRows(options)) {
    if (outcome.kind !== 'failed') contacts.set(outcome.after.phone_number, outcome.after);
  }
  return contacts;
}

function countLineBreaks(text: string): number {
  return text.includes('\n') ? text.split(/\r\n|\n/).length - 1 : 0;
}
