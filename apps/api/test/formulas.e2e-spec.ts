import type { ExportView } from '@ponte/contracts';
import { csvLine } from '@ponte/tabular';
import { formulaCells, HOSTILE_CELLS, HOSTILE_TEXTS } from '@ponte/testing';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { Client } from './setup/client';
import { startProduct, type Product } from './setup/product';

let product: Product;
let client: Client;

beforeAll(async () => {
  product = await startProduct();
  client = await (await Client.signedIn(product)).inNewAccount();
});
afterAll(() => product.stop());

const keep = (cells: readonly string[]) => csvLine(cells, { formulas: 'keep' });

const HEADER = 'name,phone_number,email,obs\r\n';
const CONTACTS = HOSTILE_TEXTS.map((name, index) => keep([name, `+55119876543${10 + index}`, '', '']));
/** Refused for their e-mail: phones in front of hostile cells stay phones. */
const REFUSED = HOSTILE_CELLS.flatMap((cell) => [
  keep([cell, '+5511987654321', cell, cell]),
  keep(['Ana', cell, '', cell]),
]);

async function download(path: string, by = client): Promise<string> {
  const { status, body } = await by.get<string>(by.at(path));
  expect(status).toBe(200);
  return body;
}

async function exported(column_names: readonly string[], by = client): Promise<string> {
  const { body } = await by.post<ExportView>(by.at('/exports'), { column_names, format: 'csv' });
  expect((await by.exportEnd(body.id)).state).toBe('finished');
  return download(`/exports/${body.id}/file`, by);
}

const SEPARATORS = ['commas', 'semicolons', 'tabs', 'all three'];
/** LibreOffice starts once for each separator. */
const JUDGE_MS = 600_000;

it(
  'no cell of a file that the service writes is a formula, whatever a spreadsheet splits by',
  async () => {
    const { rows } = await client.import(`${HEADER}${CONTACTS.join('')}`);
    expect(rows).toMatchObject({ created: HOSTILE_TEXTS.length, failed: 0 });
    const refused = await client.import(`phone_number,name,email,obs\r\n${REFUSED.join('')}`);
    expect(refused.rows).toMatchObject({ total: REFUSED.length, failed: REFUSED.length });
    const found = await formulaCells({
      // As a program would write them that escapes nothing: the judge must be able to find something.
      'plain.csv': `${HEADER}${REFUSED.join('')}`,
      'export.csv': await exported(['name', 'phone_number', 'email']),
      'export-by-phone.csv': await exported(['phone_number', 'name']),
      'export-of-names.csv': await exported(['name']),
      'rejected-rows.csv': await download(`/imports/${refused.id}/rejected_rows.csv`),
      'sample.csv': await download('/contacts/import/sample'),
    });
    const plain = found.filter((cell) => cell.startsWith('plain.csv '));
    for (const separator of SEPARATORS)
      expect(plain.filter((cell) => cell.startsWith(`plain.csv by ${separator}:`)).length).toBeGreaterThan(5);
    expect(found.filter((cell) => !plain.includes(cell))).toEqual([]);
  },
  JUDGE_MS,
);

it('an export of such names fills an empty account with the same names', async () => {
  const content = await exported(['name', 'phone_number', 'email']);
  const other = await client.inNewAccount();
  expect((await other.dryRun(content)).rows).toMatchObject({ created: HOSTILE_TEXTS.length, failed: 0 });
  expect((await other.import(content)).rows).toMatchObject({ created: HOSTILE_TEXTS.length, failed: 0 });
  expect(await exported(['name', 'phone_number', 'email'], other)).toBe(content);
});

it('an export of such names comes back unchanged', async () => {
  const before = await client.allContacts();
  const { rows } = await client.import(await exported(['phone_number', 'email', 'name']));
  expect(rows).toMatchObject({ total: before.length, unchanged: before.length });
  expect(await client.allContacts()).toEqual(before);
});
