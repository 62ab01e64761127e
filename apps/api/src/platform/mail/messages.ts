import type { ImportRefusalCode, Locale, Params, Role, RowCounts, RunError, RunMail } from '@ponte/contracts';

/** What every e-mail has: the console page behind its button, and the moment that its footer names. */
interface MailData {
  /** Console path with a slash in front, such as `/accounts/1/imports/12`. */
  path: string;
  /** ISO 8601; when the person, or somebody else, asked for it. */
  created_at: string;
}

/** About a run of an account. */
interface RunData extends MailData {
  account_id: number;
}

interface ImportData extends RunData {
  import_id: number;
  rows: RowCounts;
  rejected_by_code: Readonly<Record<string, number>>;
}

interface ExportData extends RunData {
  export_id: number;
}

/** About an invitation or a new password: the path ends with the secret of a link. */
interface LinkData extends MailData {
  expires_at: string;
}

interface InvitationData extends LinkData {
  account_name: string;
  inviter_name: string;
  role: Role;
}

/**
 * Every e-mail that Ponte sends, each kind with exactly what its text needs: a template without its variables does not
 * compile. Those about runs hold numbers, ids and codes only: no names, no phones, no file names, so that neither the
 * outbox nor a mailbox holds personal data of contacts.
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
  | { kind: 'export_failed'; data: ExportData & { error: RunError } }
  | { kind: 'codes_refused'; data: MailData }
  /** `address`: the network address of the request, when it is known. */
  | { kind: 'password_changed'; data: MailData & { address: string | null } };

/** E-mails that carry a link with a secret. Only senders see them whole. */
export type LinkMessage =
  { kind: 'invitation'; data: InvitationData } | { kind: 'password_reset'; data: LinkData };
export type LinkKind = LinkMessage['kind'];

/** An e-mail as it is sent. */
export type SentMessage = Message | LinkMessage;
export type MessageKind = SentMessage['kind'];
export type MessageOf<Kind extends MessageKind> = Extract<SentMessage, { kind: Kind }>;

/**
 * A message as it waits in the outbox. One with a link waits as the id of what the link opens: its secret, and the names
 * that it tells, are put in when it is sent.
 */
export type WaitingMessage = Message | WaitingLink;
export interface WaitingLink {
  kind: LinkKind;
  data: { link_of: number };
}

export interface Recipient {
  address: string;
  locale: Locale;
}

/** A waiting message, what it is about (the run's id, or that of the audit event) and who gets it. */
export type Mail = WaitingMessage & { subjectId: number; to: Recipient };

export type MailState = RunMail['state'];

/** Kinds that end a run: which of them a run has says where its e-mail is. */
export const IMPORT_MAIL_KINDS = ['import_finished', 'import_cancelled', 'import_failed'] as const;
export const EXPORT_MAIL_KINDS = ['export_ready', 'export_failed'] as const;
