import type { ContactColumns, PersonFinder } from '@ponte/contacts';
import type { FilterCondition, SaveMapping } from '@ponte/contracts';
import type { EntityManager } from 'typeorm';
import { phoneForms, type FoundIn, type Person } from './found';

interface ContactRow {
  id: number;
  name: string;
  phone_number: string;
  email: string | null;
  last_import_id: number | null;
  created_at: Date;
  updated_at: Date;
}

/** Contacts with the phone, with or without its ninth digit, or with the address. */
export async function findContacts(
  manager: EntityManager,
  accountId: number,
  person: Person,
): Promise<FoundIn<'contacts'>[]> {
  const rows = await manager.query<ContactRow[]>(
    `SELECT id, name, phone_number, email, last_import_id, created_at, updated_at FROM contacts
     WHERE account_id = $1 AND phone_number = ANY ($2)
     UNION SELECT id, name, phone_number, email, last_import_id, created_at, updated_at FROM contacts
     WHERE account_id = $1 AND lower(email) = lower($3) ORDER BY id`,
    [accountId, phoneForms(person), person.email],
  );
  return rows.map(({ id, ...data }) => ({ place: 'contacts', id, data }));
}

interface RejectedRow {
  import_id: number;
  row_number: number;
  line: number;
  codes: string[];
  cells: string[];
  columns: { fields: ContactColumns };
}

/** Digits of every number end with so many that are its own. */
const LAST_DIGITS = 8;

/** Rejected rows in which the person is: PostgreSQL leaves out most of the others, the finder decides. */
export async function findRejectedRows(
  manager: EntityManager,
  accountId: number,
  person: Person,
  finder: PersonFinder,
): Promise<FoundIn<'rejected_rows'>[]> {
  const rows = await manager.query<RejectedRow[]>(
    `SELECT import_id, row_number, line, codes, cells, columns FROM imports
     JOIN import_rejected_rows AS rejected ON import_id = imports.id
     WHERE account_id = $1 AND (
       regexp_replace(translate(cells::text, '０１２３４５６７８９', '0123456789'), '[^0-9]', '', 'g') LIKE ANY ($2)
       OR strpos(lower(cells::text), lower($3)) > 0
     ) ORDER BY import_id, row_number`,
    [accountId, person.phones.map((phone) => `%${phone.slice(-LAST_DIGITS)}%`), person.email],
  );
  return rows
    .filter(({ cells }) => finder.inRow(cells))
    .map(({ import_id: id, row_number: row, line, codes, cells, columns }) => ({
      place: 'rejected_rows',
      id,
      row,
      data: { row, line, codes, cells, name: cells[columns.fields.name] ?? null },
    }));
}

/** Exports whose search or filter names the person. */
export async function findExportQueries(
  manager: EntityManager,
  accountId: number,
  finder: PersonFinder,
): Promise<FoundIn<'export_queries'>[]> {
  const rows = await manager.query<{ id: number; q: string; payload: FilterCondition[] }[]>(
    `SELECT id, q, payload FROM exports WHERE account_id = $1 AND (q <> '' OR payload <> '[]') ORDER BY id`,
    [accountId],
  );
  const values = ({ payload }: { payload: FilterCondition[] }) =>
    payload.flatMap((condition) => [condition.values].flat().map((value) => String(value ?? '')));
  return rows
    .filter((row) => [row.q, ...values(row)].some((text) => finder.inText(text)))
    .map(({ id, ...data }) => ({ place: 'export_queries', id, data }));
}

/** Mappings with a value of the person for cells that are empty. */
export async function findMappings(
  manager: EntityManager,
  accountId: number,
  finder: PersonFinder,
): Promise<FoundIn<'import_mappings'>[]> {
  const rows = await manager.query<{ header: Buffer; mapping: SaveMapping['mapping'] }[]>(
    `SELECT header_sha256 AS header, mapping FROM import_mappings WHERE account_id = $1 ORDER BY header_sha256`,
    [accountId],
  );
  return rows
    .filter(({ mapping }) => Object.values(mapping.defaults).some((value) => finder.inText(value)))
    .map(({ header, mapping }) => ({
      place: 'import_mappings',
      id: null,
      header,
      data: { defaults: mapping.defaults },
    }));
}

/** E-mails of the account that went to the person or name them. */
export async function findMails(
  manager: EntityManager,
  accountId: number,
  finder: PersonFinder,
): Promise<FoundIn<'outbox'>[]> {
  const rows = await manager.query<
    { id: number; kind: string; to_address: string; text: string; created_at: Date }[]
  >(
    `SELECT id, kind, to_address, data::text AS text, created_at FROM outbox
     WHERE (data->>'account_id')::bigint = $1 ORDER BY id`,
    [accountId],
  );
  return rows
    .filter(({ to_address: to, text }) => finder.inRow([to, text]))
    .map(({ id, text: _, ...data }) => ({ place: 'outbox', id, data }));
}
