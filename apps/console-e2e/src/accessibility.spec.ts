import { LOCALES } from '@ponte/contracts';
import { check, checkOnPhone } from './accessible';
import { readsIn, test } from './speaking';
import { addContacts, expect } from './stories';

for (const locale of LOCALES) {
  test.describe(locale, () => {
    test.use({ locale });
    test.describe.configure({ timeout: 180_000 });

    test('contacts and exports', async ({ page, account, words: { t, like } }) => {
      const contacts = `/accounts/${account.id}/contacts`;
      const dialog = page.getByRole('dialog');
      await page.goto(contacts);
      await expect(page.getByText(t('contacts.empty.heading'))).toBeVisible();
      await check(page, 'no contacts yet');
      await page
        .getByRole('button', { name: t('contact.add') })
        .first()
        .click();
      await dialog.getByRole('button', { name: t('contact.add') }).click();
      await expect(dialog.getByText(t('rejections.name_missing'))).toBeVisible();
      await check(page, 'a contact with errors');
      await page.keyboard.press('Escape');
      await expect(dialog).toBeHidden();

      await addContacts(page, account, [
        { name: 'Ana Lima', phone_number: '+5511987654321', email: 'ana@example.com' },
        { name: 'Bia Reis', phone_number: '+5511987654322' },
      ]);
      await page.goto(contacts);
      await expect(page.getByRole('rowheader')).toHaveCount(2);
      await check(page, 'contacts');
      await checkOnPhone(page, 'the menu of a phone', async () => {
        await page.getByRole('button', { name: t('shell.navigation') }).click();
        await expect(page.getByRole('link', { name: t('contacts.title') })).toBeVisible();
      });
      await page.getByRole('button', { name: new RegExp(`^${t('shell.theme')}: `) }).click();
      await expect(page.getByRole('menu')).toBeVisible();
      await check(page, 'a menu');
      await page.keyboard.press('Escape');
      await page.getByRole('button', { name: t('contacts.delete', { name: 'Ana Lima' }) }).click();
      await expect(page.getByRole('alertdialog')).toBeVisible();
      await check(page, 'a question');
      await page.keyboard.press('Escape');
      await page.getByLabel(t('contacts.search')).fill('ninguém');
      await expect(page.getByText(t('contacts.none_found.heading'))).toBeVisible();
      await check(page, 'no contact found');

      await page.goto(contacts);
      await page.getByRole('button', { name: t('contacts.export') }).click();
      await expect(dialog).toBeVisible();
      await check(page, 'the export dialog');
      await dialog.getByRole('button', { name: t('export.send') }).click();
      await expect(page.getByRole('link', { name: like('exports.download_file') })).toBeVisible({
        timeout: 20_000,
      });
      await check(page, 'exports');
    });

    test('the pages around the work', async ({ page, account, reader, browser, words: { t } }) => {
      const at = (path: string) => page.goto(`/accounts/${account.id}/${path}`);
      await at('settings/members');
      await expect(page.getByRole('rowheader')).toHaveCount(1);
      await check(page, 'members');
      await page.getByRole('button', { name: t('members.add') }).click();
      const dialog = page.getByRole('dialog');
      await dialog.getByLabel(t('fields.name')).fill('João Cabral');
      await dialog.getByLabel(t('fields.email')).fill(`joao-${account.id}@example.com`);
      await dialog.getByRole('button', { name: t('members.add') }).click();
      await expect(dialog.getByText(t('members.password_once'))).toBeVisible();
      await check(page, 'a password that shows once');
      await at('settings/tokens');
      await page.getByLabel(t('tokens.name')).fill('axe');
      await page.getByRole('button', { name: t('tokens.create') }).click();
      await expect(page.getByText(t('tokens.once'))).toBeVisible();
      await check(page, 'tokens');
      await page.goto('/profile');
      await expect(page.getByRole('heading', { name: t('profile.preferences') })).toBeVisible();
      await check(page, 'profile');
      await page.goto('/nowhere');
      await expect(page.getByText(t('errors.not_found.heading'))).toBeVisible();
      await check(page, 'not found');
      await page.goto(`/accounts/${reader.agentIn}/imports`);
      await expect(page.getByText(t('errors.not_allowed.heading'))).toBeVisible();
      await check(page, 'not allowed');

      const context = await browser.newContext({ storageState: readsIn(locale) });
      const stranger = await context.newPage();
      await stranger.goto('/sign-in?expired=true');
      await stranger.getByRole('button', { name: t('sign_in.send') }).click();
      await expect(stranger.getByText(t('sign_in.password_missing'))).toBeVisible();
      await check(stranger, 'sign in');
      await stranger.route('**/api/v1/profile', (route) => route.abort());
      await stranger.goto('/');
      await expect(stranger.getByText(t('errors.unreachable.heading'))).toBeVisible();
      await check(stranger, 'a server that does not answer');
      await context.close();
    });
  });
}

test('the keyboard alone: skip link, menus, dialog', async ({ page, account, words: { t } }) => {
  await page.goto(`/accounts/${account.id}/contacts`);
  await expect(page.getByText(t('contacts.empty.heading'))).toBeVisible();
  await page.keyboard.press('Tab');
  await expect(page.getByRole('link', { name: t('shell.skip') })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('main')).toBeFocused();
  await page.keyboard.press('Tab');
  await expect(page.getByRole('button', { name: t('contact.add') }).first()).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('dialog').getByLabel(t('fields.name'))).toBeFocused();
  await page.keyboard.type('Ana Lima');
  await page.keyboard.press('Tab');
  await page.keyboard.type('+55 11 98765-4321');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('rowheader', { name: 'Ana Lima' })).toBeVisible();
});
