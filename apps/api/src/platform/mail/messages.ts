import type { ImportRefusalCode, Locale, Params, RowCounts, RunError, RunMail } from '@ponte/contracts';

/** What every e-mail is about: a run of an account, and the console page that shows it. */
interface RunData {
  account_id: number;
  /** Console path with a slash in front, such as `/accounts/1/imports/12`. */
  path: string;
  /** ISO 8601; when the person asked for it. */
  created_at: string;
}

interface ImportData extends RunData {
  import_id: number;
  rows: RowCounts;
  rejected_by_code: Readonly<Record<string, number>>;
}

interface ExportData extends RunData {
  export_id: number;
}

/**
 * Every e-mail that Ponte sends, each kind with exactly what its text needs: a template without its variables does not
 * compile. Numbers, ids and codes only: no names, no phones, no file names, so that neither the outbox nor a mailbox
 * holds personal data.
 */
export type Message =
  | { kind: 'import_finished'; data: ImportData }
  | { kind: 'import_cancelled'; data: ImportData }
  | { kind: 'import_failed'; data: ImportData & { error: RunError } }
  | {
      kind: 'import_refused';
      data: RunData & { error: { code: ImportRefusalCode; line?: number; params?: Params } };
    }
  | { kind: 'export_ready'; data: ExportData & { rows: number; expires_at: string } }
  | { kind: 'export_failed'; data: ExportData & { error: RunError } };

export type MessageKind = Message['kind'];
export type MessageOf<Kind extends MessageKind> = Extract<Message, { kind: Kind }>;

/** A message, what it is about (the run's id) and who gets it. */
export type Mail = Message & { subjectId: number; to: { address: string; locale: Locale } };

export type MailState = RunMail['state'];

/** Kinds that end a run: which of them a run has says where its e-mail is. */
export const IMPORT_MAIL_KINDS = ['import_finished', 'import_cancelled', 'import_failed'] as const;
export const EXPORT_MAIL_KINDS = ['export_ready', 'export_failed'] as const;
