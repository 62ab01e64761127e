import type { ExportView, ImportView, Locale, RunMail } from '@ponte/contracts';
import type { Email } from 'postal-mime';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Client } from './setup/client';
import { addUnseen, query } from './setup/database';
import { generatedFile, middlePhone } from './setup/generated-file';
import { timeText } from '../src/platform/texts/texts';
import { newMember, type Person } from './setup/people';
import { startProduct, until, type Product } from './setup/product';

let product: Product;
let administrator: Client;

beforeAll(async () => {
  // Two workers from the start: an e-mail must not go out by each of them.
  product = await startProduct({ env: { PONTE_BATCH_ROWS: '50' } });
  product.startWorker();
  administrator = await Client.signedIn(product);
});
afterAll(() => product.stop());

const FILE_NAME = 'folha-secreta-2026.csv';
const PRIVATE = [
  'Zuleica',
  'Reservada',
  '987650001',
  '98765-0001',
  'zuleica',
  'private.example',
  'folha',
  'secreta',
  '2026.csv',
];
const FILE = `name,phone_number,email
Zuleica Reservada,+5511987650001,zuleica@private.example
Zuleica Outra,+5511987650002,
Zuleica Nova,+5511987650002,
,+5511987650003,zuleica@
Zuleica,11987650001,
Zuleica,11987650001,
`;

/** The e-mails to this person, when there are as many as expected. */
async function mailsTo({ email }: Pick<Person, 'email'>, count: number): Promise<Email[]> {
  const mails = () => product.mailbox.mails.filter(({ to }) => to?.some(({ address }) => address === email));
  return until(
    async () => mails(),
    (found) => found.length >= count,
    15_000,
  );
}

async function oneMailTo(person: Person): Promise<Email> {
  const mails = await mailsTo(person, 1);
  expect(mails).toHaveLength(1);
  return mails[0] as Email;
}

/** A text and a page that say the same and nothing about contacts; the link leads to the console. */
function expectDecent(mail: Email, locale: Locale, path: string): void {
  const headers = new Map(mail.headers.map(({ key, value }) => [key, value]));
  expect(headers.get('content-type')).toMatch(/^multipart\/alternative/);
  expect(headers.get('content-language')).toBe(locale);
  expect(headers.get('auto-submitted')).toBe('auto-generated');
  expect(mail.messageId).toMatch(/^<[a-z_]+\.\d+\.[a-z0-9]+@[\w.-]+>$/);
  expect(mail.html).toMatch(new RegExp(`<html lang="${locale}"`));
  expect(mail.html).not.toMatch(/<script|<img|<link|@import|url\(/i);
  for (const body of [mail.text, mail.html]) expect(body).toContain(`${product.url}${path}`);
  for (const part of [JSON.stringify(mail), mail.subject]) {
    for (const word of PRIVATE) expect(part).not.toContain(word);
  }
}

/** The figures of the sum in the e-mail's text, the total last. */
function sumIn(mail: Email): number[] {
  const lines = (mail.text ?? '').split('\n').filter((line) => /^ {2}\S.*? {2,}[\d.,]+\s*$/.test(line));
  return lines.map((line) => Number(line.trim().split(/ {2,}/).at(-1)?.replace(/[.,]/g, '')));
}

const sent = (mail: RunMail | null) => mail?.state === 'sent';

describe.each<[Locale, string, string, string]>([
  [
    'pt-BR',
    'Importação concluída: 6 linhas, 3 recusadas',
    'Exportação pronta: 2 contatos',
    'O telefone não começa com +',
  ],
  [
    'en',
    'Import finished: 6 rows, 3 rejected',
    'Export ready: 2 contacts',
    'The phone does not begin with +',
  ],
  [
    'es',
    'Importación terminada: 6 filas, 3 rechazadas',
    'Exportación lista: 2 contactos',
    'El teléfono no empieza con +',
  ],
])('in %s', (locale, importSubject, exportSubject, reason) => {
  it('who imported gets one e-mail with the sum and the reasons; who exported one with the link', async () => {
    const owner = await administrator.inNewAccount();
    const [importer, exporter] = [
      await newMember(product, owner, 'administrator', locale),
      await newMember(product, owner, 'administrator', locale),
    ];
    const run = await importer.client.import(FILE, { name: FILE_NAME });
    const imported = await oneMailTo(importer);
    expect(imported.subject).toBe(importSubject);
    expectDecent(imported, locale, `/accounts/${owner.account}/imports/${run.id}`);
    const { created, updated, unchanged, skipped, failed, total } = run.rows;
    expect(sumIn(imported)).toEqual([created, updated, unchanged, skipped, failed, total]);
    expect(created + updated + unchanged + skipped + failed).toBe(total);
    // Grouped: two rows had this reason.
    expect(imported.text).toContain(`\n  2  ${reason}`);
    expect(imported.html).toContain(`>${reason}`);

    const asked = await exporter.client.post<ExportView>(owner.at('/exports'), { q: 'zuleica' });
    const made = await owner.exportEnd(asked.body.id);
    const exported = await oneMailTo(exporter);
    expect(exported.subject).toBe(exportSubject);
    expectDecent(exported, locale, `/accounts/${owner.account}/exports/${asked.body.id}`);
    expect(exported.text).toContain(timeText(locale, new Date(made.expires_at ?? '')));
    await oneMailTo(importer);
  });
});

describe('other ends', () => {
  it('of a file that is refused: what, where and what to do', async () => {
    const person = await newMember(product, await administrator.inNewAccount(), 'administrator', 'en');
    const content = 'Zuleica;phone_number;email\nZuleica;+5511987650001;zuleica@private.example\n';
    expect((await person.client.upload(content, { name: FILE_NAME })).status).toBe(422);
    const mail = await oneMailTo(person);
    expect(mail.subject).toBe('The file was not imported');
    expect(mail.text).toContain('Not separated by commas');
    expect(mail.text).toContain('semicolons (;)');
    expectDecent(mail, 'en', `/accounts/${person.client.account}/imports/new`);
  });

  it('of an import that is cancelled: the sum closes', async () => {
    const person = await newMember(product, await administrator.inNewAccount(), 'administrator', 'en');
    const { client } = person;
    const { file } = await generatedFile(4_000, 3);
    const letGo = await addUnseen(product.databaseUrl, client.account, await middlePhone(file));
    const { body } = await client.upload(file, { name: FILE_NAME });
    await until(
      async () => (await client.get<ImportView>(client.at(`/imports/${body.id}`))).body,
      ({ rows }) => rows.done > 0,
    );
    await client.post(client.at(`/imports/${body.id}/cancel`));
    await letGo();
    const { state, rows } = await client.importEnd(body.id);
    expect(state).toBe('cancelled');
    const mail = await oneMailTo(person);
    expect(mail.subject).toBe('Import cancelled');
    expectDecent(mail, 'en', `/accounts/${client.account}/imports/${body.id}`);
    const sum = sumIn(mail);
    expect(sum).toEqual([rows.created, rows.updated, rows.unchanged, rows.skipped, rows.failed, 4_000]);
    expect(sum.slice(0, 5).reduce((a, b) => a + b, 0)).toBe(4_000);
  });

  it('of an import whose starter lost the right: why', async () => {
    const owner = await administrator.inNewAccount();
    const person = await newMember(product, owner, 'administrator', 'en');
    const { file } = await generatedFile(4_000, 4);
    const letGo = await addUnseen(product.databaseUrl, owner.account, await middlePhone(file));
    const { body } = await person.client.upload(file, { name: FILE_NAME });
    await until(
      async () => (await owner.get<ImportView>(owner.at(`/imports/${body.id}`))).body,
      ({ rows }) => rows.done > 0,
    );
    await owner.patch(owner.at(`/members/${person.id}`), { role: 'agent' });
    await letGo();
    expect((await owner.importEnd(body.id)).state).toBe('failed');
    const mail = await oneMailTo(person);
    expect(mail.subject).toBe('The import stopped before its end');
    expect(mail.text).toContain('Permission taken away');
    expectDecent(mail, 'en', `/accounts/${owner.account}/imports/${body.id}`);
    expect(sumIn(mail).at(-1)).toBe(4_000);
  });
});

describe('an e-mail', () => {
  it('goes out once, also when the run is woken again and again', async () => {
    const person = await newMember(product, await administrator.inNewAccount(), 'administrator', 'en');
    const { client } = person;
    const run = await client.import(FILE, { name: FILE_NAME });
    await until(
      async () => (await client.get<ImportView>(client.at(`/imports/${run.id}`))).body,
      ({ mail }) => sent(mail),
    );
    for (let turn = 100; turn < 110; turn += 1) {
      await query(product.databaseUrl, `INSERT INTO jobs (queue, run_id, turn) VALUES ('import', $1, $2)`, [
        run.id,
        turn,
      ]);
    }
    await query(product.databaseUrl, `SELECT pg_notify('ponte_jobs', 'import')`);
    await until(
      () => query(product.databaseUrl, 'SELECT 1 FROM jobs'),
      (jobs) => jobs.length === 0,
    );
    // A later e-mail overtakes none: when it is here, a second one of the first run would be here too.
    await client.import(FILE, { name: FILE_NAME });
    const mails = await mailsTo(person, 2);
    expect(mails.map(({ subject }) => subject)).toEqual([
      'Import finished: 6 rows, 3 rejected',
      expect.stringMatching(/^Import finished: 6 rows/),
    ]);
    expect(new Set(mails.map(({ messageId }) => messageId)).size).toBe(2);
  });

  it('is seen with its run', async () => {
    const client = await administrator.inNewAccount();
    const { id } = await client.import(FILE);
    const made = await client.post<ExportView>(client.at('/exports'));
    for (const path of [`/imports/${id}`, `/exports/${made.body.id}`]) {
      const ask = async () => (await client.get<ImportView | ExportView>(client.at(path))).body;
      const { mail, finished_at } = await until(ask, (view) => sent(view.mail));
      expect(mail).toMatchObject({ state: 'sent', attempts: 1 });
      expect(Date.parse(mail?.sent_at ?? '')).toBeGreaterThanOrEqual(Date.parse(finished_at ?? ''));
    }
  });
});
