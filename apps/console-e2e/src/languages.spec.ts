import { addPerson, expect, signIn, test } from './stories';

test('every text changes at once, and the choice stays with the person', async ({
  page,
  account,
  browser,
  playwright,
}) => {
  const person = { email: `poliglota-${account.id}@example.com`, password: 'três línguas na mesma ponte' };
  await addPerson(page.request, playwright.request, account.id, {
    ...person,
    name: 'Poliglota',
    role: 'administrator',
    locale: 'pt-BR',
  });

  const context = await browser.newContext({ storageState: { cookies: [], origins: [] } });
  const theirs = await context.newPage();
  await theirs.goto('/sign-in');
  await signIn(theirs, person);
  await expect(theirs.getByRole('heading', { name: 'Contatos', level: 1 })).toBeVisible();
  await expect(theirs).toHaveTitle('Contatos · Ponte');

  await theirs.getByRole('button', { name: 'Idioma: Português (Brasil)' }).click();
  await theirs.getByRole('menuitemradio', { name: 'English' }).click();
  await expect(theirs.getByRole('heading', { name: 'Contacts', level: 1 })).toBeVisible();
  await expect(theirs).toHaveTitle('Contacts · Ponte');
  await expect(theirs.locator('html')).toHaveAttribute('lang', 'en');

  await theirs.getByRole('button', { name: 'Language: English' }).click();
  await theirs.getByRole('menuitemradio', { name: 'Español' }).click();
  await expect(theirs.getByRole('link', { name: 'Importaciones' })).toBeVisible();
  await expect
    .poll(
      async () =>
        ((await (await theirs.request.get('/api/v1/profile')).json()) as { user: { locale: string } }).user
          .locale,
    )
    .toBe('es');

  await theirs.evaluate(() => localStorage.clear());
  await theirs.reload();
  await expect(theirs.getByRole('heading', { name: 'Contactos', level: 1 })).toBeVisible();
  await context.close();
});
