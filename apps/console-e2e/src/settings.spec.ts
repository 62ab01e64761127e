import { expect, test } from './stories';

test('a new member gets a password that shows once and opens the door', async ({
  page,
  account,
  browser,
}) => {
  const email = `atendente-${account.id}@example.com`;
  await page.goto(`/accounts/${account.id}/settings/members`);
  await page.getByRole('button', { name: 'Adicionar membro' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('button', { name: 'Adicionar membro' }).click();
  await expect(dialog.getByText('Falta o nome.')).toBeVisible();
  await dialog.getByLabel('Nome').fill('Rita de Cássia');
  await dialog.getByLabel('E-mail').fill(email);
  await dialog.getByLabel('Papel').selectOption('agent');
  await dialog.getByRole('button', { name: 'Adicionar membro' }).click();
  await expect(dialog.getByText('Esta senha aparece só agora')).toBeVisible();
  const password = await dialog.getByRole('textbox', { name: 'Senha' }).innerText();
  await dialog.getByRole('button', { name: 'Pronto' }).click();
  const row = page.getByRole('row').filter({ hasText: 'Rita de Cássia' });
  await expect(row).toContainText(email);

  const context = await browser.newContext({ storageState: { cookies: [], origins: [] } });
  const hers = await context.newPage();
  await hers.goto('/sign-in');
  await hers.getByLabel('E-mail').fill(email);
  await hers.getByLabel('Senha').fill(password);
  await hers.getByRole('button', { name: 'Entrar' }).click();
  await expect(hers.getByRole('heading', { name: 'Contatos', level: 1 })).toBeVisible();
  await context.close();

  await row.getByRole('combobox').selectOption({ label: 'Administrador' });
  await expect(page.getByText(/agora é: Administrador/)).toBeVisible();
  await row.getByRole('button', { name: 'Remover Rita de Cássia' }).click();
  await page.getByRole('alertdialog').getByRole('button', { name: 'Remover da conta' }).click();
  await expect(row).toBeHidden();
});

test('the last administrator stays one', async ({ page, account }) => {
  await page.goto(`/accounts/${account.id}/settings/members`);
  await page.getByRole('combobox').selectOption({ label: 'Atendente' });
  await page.getByRole('alertdialog').getByRole('button', { name: 'Mudar meu papel' }).click();
  await expect(page.getByText('A conta precisa de pelo menos um administrador')).toBeVisible();
  await expect(page.getByRole('combobox')).toHaveValue('administrator');
});

test('a token is shown once, works, and works no more when revoked', async ({
  page,
  account,
  playwright,
}) => {
  await page.goto(`/accounts/${account.id}/settings/tokens`);
  const name = `Planilha ${account.id}`;
  await page.getByLabel('Nome do token').fill(name);
  await page.getByRole('button', { name: 'Criar token' }).click();
  await expect(page.getByText('Copie agora: ele não aparece de novo.')).toBeVisible();
  const token = await page.getByRole('textbox', { name: 'Token', exact: true }).innerText();

  const program = await playwright.request.newContext({ extraHTTPHeaders: { api_access_token: token } });
  const url = `${process.env['PONTE_E2E_URL']}/api/v1/accounts/${account.id}/contacts`;
  expect((await program.get(url)).status()).toBe(200);
  await page.getByRole('button', { name: `Revogar ${name}` }).click();
  // The dialog hides the rows behind it as well: what counts is that the API has answered.
  const revoked = page.waitForResponse((response) => response.request().method() === 'DELETE');
  await page.getByRole('alertdialog').getByRole('button', { name: 'Revogar token' }).click();
  expect((await revoked).status()).toBe(204);
  await expect(page.getByRole('row').filter({ hasText: name })).toBeHidden();
  expect((await program.get(url)).status()).toBe(401);
  await program.dispose();
});
