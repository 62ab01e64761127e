import type { RejectionCode } from '@ponte/contacts';
import {
  LOCALES,
  RUN_FAILURE_CODES,
  type FieldIssue,
  type Locale,
  type Params,
  type ProblemCode,
  type Role,
  type RunError,
  type RunFailureCode,
} from '@ponte/contracts';
import { en } from './en';
import { es } from './es';
import { fill, formatNumber } from './fill';
import { ptBR } from './pt-BR';

/** `title`: what happened. `detail`: what, where, what to do. Parameters in the notation of `fill`. */
export interface Sentence {
  readonly title: string;
  readonly detail: string;
}

/** An e-mail's fixed sentences. `next` says what to do. */
export interface MailSentences {
  readonly subject: string;
  readonly title: string;
  readonly lead: string;
  readonly next: string;
  readonly button: string;
  /** In place of the footer of e-mails about runs. */
  readonly footer?: string;
}

/**
 * Every sentence that the API, the worker and the caught e-mails show to a person, in one language. A missing one does
 * not compile. Parameters are optional for every problem, so that a sentence is whole whatever is known:
 * `columns` (import_missing_column, import_duplicate_column, columns_unknown), `delimiter` (import_wrong_delimiter, the
 * character), `limit` (import_too_*, import_cell_too_large; bytes or a number), `seconds` (too_many_requests,
 * upload_too_slow), `field` (request_invalid, filter_invalid, upload_no_file), and `line` for all of them.
 */
export interface Texts {
  readonly problems: Readonly<Record<ProblemCode, Sentence>>;
  /** What is wrong with one member of a request, by the code of its issue; `next` says what to do. */
  readonly requestIssues: Readonly<
    Record<'unknown' | 'unsupported' | 'repeated' | 'too_many' | 'invalid' | 'next', string>
  >;
  readonly failures: Readonly<Record<RunFailureCode, Sentence>>;
  readonly rejections: Readonly<Record<RejectionCode, string>>;
  readonly delimiters: Readonly<Record<',' | ';' | '\t' | '|', string>>;
  readonly time: { readonly zone: string; readonly zoneName: string };
  readonly mail: {
    readonly import_finished: MailSentences;
    readonly import_cancelled: MailSentences;
    readonly import_failed: MailSentences;
    readonly import_refused: MailSentences;
    readonly export_ready: MailSentences;
    readonly export_failed: MailSentences;
    readonly invitation: MailSentences;
    readonly password_reset: MailSentences;
    readonly password_changed: MailSentences;
    readonly codes_refused: MailSentences;
    /** What a person is in an account, in the middle of a sentence. */
    readonly roles: Readonly<Record<Role, string>>;
    readonly sum: Readonly<
      Record<'total' | 'created' | 'updated' | 'unchanged' | 'skipped' | 'failed', string>
    >;
    readonly reasons: string;
    /** Below the reasons: a row with two reasons is counted at both. */
    readonly severalReasons: string;
    readonly plainLink: string;
    readonly footer: string;
  };
  /** The workbook to fill in: its sheets, and for each column of the first one its title and what belongs there. */
  readonly template: {
    readonly fileName: string;
    readonly contacts: string;
    readonly help: string;
    readonly fields: readonly { readonly title: string; readonly hint: string }[];
    readonly notes: readonly string[];
  };
  readonly caughtMail: Readonly<
    Record<
      'title' | 'about' | 'empty' | 'subject' | 'from' | 'to' | 'time' | 'back' | 'asText' | 'asPage',
      string
    >
  >;
}

const TEXTS: Readonly<Record<Locale, Texts>> = { 'pt-BR': ptBR, en, es };

export function textsIn(locale: Locale): Texts {
  return TEXTS[locale];
}

/** A sentence of ours with its parameters written in. */
export function write(locale: Locale, sentence: string, params: Params = {}): string {
  return fill(sentence, params, { locale, delimiters: TEXTS[locale].delimiters });
}

function writeBoth(locale: Locale, sentence: Sentence, params: Params, line: number | undefined): Sentence {
  const all = line === undefined ? params : { ...params, line };
  return { title: write(locale, sentence.title, all), detail: write(locale, sentence.detail, all) };
}

/** What a problem is called and what to do about it. Parameters that are not known are left out of the sentence. */
export function problemText(locale: Locale, code: ProblemCode, params: Params = {}, line?: number): Sentence {
  return writeBoth(locale, TEXTS[locale].problems[code], params, line);
}

/** So many members are told about; the others are among the issues. */
const TOLD_ISSUES = 3;

/** What is wrong with the members of a request; null when it is about no member. */
export function requestIssuesText(locale: Locale, issues: readonly FieldIssue[]): string | null {
  const texts = TEXTS[locale].requestIssues;
  const told = issues.filter(({ field }) => field !== '').slice(0, TOLD_ISSUES);
  if (told.length === 0) return null;
  const sentences = told.map(({ field, code, nearest }) => {
    const sentence = isToldIssue(code) ? texts[code] : texts.invalid;
    // Inside of others a member is found by its own name; the whole path is among the issues.
    const params = { field: field.split('.').at(-1) ?? field, ...(nearest === undefined ? {} : { nearest }) };
    return write(locale, sentence, params);
  });
  return [...sentences, texts.next].join(' ');
}

function isToldIssue(code: string): code is Exclude<keyof Texts['requestIssues'], 'next'> {
  return code !== 'next' && Object.hasOwn(TEXTS[LOCALES[0]].requestIssues, code);
}

/** Why a run stopped: a failure of the run, or a problem of its file. */
export function runErrorText(locale: Locale, error: RunError): Sentence {
  const { code, params = {}, line } = error;
  const sentence = isFailure(code) ? TEXTS[locale].failures[code] : TEXTS[locale].problems[code];
  return writeBoth(locale, sentence, params, line);
}

function isFailure(code: RunError['code']): code is RunFailureCode {
  return (RUN_FAILURE_CODES as readonly string[]).includes(code);
}

/** Why a row was rejected, as a sentence. A code of a newer version than this one is shown as it is. */
export function rejectionText(locale: Locale, code: string): string {
  const rejections: Readonly<Record<string, string>> = TEXTS[locale].rejections;
  return Object.hasOwn(rejections, code) ? (rejections[code] ?? code) : code;
}

export function numberText(locale: Locale, value: number): string {
  return formatNumber(value, locale);
}

/** Date and time with the zone that it is in: São Paulo's in Portuguese, UTC elsewhere. */
export function timeText(locale: Locale, time: Date): string {
  const { zone, zoneName } = TEXTS[locale].time;
  const format = new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeStyle: 'short', timeZone: zone });
  return `${format.format(time)} (${zoneName})`;
}

/** The first language of the header that we speak, by its weights; any Portuguese is pt-BR. */
export function pickLocale(acceptLanguage: string | undefined, fallback: Locale): Locale {
  // A browser sends some ten entries; what is beyond is not read.
  const entries = (acceptLanguage ?? '').slice(0, 500).split(',').map(parseEntry);
  entries.sort((a, b) => b.weight - a.weight);
  for (const { language, weight } of entries) {
    const locale = LOCALES.find((known) => known.slice(0, 2) === language);
    if (locale !== undefined && weight > 0) return locale;
  }
  return fallback;
}

function parseEntry(entry: string): { language: string; weight: number } {
  const [tag = '', ...parameters] = entry.split(';').map((part) => part.trim().toLowerCase());
  const weight = parameters.find((parameter) => parameter.startsWith('q='));
  return {
    language: tag.split('-')[0] ?? '',
    weight: weight === undefined ? 1 : Number(weight.slice(2)) || 0,
  };
}
