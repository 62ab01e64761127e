import { expect, test } from './stories';

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
  const row = page.getByRole('row').filter({ hasText: name });
  await expect(row).toContainText('Ler, Importar, Exportar');
  await expect(row).toContainText('Nunca usado');

  const program = await playwright.request.newContext({ extraHTTPHeaders: { api_access_token: token } });
  const url = `${process.env['PONTE_E2E_URL']}/api/v1/accounts/${account.id}/contacts`;
  expect((await program.get(url)).status()).toBe(200);
  await page.getByRole('button', { name: `Revogar ${name}` }).click();
  // The dialog hides the rows behind it as well: what counts is that the API has answered.
  const revoked = page.waitForResponse((response) => response.request().method() === 'DELETE');
  await page.getByRole('alertdialog').getByRole('button', { name: 'Revogar token' }).click();
  expect((await revoked).status()).toBe(204);
  await expect(row).toBeHidden();
  expect((await program.get(url)).status()).toBe(401);
  await program.dispose();
});

test('a token does what its scopes say, until the day that was chosen', async ({
  page,
  account,
  playwright,
}) => {
  await page.goto(`/accounts/${account.id}/settings/tokens`);
  const name = `Leitor ${account.id}`;
  const create = page.getByRole('button', { name: 'Criar token' });
  await page.getByLabel('Nome do token').fill(name);
  for (const scope of ['Ler', 'Importar', 'Exportar'])
    await page.getByRole('checkbox', { name: scope }).uncheck();
  await expect(page.getByText('Escolha pelo menos uma opção.')).toBeVisible();
  await expect(create).toBeDisabled();
  await page.getByRole('checkbox', { name: 'Ler' }).check();
  await page.getByLabel('Vale até').selectOption({ label: 'Até um dia que eu escolho' });
  await create.click();
  await expect(page.getByText('Escolha um dia nos próximos 2 anos.')).toBeVisible();
  const day = new Date(Date.now() + 10 * 86_400_000).toISOString().slice(0, 10);
  await page.getByLabel('Último dia').fill(day);
  await create.click();
  const token = await page.getByRole('textbox', { name: 'Token', exact: true }).innerText();
  const row = page.getByRole('row').filter({ hasText: name });
  await expect(row).toContainText(String(Number(day.slice(8))));

  const program = await playwright.request.newContext({ extraHTTPHeaders: { api_access_token: token } });
  const url = `${process.env['PONTE_E2E_URL']}/api/v1/accounts/${account.id}`;
  expect((await program.get(`${url}/contacts`)).status()).toBe(200);
  expect((await program.post(`${url}/exports`, { data: {} })).status()).toBe(403);
  await page.reload();
  await expect(row).not.toContainText('Nunca usado');
  await program.dispose();
});

test('an account gets another name, and is deleted once its name is typed', async ({ page, account }) => {
  await page.goto(`/accounts/${account.id}/settings/account`);
  const name = `Clínica Nova ${account.id}`;
  await page.getByLabel('Nome da conta').fill(name);
  await page.getByRole('button', { name: 'Salvar' }).click();
  await expect(page.getByText('O nome da conta foi salvo.')).toBeVisible();
  await expect(page.getByRole('button', { name: `Conta: ${name}.` })).toBeVisible();

  await page.getByRole('button', { name: 'Excluir conta' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Nome da conta').fill('Outra');
  await dialog.getByRole('button', { name: 'Excluir conta' }).click();
  await expect(dialog.getByRole('alert')).toContainText('O nome não confere.');
  await dialog.getByLabel('Nome da conta').fill(name);
  await dialog.getByRole('button', { name: 'Excluir conta' }).click();
  await expect(page.getByText(/A conta .* foi excluída\./)).toBeVisible();
  await page.goto(`/accounts/${account.id}/contacts`);
  await expect(page.getByText('Não há nada neste endereço')).toBeVisible();
});
