import { chooseFile, expect, goToReview, importButton, openWizard, test } from './stories';

test('a server that does not answer: the address stays and is tried again', async ({ page, account }) => {
  const path = `/accounts/${account.id}/exports`;
  await page.route('**/api/v1/profile', (route) => route.abort());
  await page.goto(path);
  await expect(page.getByText('O Ponte não respondeu')).toBeVisible();
  await expect(page).toHaveURL(new RegExp(`${path}$`));
  await page.unroute('**/api/v1/profile');
  await page.getByRole('button', { name: 'Tentar de novo' }).click();
  await expect(page.getByText('Nenhuma exportação ainda')).toBeVisible();
});

test('an upload that breaks off can be sent again; leaving it is asked first', async ({ page, account }) => {
  const uploads = `**/api/v1/accounts/${account.id}/imports`;
  await openWizard(page, account);
  await chooseFile(page, 'contatos.csv', 'name,phone_number\nAna Lima,+5511987654321\n');
  await goToReview(page);

  await page.route(uploads, (route) => route.abort());
  await importButton(page).click();
  const alert = page.getByRole('alert').filter({ hasText: 'O servidor não respondeu.' });
  await expect(alert).toContainText('Confira a sua conexão');
  await page.unroute(uploads);

  await page.route(uploads, () => undefined);
  await page.getByRole('button', { name: 'Tentar de novo' }).click();
  await expect(page.getByRole('button', { name: 'Parar o envio' })).toBeVisible();
  await page.getByRole('link', { name: 'Contatos' }).click();
  await page.getByRole('alertdialog').getByRole('button', { name: 'Continuar enviando' }).click();
  // The question has a button of the same name, and takes a moment to go.
  await expect(page.getByRole('alertdialog')).toBeHidden();
  await page.getByRole('button', { name: 'Parar o envio' }).click();
  await page.unroute(uploads);

  await importButton(page).click();
  await expect(page.getByText('Todas as linhas foram aceitas.')).toBeVisible({ timeout: 20_000 });
});

test('the theme that was chosen is there before the first paint', async ({ page, account }) => {
  await page.goto(`/accounts/${account.id}/contacts`);
  await page.getByRole('button', { name: 'Tema: Como o sistema' }).click();
  await page.getByRole('menuitemradio', { name: 'Escuro' }).click();
  await expect(page.locator('html')).toHaveCSS('color-scheme', 'dark');
  await page.reload({ waitUntil: 'commit' });
  await expect(page.locator('html')).toHaveCSS('color-scheme', 'dark');
  await expect(page.getByRole('button', { name: 'Tema: Escuro' })).toBeVisible();
});
