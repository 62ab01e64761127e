import { administrator } from './people';
import { expect, signIn, test } from './stories';

test.describe('signing in', () => {
  test.use({ storageState: { cookies: [], origins: [] } });

  test('leads to where one wanted to go, and out again', async ({ page }) => {
    await page.goto('/profile');
    await expect(page).toHaveURL(/\/sign-in\?return_to=%2Fprofile/);
    await expect(page).toHaveTitle('Entrar · Ponte');

    await signIn(page, administrator());
    await expect(page).toHaveURL(/\/profile$/);

    await page.getByRole('button', { name: /^Menu de/ }).click();
    await page.getByRole('menuitem', { name: 'Sair' }).click();
    await expect(page).toHaveURL(/\/sign-in$/);
    await page.goto('/');
    await expect(page.getByRole('heading', { name: 'Entrar' })).toBeVisible();
  });

  test('says what to do when the password is wrong, and marks empty fields', async ({ page }) => {
    await page.goto('/sign-in');
    await page.getByRole('button', { name: 'Entrar' }).click();
    await expect(page.getByText('Digite seu e-mail.')).toBeVisible();
    await expect(page.getByLabel('E-mail')).toBeFocused();

    await page.getByLabel('E-mail').fill(administrator().email);
    await page.getByLabel('Senha', { exact: true }).fill('outra-senha-qualquer');
    await page.keyboard.press('Enter');
    await expect(page.getByRole('alert')).toHaveText('E-mail ou senha incorretos.');
    await expect(page.getByLabel('Senha', { exact: true })).toBeFocused();
    await expect(page).toHaveURL(/\/sign-in$/);
  });

  test('shows the password on request', async ({ page }) => {
    await page.goto('/sign-in');
    const password = page.getByLabel('Senha', { exact: true });
    await password.fill('ponte sobre o rio');
    await expect(password).toHaveAttribute('type', 'password');
    await page.getByRole('button', { name: 'Mostrar senha' }).click();
    await expect(password).toHaveAttribute('type', 'text');
    await page.getByRole('button', { name: 'Esconder senha' }).click();
    await expect(password).toHaveAttribute('type', 'password');
  });

  test('says when it works again after too many tries', async ({ page }) => {
    await page.route('**/api/v1/auth/sign_in', (route) =>
      route.fulfill({
        status: 429,
        headers: { 'Retry-After': '2' },
        contentType: 'application/problem+json',
        body: JSON.stringify({ code: 'too_many_requests', detail: '' }),
      }),
    );
    await page.goto('/sign-in');
    await signIn(page, administrator());
    await expect(page.getByRole('timer')).toHaveText(/^Tente de novo em [12] s\.$/);
    await expect(page.getByRole('timer')).toHaveText('Você já pode tentar de novo.');
  });
});

test('a session that ended elsewhere leads back after signing in', async ({ browser }) => {
  const context = await browser.newContext({ storageState: { cookies: [], origins: [] } });
  const page = await context.newPage();
  await page.goto('/sign-in');
  await signIn(page, administrator());
  await expect(page.getByRole('heading', { name: 'Contatos', level: 1 })).toBeVisible();

  await context.clearCookies();
  await page.getByRole('link', { name: 'Exportações' }).click();
  await expect(page.getByText('Sua sessão terminou. Entre de novo')).toBeVisible();
  await signIn(page, administrator());
  await expect(page).toHaveURL(/\/exports$/);
  await context.close();
});
