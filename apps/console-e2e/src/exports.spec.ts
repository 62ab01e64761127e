import { readFile } from 'node:fs/promises';
import type { ExportView } from '@ponte/contracts';
import {
  addContacts,
  chooseFile,
  expect,
  goToReview,
  importButton,
  openWizard,
  readSum,
  test,
} from './stories';

test('what is filtered is exported, and downloaded from the list', async ({ page, account }) => {
  await addContacts(page, account, [
    { name: 'Ana Lima', phone_number: '+5511987654321', email: 'ana@example.com' },
    { name: 'Ana Beatriz', phone_number: '+5511987654322' },
    { name: 'Bruno Sá', phone_number: '+5521987654323', email: 'bruno@example.com' },
  ]);
  await page.goto(`/accounts/${account.id}/contacts?email=with`);
  await page.getByRole('searchbox').fill('ana');
  await expect(page.getByRole('rowheader')).toHaveText(['Ana Lima']);
  await page.getByRole('button', { name: 'Exportar os filtrados' }).click();
  const dialog = page.getByRole('dialog', { name: 'Exportar 1 contato' });
  await expect(dialog).toContainText('só os contatos da busca e dos filtros');
  await dialog.getByRole('radio', { name: /^CSV/ }).check();
  await dialog.getByRole('button', { name: 'Exportar' }).click();

  await expect(page).toHaveURL(/\/exports$/);
  await expect(page.getByText(/Expira em \d+ /)).toBeVisible({ timeout: 20_000 });
  const download = page.waitForEvent('download');
  await page.getByRole('link', { name: /^Baixar / }).click();
  const csv = await readFile(await (await download).path(), 'utf8');
  expect(csv).toBe('\uFEFFname,phone_number,email\r\nAna Lima,+5511987654321,ana@example.com\r\n');
});

test('people get a workbook unless they choose otherwise, and it comes back unchanged', async ({
  page,
  account,
}) => {
  await addContacts(page, account, [
    { name: '=1+1', phone_number: '+5511987654321', email: 'ana@example.com' },
    { name: 'Bruno Sá', phone_number: '+5521987654323' },
  ]);
  await page.goto(`/accounts/${account.id}/contacts`);
  await page.getByRole('button', { name: 'Exportar' }).click();
  const dialog = page.getByRole('dialog', { name: 'Exportar 2 contatos' });
  await expect(dialog.getByRole('radio', { name: /^Planilha do Excel/ })).toBeChecked();
  await dialog.getByRole('button', { name: 'Exportar' }).click();

  await expect(page).toHaveURL(/\/exports$/);
  const row = page.getByRole('rowheader').filter({ hasText: 'Planilha do Excel (.xlsx) · Nome, Telefone' });
  await expect(row).toBeVisible();
  const download = page.waitForEvent('download');
  await page.getByRole('link', { name: /^Baixar / }).click({ timeout: 20_000 });
  const file = await download;
  expect(file.suggestedFilename()).toMatch(/^contacts-.*\.xlsx$/);
  const workbook = await readFile(await file.path());

  // The way back: the wizard needs no help, and nothing changes.
  await openWizard(page, account);
  await chooseFile(page, 'contatos.xlsx', workbook);
  await goToReview(page);
  await importButton(page).click();
  await expect(page.getByText(/^Importação concluída em/)).toBeVisible({ timeout: 30_000 });
  expect(await readSum(page)).toMatchObject({ Linhas: 2, 'Sem mudança': 2 });
});

test('an export that has ended is deleted with its file', async ({ page, account }) => {
  await addContacts(page, account, [{ name: 'Ana Lima', phone_number: '+5511987654321' }]);
  const url = `/api/v1/accounts/${account.id}/exports`;
  const answer = await page.request.post(url, { data: {} });
  const { id } = (await answer.json()) as ExportView;
  await page.goto(`/accounts/${account.id}/exports`);
  await page.getByRole('button', { name: /^Excluir / }).click({ timeout: 20_000 });
  await page.getByRole('alertdialog').getByRole('button', { name: 'Excluir exportação' }).click();
  await expect(page.getByText('Nenhuma exportação ainda')).toBeVisible();
  await expect(page.getByRole('main')).toBeFocused();
  expect((await page.request.get(`${url}/${id}/file`)).status()).toBe(404);
});
