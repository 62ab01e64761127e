import { administrator } from './people';
import { expect, test } from './stories';

test.describe('signing in', () => {
  test.use({ storageState: { cookies: [], origins: [] } });

  test('leads to where one wanted to go, and out again', async ({ page }) => {
    await page.goto('/profile');
    await expect(page).toHaveURL(/\/sign-in\?return_to=%2Fprofile/);
    await expect(page).toHaveTitle('Entrar · Ponte');

    await page.getByLabel('E-mail').fill(administrator().email);
    await page.getByLabel('Senha').fill(administrator().password);
    await page.getByRole('button', { name: 'Entrar' }).click();
    await expect(page).toHaveURL(/\/profile$/);

    await page.getByRole('button', { name: /^Menu de/ }).click();
    await page.getByRole('menuitem', { name: 'Sair' }).click();
    await expect(page).toHaveURL(/\/sign-in$/);
    await page.goto('/');
    await expect(page.getByRole('heading', { name: 'Entrar no Ponte' })).toBeVisible();
  });

  test('says what to do when the password is wrong, and marks empty fields', async ({ page }) => {
    await page.goto('/sign-in');
    await page.getByRole('button', { name: 'Entrar' }).click();
    await expect(page.getByText('Digite seu e-mail.')).toBeVisible();
    await expect(page.getByLabel('E-mail')).toBeFocused();

    await page.getByLabel('E-mail').fill(administrator().email);
    await page.getByLabel('Senha').fill('outra-senha-qualquer');
    await page.keyboard.press('Enter');
    const alert = page.getByRole('alert').filter({ hasText: 'Não há acesso' });
    await expect(alert).toContainText('peça uma nova a um administrador');
    await expect(page).toHaveURL(/\/sign-in$/);
  });
});

test('a session that ended elsewhere leads back after signing in', async ({ browser }) => {
  const context = await browser.newContext({ storageState: { cookies: [], origins: [] } });
  const page = await context.newPage();
  await page.goto('/sign-in');
  await page.getByLabel('E-mail').fill(administrator().email);
  await page.getByLabel('Senha').fill(administrator().password);
  await page.getByRole('button', { name: 'Entrar' }).click();
  await expect(page.getByRole('heading', { name: 'Contatos', level: 1 })).toBeVisible();

  await context.clearCookies();
  await page.getByRole('link', { name: 'Exportações' }).click();
  await expect(page.getByText('Sua sessão terminou. Entre de novo')).toBeVisible();
  await page.getByLabel('E-mail').fill(administrator().email);
  await page.getByLabel('Senha').fill(administrator().password);
  await page.getByRole('button', { name: 'Entrar' }).click();
  await expect(page).toHaveURL(/\/exports$/);
  await context.close();
});
