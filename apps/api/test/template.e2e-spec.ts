import { WORKBOOK_TYPE } from '@ponte/contracts';
import exceljs from 'exceljs';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { Client } from './setup/client';
import { newMember } from './setup/people';
import { startProduct, type Product } from './setup/product';

let product: Product;
let administrator: Client;

beforeAll(async () => {
  product = await startProduct({ worker: false });
  administrator = await Client.signedIn(product);
});
afterAll(() => product.stop());

const PATH = '/contacts/import/template';

function fetchTemplate(client: Client, headers: Record<string, string> = {}): Promise<Response> {
  return fetch(`${product.url}/api/v1${client.at(PATH)}`, {
    headers: { ...client.credentials, ...headers },
  });
}

async function open(response: Response): Promise<exceljs.Workbook> {
  const workbook = new exceljs.Workbook();
  await workbook.xlsx.load(await response.arrayBuffer());
  return workbook;
}

it.each([
  ['pt-BR', 'modelo-de-contatos.xlsx', ['Contatos', 'Como preencher'], ['Nome', 'Telefone', 'E-mail']],
  ['en', 'contacts-template.xlsx', ['Contacts', 'How to fill in'], ['Name', 'Phone', 'Email']],
  ['es', 'modelo-de-contactos.xlsx', ['Contactos', 'Cómo completar'], ['Nombre', 'Teléfono', 'Correo']],
])('the workbook to fill in, in %s', async (locale, fileName, sheets, titles) => {
  const response = await fetchTemplate(administrator, { 'accept-language': locale });
  expect(response.status).toBe(200);
  expect(response.headers.get('content-type')).toBe(WORKBOOK_TYPE);
  expect(response.headers.get('content-disposition')).toContain(`attachment; filename="${fileName}"`);
  expect(response.headers.get('cache-control')).toBe('private, no-store');

  const workbook = await open(response);
  expect(workbook.worksheets.map(({ name }) => name)).toEqual(sheets);
  const [contacts, help] = workbook.worksheets;
  // The header and nothing else: what stands below it would be imported.
  expect(contacts?.actualRowCount).toBe(1);
  expect(contacts?.getRow(1).values).toEqual([undefined, ...titles]);
  expect(contacts?.getRow(1).getCell(1).font.bold).toBe(true);
  expect(contacts?.views[0]).toMatchObject({ state: 'frozen', ySplit: 1 });
  expect(contacts?.getColumn(2).numFmt).toBe('@');
  expect(contacts?.getColumn(1).width).toBeGreaterThan(20);
  expect([1, 2, 3].map((row) => help?.getRow(row).getCell(1).value)).toEqual(titles);
  for (const row of [1, 2, 3]) expect(String(help?.getRow(row).getCell(2).value)).toMatch(/^\p{Lu}.+\.$/u);
});

it("is in the caller's own language unless the request asks for one", async () => {
  const client = await administrator.inNewAccount();
  const person = await newMember(product, client, 'administrator', 'es');
  const names = async (headers: Record<string, string>) =>
    (await open(await fetchTemplate(person.client, headers))).worksheets[0]?.name;
  expect(await names({ 'accept-language': '' })).toBe('Contactos');
  expect(await names({ 'accept-language': 'en-US' })).toBe('Contacts');
});

it('is for administrators', async () => {
  const agent = await newMember(product, await administrator.inNewAccount(), 'agent');
  expect((await fetchTemplate(agent.client)).status).toBe(403);
});
