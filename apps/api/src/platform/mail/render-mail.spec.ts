import { LOCALES, type RowCounts } from '@ponte/contracts';
import { describe, expect, it } from 'vitest';
import { rejectionText } from '../texts/texts';
import type { SentMessage, MessageOf } from './messages';
import { renderMail } from './render-mail';

const PUBLIC_URL = 'https://ponte.example/app';

const rows: RowCounts = {
  total: 12_214,
  done: 12_214,
  created: 11_000,
  updated: 900,
  unchanged: 120,
  skipped: 31,
  failed: 163,
};
const run = { account_id: 1, path: '/accounts/1/imports/12', created_at: '2026-03-12T14:05:09.120Z' };
const imported = {
  ...run,
  import_id: 12,
  rows,
  rejected_by_code: { email_invalid: 81, phone_no_plus: 83, name_missing: 0 },
};
const exported = { ...run, export_id: 7, path: '/accounts/1/exports/7' };

const link = { created_at: run.created_at, expires_at: '2026-03-19T14:05:09.120Z' };
const invitation: MessageOf<'invitation'>['data'] = {
  ...link,
  path: '/invitation#s3cret_',
  account_name: 'Clínica Sol',
  inviter_name: 'Rafael Nunes',
  role: 'administrator',
};

const MESSAGES: readonly SentMessage[] = [
  { kind: 'import_finished', data: imported },
  { kind: 'import_cancelled', data: imported },
  { kind: 'import_failed', data: { ...imported, error: { code: 'run_gave_up' } } },
  {
    kind: 'import_refused',
    data: {
      ...run,
      error: { code: 'import_wrong_delimiter', line: 1, params: { delimiter: ';' } },
    },
  },
  { kind: 'export_ready', data: { ...exported, rows: 4_321, expires_at: '2026-03-15T14:05:09.120Z' } },
  { kind: 'export_failed', data: { ...exported, error: { code: 'run_permission_lost' } } },
  { kind: 'invitation', data: invitation },
  { kind: 'password_reset', data: { ...link, path: '/reset-password#s3cret_' } },
  {
    kind: 'password_changed',
    data: { path: '/forgot-password', created_at: run.created_at, address: '198.51.100.7' },
  },
  { kind: 'password_changed', data: { path: '/forgot-password', created_at: run.created_at, address: null } },
  { kind: 'codes_refused', data: { path: '/forgot-password', created_at: run.created_at } },
];

const CASES = MESSAGES.flatMap((message) =>
  LOCALES.map((locale) => ({ kind: message.kind, locale, message })),
);

function figure(html: string, value: string): boolean {
  return new RegExp(`>\\s*${value.replaceAll('.', '\\.')}\\s*<`).test(html);
}

describe.each(CASES)('$kind in $locale', ({ locale, message }) => {
  const mail = renderMail(message, locale, PUBLIC_URL);
  const link = `https://ponte.example/app${message.data.path}`;

  it('is complete', () => {
    for (const part of [mail.subject, mail.text, mail.html.replace(/<style>[^]*<\/style>/, '')]) {
      expect(part).not.toMatch(/[{}[\]]|undefined|null|NaN|Invalid|\[object/);
      expect(part.length).toBeGreaterThan(10);
    }
    expect(mail.subject).not.toMatch(/\n/);
    expect(mail.html).toContain(`<html lang="${locale}">`);
  });

  it('links to the page, as a button and in plain', () => {
    expect(mail.html.split(`href="${link}"`)).toHaveLength(3);
    expect(mail.html).toMatch(new RegExp(`>\\s*${link}\\s*</a>`));
    expect(mail.text).toContain(`\n${link}\n`);
  });

  it('names the time zone of its dates', () => {
    expect(mail.text).toContain(locale === 'pt-BR' ? '11:05 (horário de Brasília)' : '(UTC)');
  });
});

describe('renderMail', () => {
  const finished: SentMessage = { kind: 'import_finished', data: imported };

  it.each([
    ['pt-BR', '.'],
    ['en', ','],
    ['es', '.'],
  ] as const)('shows the sum that closes, in %s', (locale, point) => {
    const mail = renderMail(finished, locale, PUBLIC_URL);
    for (const value of [`12${point}214`, `11${point}000`, '900', '120', '31', '163']) {
      expect(figure(mail.html, value)).toBe(true);
      expect(mail.text).toMatch(new RegExp(` ${value.replace('.', '\\.')}\n`));
    }
  });

  it('groups the reasons, the most frequent first, without those that never happened', () => {
    const { html, text } = renderMail(finished, 'pt-BR', PUBLIC_URL);
    const plus = rejectionText('pt-BR', 'phone_no_plus');
    const email = rejectionText('pt-BR', 'email_invalid');
    expect(text.indexOf(`83  ${plus}`)).toBeGreaterThan(0);
    expect(text.indexOf(`81  ${email}`)).toBeGreaterThan(text.indexOf(`83  ${plus}`));
    expect(html).toContain('+ e o código do país');
    expect(text).not.toContain(rejectionText('pt-BR', 'name_missing'));
    // 83 + 81 is one more than the 163 rejected rows.
    expect(text).toContain('Uma linha com dois motivos aparece nos dois.');
  });

  it('says that there is nothing to correct when no row was rejected', () => {
    const data = { ...imported, rows: { ...rows, created: 11_163, failed: 0 }, rejected_by_code: {} };
    const mail = renderMail({ kind: 'import_finished', data }, 'pt-BR', PUBLIC_URL);
    expect(mail.subject).toBe('Importação concluída: 12.214 linhas');
    expect(mail.text).toContain('Não há nada a corrigir.');
    expect(mail.text).not.toContain('Por que linhas');
  });

  it('counts one as one', () => {
    const data = { ...imported, rows: { ...rows, total: 1, created: 0, failed: 1 } };
    const mail = renderMail({ kind: 'import_finished', data }, 'pt-BR', PUBLIC_URL);
    expect(mail.subject).toBe('Importação concluída: 1 linha, 1 recusada');
    expect(mail.text).toContain('1 linha ficou de fora.');
  });

  it('says what was wrong with a refused file and what to do', () => {
    const { text } = renderMail(MESSAGES[3] as SentMessage, 'pt-BR', PUBLIC_URL);
    expect(text).toContain('ponto e vírgula (;)');
    expect(text).toContain('Salve com vírgulas');
  });

  it('says when the export expires and that it needs a sign-in', () => {
    const { text } = renderMail(MESSAGES[4] as SentMessage, 'pt-BR', PUBLIC_URL);
    expect(text).toContain('4.321 contatos');
    expect(text).toContain('até 15 de março de 2026');
    expect(text).toContain('entre como administrador');
  });

  it('escapes what is not ours', () => {
    const message: SentMessage = {
      kind: 'import_refused',
      data: {
        ...run,
        path: '/a"onclick="x',
        error: { code: 'import_wrong_delimiter', params: { delimiter: '<script>alert(1)</script>' } },
      },
    };
    const { html } = renderMail(message, 'en', PUBLIC_URL);
    expect(html).not.toContain('<script>');
    expect(html).toContain('&lt;script&gt;');
    expect(html).not.toContain('"onclick');
  });

  describe('an invitation', () => {
    const HOSTILE = [
      '<script>alert(1)</script>',
      '"><a href="https://evil.example/">Click</a>',
      'Win at https://evil.example/now or www.evil.example',
      'Line one\r\n\r\nhttp://evil.example\u2028next\u0000\u202e',
      '{account} {secret} {{data}} [x|y]',
      'n'.repeat(255),
    ];

    it('names account, inviter and role, and none of them in the subject', () => {
      for (const [locale, role] of [
        ['pt-BR', 'administrador'],
        ['en', 'administrator'],
        ['es', 'administrador'],
      ] as const) {
        const mail = renderMail({ kind: 'invitation', data: invitation }, locale, PUBLIC_URL);
        for (const part of [mail.text, mail.html])
          for (const word of ['Clínica Sol', 'Rafael Nunes', role]) expect(part).toContain(word);
        expect(mail.subject).not.toMatch(/Clínica|Rafael/);
      }
    });

    it.each(HOSTILE)('makes neither markup nor a link of the name %j', (name) => {
      const message: SentMessage = {
        kind: 'invitation',
        data: { ...invitation, account_name: name, inviter_name: name },
      };
      const { html, text, subject } = renderMail(message, 'en', PUBLIC_URL);
      const plain = renderMail({ kind: 'invitation', data: invitation }, 'en', PUBLIC_URL);
      const tags = (page: string) => page.match(/<[a-z]+/gi)?.length;
      expect(tags(html)).toBe(tags(plain.html));
      expect(subject).toBe(plain.subject);
      expect(text.split('\n')).toHaveLength(plain.text.split('\n').length);
      for (const part of [html, text]) expect(part).not.toMatch(/https?:\/\/evil|www\.evil|evil\.example/);
      for (const control of ['\u0000', '\u202e', '\u2028']) expect(text).not.toContain(control);
    });
  });
});
