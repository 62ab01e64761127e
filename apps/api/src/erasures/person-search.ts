import { Injectable } from '@nestjs/common';
import { personFinder, type ContactColumns, type PersonFinder } from '@ponte/contacts';
import type { ExportFormat } from '@ponte/contracts';
import { DataSource } from 'typeorm';
import { FileStorage } from '../platform/storage/file-storage';
import { findInUpload, isInExport } from './find-in-files';
import { findContacts, findExportQueries, findMails, findMappings, findRejectedRows } from './find-in-rows';
import { phoneForms, type Found, type FoundIn, type Person } from './found';

interface ImportRow {
  id: number;
  key: string | null;
  file_name: string;
  created_at: Date;
  columns: { header: string[]; fields: ContactColumns };
  ignored: string[];
}

interface ExportRow {
  id: number;
  key: string;
  format: ExportFormat;
  file_name: string;
  created_at: Date;
  has_phone: boolean;
  has_email: boolean;
}

/** Everything that an account keeps of one person, place by place. */
@Injectable()
export class PersonSearch {
  constructor(
    private readonly dataSource: DataSource,
    private readonly storage: FileStorage,
  ) {}

  /** Files are read from beginning to end: nothing of them stays in memory but what is the person's. */
  async find(accountId: number, asked: Person, signal: AbortSignal): Promise<Found[]> {
    const { manager } = this.dataSource;
    const contacts = await findContacts(manager, accountId, asked);
    const person = withContacts(asked, contacts);
    const names = contacts.map(({ data }) => String(data['name']));
    const rows = await findRejectedRows(manager, accountId, person, personFinder({ ...person, names }));
    names.push(...rows.map(({ data }) => String(data['name'] ?? '')));
    const uploads = await this.findUploads(accountId, personFinder({ ...person, names }), names, signal);
    const finder = personFinder({ ...person, names });
    return [
      ...contacts,
      ...rows,
      ...uploads,
      ...(await this.findExportFiles(accountId, person, names, signal)),
      ...(await findExportQueries(manager, accountId, finder)),
      ...(await findMappings(manager, accountId, finder)),
      ...(await findMails(manager, accountId, finder)),
    ];
  }

  /** Imports whose stored file, file name or titles hold something of the person. Adds the names that are found. */
  private async findUploads(
    accountId: number,
    finder: PersonFinder,
    names: string[],
    signal: AbortSignal,
  ): Promise<FoundIn<'stored_files'>[]> {
    const runs = await this.dataSource.query<ImportRow[]>(
      `SELECT id, storage_key AS key, file_name, created_at, columns, ignored_columns AS ignored FROM imports
       WHERE account_id = $1 ORDER BY id`,
      [accountId],
    );
    const found: FoundIn<'stored_files'>[] = [];
    for (const { id, key, file_name, created_at, columns, ignored } of runs) {
      const rows = key === null ? null : await findInUpload(this.storage, key, finder, signal);
      const isInFile = rows !== null;
      const isNamed = [file_name, ...columns.header, ...ignored].some((text) => finder.inText(text));
      if (!isInFile && !isNamed) continue;
      names.push(...(rows ?? []).map(({ cells }) => cells[columns.fields.name] ?? ''));
      const data = { file_name, created_at, rows: rows ?? [] };
      found.push({ place: 'stored_files', id, isInFile, isNamed, data });
    }
    return found;
  }

  private async findExportFiles(
    accountId: number,
    person: Person,
    names: readonly string[],
    signal: AbortSignal,
  ): Promise<FoundIn<'export_files'>[]> {
    const runs = await this.dataSource.query<ExportRow[]>(
      `SELECT id, storage_key AS key, format, file_name, created_at,
         column_names ? 'phone_number' AS has_phone, column_names ? 'email' AS has_email FROM exports
       WHERE account_id = $1 AND storage_key IS NOT NULL ORDER BY id`,
      [accountId],
    );
    const found: FoundIn<'export_files'>[] = [];
    const { email } = person;
    const parts = email === null ? phoneForms(person) : [...phoneForms(person), email];
    for (const { id, key, format, file_name, created_at, ...has } of runs) {
      const isKnown = has.has_phone || (has.has_email && email !== null);
      const traces = { parts, names: isKnown ? [] : names };
      if (!(await isInExport(this.storage, { key, format }, traces, signal))) continue;
      found.push({ place: 'export_files', id, data: { file_name, created_at } });
    }
    return found;
  }
}

/**
 * A contact's phone is theirs alone in the account, so that who is asked for by e-mail is known by it, too. An address may be
 * several people's: it counts only when it was asked for.
 */
export function withContacts(person: Person, contacts: readonly FoundIn<'contacts'>[]): Person {
  const phones = contacts.map(({ data }) => String(data['phone_number']));
  return { ...person, phones: [...new Set([...person.phones, ...phones])] };
}
