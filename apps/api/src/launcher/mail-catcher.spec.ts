import { NestFactory } from '@nestjs/core';
import { Module, type INestApplication } from '@nestjs/common';
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createTransport } from 'nodemailer';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readConfig } from '../platform/config/config';
import { ConfigModule } from '../platform/config/config.module';
import { ProblemFilter } from '../platform/http/problem.filter';
import { CaughtMailModule } from '../platform/mail';
import { freePort } from '@ponte/testing';
import { startMailCatcher, type MailCatcher } from './mail-catcher';

let directory: string;
let mailDirectory: string;
let catcher: MailCatcher;
let app: INestApplication;
let address: string;

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'ponte-mail-'));
  mailDirectory = join(directory, 'mail');
  catcher = await startMailCatcher(mailDirectory);
  const port = await freePort();
  const config = readConfig({
    DATABASE_URL: 'postgresql://nowhere',
    SMTP_URL: catcher.url,
    PONTE_CAUGHT_MAIL_DIR: mailDirectory,
    PORT: String(port),
  });
  @Module({ imports: [ConfigModule.for(config), CaughtMailModule] })
  class Page {}
  app = await NestFactory.create(Page, { logger: false });
  app.useGlobalFilters(new ProblemFilter());
  await app.listen(port, '127.0.0.1');
  address = `http://127.0.0.1:${port}`;
});
afterAll(async () => {
  await app.close();
  await catcher.stop();
  await rm(directory, { recursive: true, force: true });
});

function get(path: string, language = 'en'): Promise<Response> {
  return fetch(`${address}${path}`, { headers: { 'Accept-Language': language } });
}

async function send(subject: string): Promise<void> {
  const transport = createTransport(catcher.url);
  await transport.sendMail({
    from: 'Ponte <ponte@ponte.example>',
    to: 'João <joao@example.com>',
    subject,
    text: 'Olá, João.\n<b>not bold</b>',
    html: '<!doctype html><html><head></head><body>Olá, <script>alert(1)</script>"João"</body></html>',
    messageId: `<${subject.length}@ponte.example>`,
  });
  transport.close();
}

describe('caught e-mails', () => {
  it('has an empty page first', async () => {
    expect(await (await get('/caught-mail')).text()).toContain('No e-mail yet.');
    expect(await (await get('/caught-mail', 'pt-BR')).text()).toContain('Nenhum e-mail ainda.');
  });

  it('keeps every e-mail as a file and lists the newest first', async () => {
    await send('First & <oldest>');
    await send('Exportação pronta');
    const names = await readdir(mailDirectory);
    expect(names).toHaveLength(2);
    const page = await (await get('/caught-mail')).text();
    expect(page.indexOf('Exportação pronta')).toBeLessThan(page.indexOf('First &amp; &lt;oldest&gt;'));
    expect(page).toContain('João &lt;joao@example.com&gt;');
    for (const name of names) expect(page).toContain(`href="/caught-mail/${name}"`);
  });

  it('tells scripts what is in them', async () => {
    const mails = (await (await get('/caught-mail.json')).json()) as Record<string, string>[];
    expect(mails[0]).toMatchObject({
      to: 'João <joao@example.com>',
      subject: 'Exportação pronta',
      message_id: '<17@ponte.example>',
    });
    expect(mails[0]?.['text']).toContain('Olá, João.');
  });

  it('shows one: HTML in a frame without scripts, and the text', async () => {
    const [newest] = (await (await get('/caught-mail.json')).json()) as { name: string }[];
    const response = await get(`/caught-mail/${newest?.name}`);
    const page = await response.text();
    expect(response.headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(response.headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(page).not.toContain('<script');
    expect(page).toContain('sandbox="allow-popups allow-popups-to-escape-sandbox"');
    expect(page).toMatch(/srcdoc="[^"]*&lt;base target&#x3D;&quot;_blank&quot; \/&gt;[^"]*"/);
    expect(page).toContain('&lt;b&gt;not bold&lt;/b&gt;');
  });

  it.each([
    '..%2f..%2fetc%2fpasswd',
    '1234567890123-0123abcd.eml',
    'secret.eml',
    '.1234567890123-0123abcd.eml',
  ])('does not find %s', async (name) => {
    await writeFile(join(mailDirectory, 'secret.eml'), 'Subject: secret\r\n\r\nsecret');
    await mkdir(join(mailDirectory, 'folder'), { recursive: true });
    expect((await get(`/caught-mail/${name}`)).status).toBe(404);
  });

  it('can be started again on the same folder', async () => {
    await catcher.stop();
    catcher = await startMailCatcher(mailDirectory);
    await send('After a restart');
    expect(await (await get('/caught-mail')).text()).toContain('After a restart');
  });
});
