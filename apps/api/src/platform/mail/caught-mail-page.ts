import type { Locale } from '@ponte/contracts';
import Handlebars from 'handlebars';
import { textsIn, timeText } from '../texts/texts';
import type { CaughtMail } from './caught-mail';
import template from './templates/caught-mail.hbs?raw';

const render = Handlebars.compile<object>(template, { strict: true });

/** Nothing is loaded and no script runs, neither ours nor one that an e-mail might bring. */
export const CAUGHT_MAIL_POLICY =
  "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

export function caughtMailList(mails: readonly CaughtMail[], locale: Locale): string {
  const words = textsIn(locale).caughtMail;
  return render({
    lang: locale,
    title: words.title,
    words,
    mail: null,
    mails: mails.map((mail) => ({ ...mail, time: timeText(locale, mail.time) })),
  });
}

export function caughtMailPage(mail: CaughtMail, locale: Locale): string {
  const words = textsIn(locale).caughtMail;
  return render({
    lang: locale,
    title: mail.subject,
    words,
    mail: { ...mail, time: timeText(locale, mail.time), frame: withNewWindows(mail.html) },
    mails: null,
  });
}

/** The frame may not lead this page elsewhere: links of the e-mail open a window of their own. */
function withNewWindows(html: string): string {
  return html.replace(/<head[^>]*>/i, '$&<base target="_blank" />');
}
