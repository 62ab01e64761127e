import type { Page } from '@playwright/test';
import { LOCALES } from '@ponte/contracts';
import { TOTP } from 'otpauth';
import { check, checkOnPhone } from './accessible';
import { readsIn, test } from './speaking';
import { addContacts, addPerson, expect, invite } from './stories';

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
      // The history's entry keeps the search: the same address would show it again.
      await page.getByLabel(t('contacts.search')).fill('');
      await expect(page.getByRole('rowheader')).toHaveCount(2);

      await page.getByRole('button', { name: t('contacts.export') }).click();
      await expect(dialog).toBeVisible();
      await check(page, 'the export dialog');
      await dialog.getByRole('button', { name: t('export.send') }).click();
      await expect(page.getByRole('link', { name: like('exports.download_file') })).toBeVisible({
        timeout: 20_000,
      });
      await check(page, 'exports');
    });

    test('the pages around the work', async ({ page, account, reader, browser, words: { t, like } }) => {
      const at = (path: string) => page.goto(`/accounts/${account.id}/${path}`);
      await at('settings/members');
      await expect(page.getByRole('rowheader')).toHaveCount(1);
      await check(page, 'members');
      await page.getByRole('button', { name: t('members.invite') }).click();
      const dialog = page.getByRole('dialog');
      await dialog.getByLabel(t('fields.name')).fill('João Cabral de Melo Neto');
      await dialog.getByLabel(t('fields.email')).fill(`joao-cabral-de-melo-neto-${account.id}@example.com`);
      await check(page, 'an invitation');
      await dialog.getByRole('button', { name: t('members.send_invitation') }).click();
      await expect(page.getByRole('heading', { name: t('invitations.title') })).toBeVisible();
      await check(page, 'members with an invitation');
      await at('settings/account');
      await expect(page.getByLabel(t('account.name'), { exact: true })).toHaveValue(account.name);
      await check(page, 'the account');
      await page.getByRole('button', { name: t('account.delete') }).click();
      await dialog.getByRole('button', { name: t('account.delete') }).click();
      await check(page, 'the end of an account');
      await page.keyboard.press('Escape');
      await at('settings/audit');
      await expect(page.getByRole('rowheader', { name: t('audit.actions.member_invited') })).toBeVisible();
      await check(page, 'the audit');
      await at('settings/audit?until=2020-01-01');
      await expect(page.getByText(t('audit.none_found.heading'))).toBeVisible();
      await check(page, 'an audit without a record');
      await addContacts(page, account, [
        { name: 'Ana Lima', phone_number: '+5511987654321', email: 'ana@example.com' },
      ]);
      await at('settings/privacy');
      await page.getByRole('button', { name: t('privacy.find') }).click();
      await expect(page.getByText(t('privacy.missing'))).toBeVisible();
      await check(page, 'a person without a phone');
      await page.getByLabel(t('fields.phone_number')).fill('(11) 98765-4321');
      await page.getByLabel(t('fields.email')).fill('ana@example.com');
      await page.getByRole('button', { name: t('privacy.find') }).click();
      await expect(page.getByRole('button', { name: t('privacy.download') })).toBeVisible();
      await check(page, 'what there is of a person');
      await page.getByRole('button', { name: t('privacy.erase') }).click();
      const question = page.getByRole('alertdialog');
      await expect(question).toBeVisible();
      await check(page, 'the question before an erasure');
      await question.getByRole('button', { name: t('privacy.erase_yes') }).click();
      await expect(page.getByRole('button', { name: like('privacy.erasures.lift_of') })).toBeVisible();
      await check(page, 'an erasure');
      await at('settings/tokens');
      await page.getByLabel(t('tokens.name')).fill('axe');
      await page.getByLabel(t('tokens.expiry')).selectOption('date');
      await expect(page.getByLabel(t('tokens.last_day'))).toBeVisible();
      await check(page, 'a token until a day');
      await page.getByLabel(t('tokens.expiry')).selectOption('30');
      await page.getByRole('button', { name: t('tokens.create') }).click();
      await expect(page.getByText(t('tokens.once'))).toBeVisible();
      await check(page, 'tokens');
      await page.goto('/profile');
      await expect(page.getByRole('heading', { name: t('sessions.title') })).toBeVisible();
      await expect(page.getByText(t('sessions.this_browser'), { exact: true })).toBeVisible();
      await check(page, 'profile');
      await page.getByRole('button', { name: t('delete_profile.action') }).click();
      await dialog.getByRole('button', { name: t('delete_profile.action') }).click();
      await expect(dialog.getByText(t('profile.current_missing'))).toBeVisible();
      await check(page, 'the end of a profile');
      await page.keyboard.press('Escape');
      await page.goto('/nowhere');
      await expect(page.getByText(t('errors.not_found.heading'))).toBeVisible();
      await check(page, 'not found');
      await page.goto(`/accounts/${reader.agentIn}/imports`);
      await expect(page.getByText(t('errors.not_allowed.heading'))).toBeVisible();
      await check(page, 'not allowed');

      const context = await browser.newContext({ storageState: readsIn(locale) });
      const stranger = await context.newPage();
      await stranger.route('**/api/v1/profile', (route) => route.abort());
      await stranger.goto('/');
      await expect(stranger.getByText(t('errors.unreachable.heading'))).toBeVisible();
      await check(stranger, 'a server that does not answer');
      await context.close();
    });
  });
}

for (const locale of LOCALES) {
  test.describe(locale, () => {
    test.use({ locale });
    test.describe.configure({ timeout: 180_000 });

    test('the pages before the console', async ({ page, account, browser, playwright, words: { t } }) => {
      const context = await browser.newContext({ storageState: readsIn(locale) });
      const stranger = await context.newPage();
      await stranger.goto('/sign-in?expired=true');
      await stranger.getByRole('button', { name: t('sign_in.send') }).click();
      await expect(stranger.getByText(t('sign_in.password_missing'))).toBeVisible();
      await check(stranger, 'sign in');
      const email = `joao-cabral-de-melo-neto-${account.id}@example.com`;
      await stranger.getByLabel(t('fields.email')).fill(email);
      await stranger.getByLabel(t('fields.password'), { exact: true }).fill('outra senha qualquer');
      await stranger.keyboard.press('Enter');
      await expect(stranger.getByRole('alert')).toHaveText(t('problems.credentials_wrong'));
      await check(stranger, 'a wrong password');
      await answerOnce(stranger, 'sign_in', 401, { code: 'second_factor_needed' });
      await stranger.keyboard.press('Enter');
      await expect(stranger.getByLabel(t('code.label'))).toBeFocused();
      await check(stranger, 'the code of the second factor');
      await answerOnce(stranger, 'sign_in', 429, { code: 'too_many_requests', params: { seconds: 900 } });
      await stranger.getByLabel(t('code.label')).fill('123456');
      await stranger.keyboard.press('Enter');
      await expect(stranger.getByRole('timer')).toBeVisible();
      await check(stranger, 'too many tries');

      await stranger.goto('/forgot-password');
      await stranger.getByLabel(t('fields.email')).fill(email);
      await check(stranger, 'a forgotten password');
      await stranger.getByRole('button', { name: t('forgot.send') }).click();
      await expect(stranger.getByRole('heading', { name: t('forgot.sent_heading') })).toBeVisible();
      await check(stranger, 'a link that was sent');
      await stranger.goto('/reset-password');
      await expect(stranger.getByRole('heading', { name: t('reset.over_heading') })).toBeVisible();
      await check(stranger, 'a link that no longer works');

      const member = { email, name: 'João Cabral de Melo Neto', role: 'administrator' } as const;
      await stranger.goto(await invite(page.request, account.id, member));
      const password = stranger.getByLabel(t('fields.password'), { exact: true });
      await password.fill('ponte sobre o rio');
      await check(stranger, 'an invitation for a new person');
      await answerOnce(stranger, 'invitations/accept', 422, { code: 'password_weak' });
      await password.press('Enter');
      await expect(stranger.getByText(t('problems.password_weak'))).toBeVisible();
      await check(stranger, 'a weak password');
      await page.goto(await invite(page.request, account.id, member));
      await expect(page.getByRole('heading', { name: t('invitation.headings.other') })).toBeVisible();
      await check(page, 'an invitation for another person');
      await context.close();

      const known = { ...member, email: `x${email}`, password: 'quatro palavras e um rio', locale };
      const state = await addPerson(page.request, playwright.request, account.id, known);
      const theirs = await browser.newContext({
        storageState: { ...state, ...readsIn(locale), cookies: state.cookies },
      });
      const person = await theirs.newPage();
      await person.goto('/second-factor');
      await person.getByLabel(t('profile.current_password')).fill(known.password);
      await check(person, 'a second factor that is demanded');
      await person.getByRole('button', { name: t('second_factor.go_on') }).click();
      await expect(person.getByRole('img', { name: t('second_factor.qr_code') })).toBeVisible();
      await check(person, 'the QR code');
      const secret = await person.getByRole('textbox', { name: t('second_factor.type_instead') }).innerText();
      await person.getByLabel(t('code.label')).fill(new TOTP({ secret }).generate());
      await person.getByRole('button', { name: t('second_factor.turn_on'), exact: true }).click();
      await expect(person.getByRole('list', { name: t('second_factor.codes') })).toBeVisible();
      await check(person, 'recovery codes');
      await theirs.close();
    });
  });
}

/** What the server answers to the next call of `/api/v1/auth/…`; made here where bringing it about takes long. */
async function answerOnce(page: Page, path: string, status: number, problem: object): Promise<void> {
  const body = JSON.stringify({ detail: '', ...problem });
  await page.route(
    `**/api/v1/auth/${path}`,
    (route) => route.fulfill({ status, contentType: 'application/problem+json', body }),
    { times: 1 },
  );
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
