import type { RejectionCode } from '@ponte/contacts';
import { quoteCell } from './csv-text';
import type { PlannedContact } from './plan-contact';
import type { Random } from './random';

/** A row with exactly one fault. `phone` is the good number in it, when it has one: it is reserved by nobody. */
export interface BadRow {
  readonly text: string;
  readonly code: RejectionCode;
  readonly phone: string | null;
}

/** Ways to spoil a row, each with the one code that it must get. */
const FAULTS: readonly ((contact: PlannedContact, random: Random) => BadRow)[] = [
  ({ name, phone_number }) => badPhone('phone_no_plus', name, phone_number.slice(1)),
  ({ name, phone_number: phone }) =>
    badPhone('phone_no_plus', name, `(${phone.slice(3, 5)}) ${phone.slice(5)}`),
  ({ name }) => badPhone('phone_missing', name, ' '),
  ({ name, phone_number }) => badPhone('phone_invalid', name, `${phone_number}00`),
  ({ name, phone_number }) =>
    badPhone('phone_invalid', name, `${phone_number.slice(0, 5)}6${phone_number.slice(-7)}`),
  ({ name, phone_number }) => badPhone('phone_has_extension', name, `${phone_number} x12`),
  ({ phone_number }) => badName('name_missing', '   ', phone_number),
  ({ phone_number }) => badName('name_missing', '\u200b\u2800', phone_number),
  ({ name, phone_number }) => badName('name_too_long', name.padEnd(501, 'ã'), phone_number),
  ({ name, phone_number }) => badName('invalid_character', `${name}\u0000`, phone_number),
  ({ name, phone_number }) => badName('invalid_character', `\u0007${name}`, phone_number),
  (contact, random) =>
    badEmail(contact, random.pick(['sem-arroba.com.br', 'a@b', 'joão@exemplo.com.br', 'a@@b.com'])),
  ({ name, phone_number, email }) => ({
    text: `${name.replaceAll(/[",]/g, ' ')},Filial,${phone_number},${email ?? 'a@example.com'}`,
    code: 'wrong_cell_count',
    phone: phone_number,
  }),
  ({ name, phone_number }) => ({
    text: `"${name.replaceAll('"', '')}" Filial,${phone_number},`,
    code: 'malformed_row',
    phone: phone_number,
  }),
];

/** Spoils a good contact in one way of many. */
export function planBadRow(random: Random, contact: PlannedContact): BadRow {
  return random.pick(FAULTS)(contact, random);
}

function badPhone(code: RejectionCode, name: string, phone: string): BadRow {
  return { text: `${quoteCell(name)},${phone},`, code, phone: null };
}

function badName(code: RejectionCode, name: string, phone: string): BadRow {
  return { text: `${quoteCell(name)},${phone},`, code, phone };
}

function badEmail({ name, phone_number: phone }: PlannedContact, email: string): BadRow {
  return { text: `${quoteCell(name)},${phone},${email}`, code: 'email_invalid', phone };
}
