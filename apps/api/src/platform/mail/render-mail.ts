import type { Locale, Params, RowCounts } from '@ponte/contracts';
import Handlebars from 'handlebars';
import {
  numberText,
  problemText,
  rejectionText,
  runErrorText,
  textsIn,
  timeText,
  write,
  type Sentence,
} from '../texts/texts';
import type { SentMessage } from './messages';
import template from './templates/mail.hbs?raw';

export interface RenderedMail {
  subject: string;
  html: string;
  text: string;
}

interface MailView {
  lang: Locale;
  subject: string;
  title: string;
  problem: Sentence | null;
  lead: string;
  sum: { label: string; value: string; isTotal: boolean }[] | null;
  reasons: { heading: string; items: { count: string; sentence: string }[]; note: string | null } | null;
  next: string;
  button: string;
  link: string;
  plainLink: string;
  footer: string;
}

const renderHtml = Handlebars.compile<MailView>(template, { strict: true });

/** The e-mail as its reader gets it. `publicUrl` is the console's address, without a slash at the end. */
export function renderMail(message: SentMessage, locale: Locale, publicUrl: string): RenderedMail {
  const view = viewOf(message, locale, publicUrl);
  return { subject: view.subject, html: renderHtml(view), text: renderText(view) };
}

function viewOf(message: SentMessage, locale: Locale, publicUrl: string): MailView {
  const { mail } = textsIn(locale);
  const sentences = mail[message.kind];
  const params = paramsOf(message, locale);
  return {
    lang: locale,
    subject: write(locale, sentences.subject, params),
    title: write(locale, sentences.title, params),
    problem: problemOf(message, locale),
    lead: write(locale, sentences.lead, params),
    ...countsOf(message, locale),
    next: write(locale, sentences.next, params),
    button: sentences.button,
    link: `${publicUrl}${message.data.path}`,
    plainLink: mail.plainLink,
    footer: write(locale, sentences.footer ?? mail.footer, params),
  };
}

function paramsOf(message: SentMessage, locale: Locale): Params {
  const created = timeText(locale, new Date(message.data.created_at));
  switch (message.kind) {
    case 'import_finished':
    case 'import_cancelled':
    case 'import_failed': {
      const { total, failed } = message.data.rows;
      // Left out when there is none: the sentence then says that there is nothing to correct.
      return { created, total, ...(failed === 0 ? {} : { failed }) };
    }
    case 'export_ready':
      return {
        created,
        rows: message.data.rows,
        expires: timeText(locale, new Date(message.data.expires_at)),
      };
    case 'invitation': {
      const { account_name, inviter_name, role } = message.data;
      return {
        created,
        account: plainName(account_name),
        inviter: plainName(inviter_name),
        role: textsIn(locale).mail.roles[role],
        expires: timeText(locale, new Date(message.data.expires_at)),
      };
    }
    case 'password_reset':
      return { created, expires: timeText(locale, new Date(message.data.expires_at)) };
    case 'password_changed': {
      const { address } = message.data;
      return { created, ...(address === null ? {} : { address }) };
    }
    case 'import_refused':
    case 'export_failed':
    case 'codes_refused':
      return { created };
  }
}

/**
 * A name that strangers chose, so that it stays a name: one line, and nothing that a mail program would turn into a link.
 * The dot between letters becomes U+2024, which looks the same.
 */
function plainName(name: string): string {
  return name
    .replace(/[\p{C}\s]+/gu, ' ')
    .trim()
    .replace(/(?<=[\p{L}\p{N}_-])\.(?=[\p{L}\p{N}_-])/gu, '\u2024')
    .replace(/:\/\//g, ': ');
}

function problemOf(message: SentMessage, locale: Locale): Sentence | null {
  if (message.kind === 'import_refused') {
    const { code, params, line } = message.data.error;
    return problemText(locale, code, params, line);
  }
  return 'error' in message.data ? runErrorText(locale, message.data.error) : null;
}

function countsOf(message: SentMessage, locale: Locale): Pick<MailView, 'sum' | 'reasons'> {
  if (!('rejected_by_code' in message.data)) return { sum: null, reasons: null };
  const { rows, rejected_by_code: byCode } = message.data;
  return { sum: sumOf(rows, locale), reasons: reasonsOf(byCode, rows.failed, locale) };
}

function sumOf(rows: RowCounts, locale: Locale): MailView['sum'] {
  const { sum } = textsIn(locale).mail;
  const parts = ['created', 'updated', 'unchanged', 'skipped', 'failed', 'total'] as const;
  return parts.map((part) => ({
    label: sum[part],
    value: numberText(locale, rows[part]),
    isTotal: part === 'total',
  }));
}

function reasonsOf(
  byCode: Readonly<Record<string, number>>,
  failed: number,
  locale: Locale,
): MailView['reasons'] {
  const counted = Object.entries(byCode).filter(([, count]) => count > 0);
  if (counted.length === 0) return null;
  counted.sort(([, a], [, b]) => b - a);
  const { reasons, severalReasons } = textsIn(locale).mail;
  const named = counted.reduce((sum, [, count]) => sum + count, 0);
  return {
    heading: reasons,
    items: counted.map(([code, count]) => ({
      count: numberText(locale, count),
      sentence: rejectionText(locale, code),
    })),
    note: named > failed ? severalReasons : null,
  };
}

/** The same without HTML, figures in columns. */
function renderText(view: MailView): string {
  const blocks: string[] = [view.title];
  if (view.problem !== null) blocks.push(`${view.problem.title}\n${view.problem.detail}`);
  blocks.push(view.lead);
  if (view.sum !== null) {
    const labelWidth = Math.max(...view.sum.map(({ label }) => label.length));
    const valueWidth = Math.max(...view.sum.map(({ value }) => value.length));
    const lines = view.sum.map(
      ({ label, value }) => `  ${label.padEnd(labelWidth)}  ${value.padStart(valueWidth)}`,
    );
    lines.splice(-1, 0, `  ${'-'.repeat(labelWidth + 2 + valueWidth)}`);
    blocks.push(lines.join('\n'));
  }
  if (view.reasons !== null) {
    const { heading, items, note } = view.reasons;
    const width = Math.max(...items.map(({ count }) => count.length));
    const lines = items.map(({ count, sentence }) => `  ${count.padStart(width)}  ${sentence}`);
    blocks.push([`${heading}:`, ...lines, ...(note === null ? [] : [note])].join('\n'));
  }
  blocks.push(view.next, `${view.button}:\n${view.link}`, `--\n${view.footer}`);
  return `${blocks.join('\n\n')}\n`;
}
