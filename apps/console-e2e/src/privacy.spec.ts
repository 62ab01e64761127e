import { readFile } from 'node:fs/promises';
import type { PersonData } from '@ponte/contracts';
import { addContacts, expect, importFile, readSum, test } from './stories';

const ROWS = [
  'name,phone_number,email',
  'Ana Lima,+5511987654321,ana@example.com',
  'Ana L.,11 98765-4321,ana@example.com',
  'Bruno Sá,+5521987654322,',
];
const FILE = `${ROWS.join('\r\n')}\r\n`;

test('one person is found, handed out, erased and kept out, until an administrator lets them back', async ({
  page,
  account,
}) => {
  test.setTimeout(120_000);
  await importFile(page, account, 'clientes.csv', FILE);
  const addresses: string[] = [];
  page.on('request', (request) => addresses.push(request.url()));

  await page.goto(`/accounts/${account.id}/settings/privacy`);
  await expect(page.getByText('Ninguém foi apagado')).toBeVisible();
  await page.getByRole('button', { name: 'Procurar' }).click();
  await expect(page.getByText('Digite um telefone ou um e-mail.')).toBeVisible();
  await expect(page.getByLabel('Telefone')).toBeFocused();
  await page.getByLabel('Telefone').fill('123');
  await page.getByRole('button', { name: 'Procurar' }).click();
  await expect(page.getByText('O telefone não existe')).toBeVisible();
  await page.getByLabel('Telefone').fill('(11) 98765-4321');
  await page.getByRole('button', { name: 'Procurar' }).click();
  const found = page.getByRole('heading', { name: 'O que esta conta guarda de' });
  await expect(found).toBeFocused();
  await expect(page.getByRole('region', { name: 'Contatos 1' })).toContainText('Ana Lima');
  await expect(page.getByRole('region', { name: 'Linhas recusadas 1' })).toContainText('11 98765-4321');
  await expect(page.getByRole('region', { name: 'Arquivos importados 1' })).toContainText('clientes.csv');
  await expect(page.getByText('Bruno Sá')).toBeHidden();

  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Baixar o que encontramos' }).click();
  const file = await download;
  expect(file.suggestedFilename()).toMatch(/^dados-da-pessoa-\d{4}-\d\d-\d\d\.json$/);
  const data = JSON.parse(await readFile(await file.path(), 'utf8')) as PersonData;
  expect(data.found).toMatchObject({ contacts: 1, rejected_rows: 1, stored_files: 1 });
  expect(data.records).toHaveLength(3);

  await page.getByRole('button', { name: 'Apagar esta pessoa…' }).click();
  const dialog = page.getByRole('alertdialog');
  await expect(dialog).toContainText('Não é possível desfazer.');
  await expect(dialog.getByRole('button', { name: 'Cancelar' })).toBeFocused();
  await dialog.getByRole('button', { name: 'Apagar os dados' }).click();
  await expect(
    page.getByRole('status').filter({ hasText: 'Os dados da pessoa foram apagados' }),
  ).toContainText('1 contato, 1 linha recusada, 1 arquivo importado');
  await expect(page.getByLabel('Telefone')).toHaveValue('');
  const erasure = page.getByRole('row').filter({ hasText: '1 contato' });
  await expect(erasure).toContainText('Administração');
  expect(addresses.filter((address) => /98765|ana(@|%40)/.test(address))).toEqual([]);

  await page.goto(`/accounts/${account.id}/contacts`);
  await expect(page.getByRole('rowheader')).toHaveText(['Bruno Sá']);
  await importFile(page, account, 'de novo.csv', FILE);
  expect(await readSum(page)).toMatchObject({ Linhas: 3, Criados: 0, Recusados: 2 });
  await expect(page.getByText('Os dados desta pessoa foram apagados a pedido dela').first()).toBeVisible();

  await page.goto(`/accounts/${account.id}/settings/privacy`);
  await page.getByRole('button', { name: 'Permitir de novo' }).click();
  await page.getByRole('alertdialog').getByRole('button', { name: 'Permitir de novo' }).click();
  await expect(page.getByText('A pessoa pode voltar aos contatos.')).toBeVisible();
  await expect(page.getByText('Ninguém foi apagado')).toBeVisible();
  await addContacts(page, account, [{ name: 'Ana Lima', phone_number: '+5511987654321' }]);
});

test('a person of whom there is nothing can be kept out beforehand', async ({ page, account }) => {
  await page.goto(`/accounts/${account.id}/settings/privacy`);
  await page.getByLabel('E-mail').fill('ninguem@example.com');
  await page.getByRole('button', { name: 'Procurar' }).click();
  await expect(page.getByText('Não há nada desta pessoa nesta conta.')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Baixar o que encontramos' })).toBeHidden();
  await page.getByRole('button', { name: 'Apagar esta pessoa…' }).click();
  await page.getByRole('alertdialog').getByRole('button', { name: 'Apagar os dados' }).click();
  await expect(page.getByText('Não havia dados a apagar.')).toBeVisible();
  const body = { name: 'Ninguém', phone_number: '+5511987654321', email: 'ninguem@example.com' };
  const answer = await page.request.post(`/api/v1/accounts/${account.id}/contacts`, { data: body });
  expect(((await answer.json()) as { code: string }).code).toBe('person_erased');
});
