import type { ExportView, ImportView } from '@ponte/contracts';
import { freePort, openMailbox, type Mailbox } from '@ponte/testing';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { Client } from './setup/client';
import { query } from './setup/database';
import { newMember } from './setup/people';
import { startProduct, until, type Product } from './setup/product';

const FILE = 'name,phone_number\nAna,+5511987654321\n';

describe('while the mail server is away', () => {
  let product: Product;
  let administrator: Client;
  let port: number;
  let mailbox: Mailbox | null = null;

  beforeAll(async () => {
    port = await freePort();
    product = await startProduct({ worker: false, env: { SMTP_URL: `smtp://127.0.0.1:${port}` } });
    administrator = await Client.signedIn(product);
  });
  afterEach(async () => {
    await mailbox?.close();
    mailbox = null;
  });
  afterAll(() => product.stop());

  const show = async <View>(client: Client, path: string) => (await client.get<View>(client.at(path))).body;
  /** What the clock does: the next try is due. */
  const hurry = () =>
    query(product.databaseUrl, `UPDATE outbox SET next_attempt_at = now() WHERE state = 'waiting'`);

  it('e-mails wait, and go out once when it is back; the runs go on meanwhile', async () => {
    const owner = await administrator.inNewAccount();
    const { client, id, email } = await newMember(product, owner, 'administrator', 'en');
    const lost = await client.post<ExportView>(client.at('/exports'));
    await owner.patch(owner.at(`/members/${id}`), { role: 'agent' });
    product.startWorker();
    const run = await owner.import(FILE);
    const made = await owner.post<ExportView>(owner.at('/exports'));
    expect(run.state).toBe('finished');
    expect((await owner.exportEnd(made.body.id)).state).toBe('finished');
    expect((await owner.exportEnd(lost.body.id)).state).toBe('failed');

    const paths = [`/imports/${run.id}`, `/exports/${made.body.id}`, `/exports/${lost.body.id}`];
    for (const path of paths) {
      const { mail } = await until(
        () => show<ImportView | ExportView>(owner, path),
        (view) => view.mail?.attempts === 1,
      );
      expect(mail).toEqual({ state: 'waiting', attempts: 1, sent_at: null });
    }
    const errors = await query<{ last_error: string }>(product.databaseUrl, 'SELECT last_error FROM outbox');
    for (const { last_error } of errors) expect(last_error).toMatch(/^[A-Z0-9 ]+$/i);

    mailbox = await openMailbox(port);
    await hurry();
    for (const path of paths) {
      const { mail } = await until(
        () => show<ImportView | ExportView>(owner, path),
        (view) => view.mail?.state === 'sent',
      );
      expect(mail).toEqual({ state: 'sent', attempts: 2, sent_at: expect.any(String) });
    }
    const subjects = mailbox.mails.map(({ subject, to }) => [to?.[0]?.address === email, subject]);
    expect(subjects.sort()).toEqual([
      [false, 'Exportação pronta: 1 contato'],
      [false, 'Importação concluída: 1 linha'],
      [true, 'The export stopped before its end'],
    ]);
  });

  it('an e-mail is given up after a day, and its run says so', async () => {
    const client = await administrator.inNewAccount();
    const run = await client.import(FILE);
    const path = `/imports/${run.id}`;
    await until(
      () => show<ImportView>(client, path),
      ({ mail }) => mail?.attempts === 1,
    );
    await query(
      product.databaseUrl,
      `UPDATE outbox SET created_at = now() - interval '25 hours' WHERE state = 'waiting'`,
    );
    await hurry();
    const { mail } = await until(
      () => show<ImportView>(client, path),
      (view) => view.mail?.state !== 'waiting',
    );
    expect(mail).toEqual({ state: 'given_up', attempts: 2, sent_at: null });
    mailbox = await openMailbox(port);
    await hurry();
    const later = await client.import(FILE);
    await hurry();
    await until(
      () => show<ImportView>(client, `/imports/${later.id}`),
      (view) => view.mail?.state === 'sent',
    );
    expect(mailbox.mails).toHaveLength(1);
  });
});
