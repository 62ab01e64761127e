import type { APIRequest, Browser, Locator, Page } from '@playwright/test';
import { TOTP } from 'otpauth';
import { type Account, addPerson, expect, signIn, test } from './stories';

const PASSWORD = 'quatro palavras e um rio';

interface Someone {
  readonly email: string;
  readonly page: Page;
}

interface Scene {
  readonly page: Page;
  readonly account: Account;
  readonly browser: Browser;
  readonly strangers: APIRequest;
}

/** Stories with a person of their own: the others stay signed in, with the password that they have. */
const story = test.extend<{ someone: Someone; somebodyElse: Someone }>({
  someone: async ({ page, account, browser, playwright }, use) => {
    const member = { email: `dona-${account.id}@example.com`, name: 'Dona Flor' };
    await useAdministrator(member, { page, account, browser, strangers: playwright.request }, use);
  },
  somebodyElse: async ({ page, account, browser, playwright }, use) => {
    const member = { email: `vadinho-${account.id}@example.com`, name: 'Vadinho' };
    await useAdministrator(member, { page, account, browser, strangers: playwright.request }, use);
  },
});

/** Invites an administrator of the account, who takes part in the story on a page of their own. */
async function useAdministrator(
  member: { email: string; name: string },
  { page, account, browser, strangers }: Scene,
  use: (someone: Someone) => Promise<void>,
): Promise<void> {
  const state = await addPerson(page.request, strangers, account.id, {
    ...member,
    password: PASSWORD,
    role: 'administrator',
  });
  const context = await browser.newContext({ storageState: state });
  await use({ email: member.email, page: await context.newPage() });
  await context.close();
}

async function signedOutPage(browser: Browser): Promise<Page> {
  const context = await browser.newContext({ storageState: { cookies: [], origins: [] } });
  const page = await context.newPage();
  await page.goto('/sign-in');
  return page;
}

const contactsHeading = (page: Page) => page.getByRole('heading', { name: 'Contatos', level: 1 });

/** Through the set-up in that part of a page; answers the secret and the recovery codes. */
async function setUp(part: Locator): Promise<{ secret: string; codes: string[] }> {
  await part.getByLabel('Senha atual').fill(PASSWORD);
  await part.getByRole('button', { name: 'Continuar' }).click();
  await expect(part.getByRole('img', { name: 'Código QR para o aplicativo autenticador' })).toBeVisible();
  const secret = await part.getByRole('textbox', { name: 'Não dá para ler?' }).innerText();
  await part.getByLabel('Código do aplicativo').fill('000000');
  await part.getByRole('button', { name: 'Ativar', exact: true }).click();
  await expect(part.getByRole('alert')).toContainText('Código incorreto.');
  await part.getByLabel('Código do aplicativo').fill(new TOTP({ secret }).generate());
  await part.getByRole('button', { name: 'Ativar', exact: true }).click();
  const codes = part.getByRole('list', { name: 'Códigos de recuperação' }).getByRole('listitem');
  await expect(codes).toHaveCount(10);
  return { secret, codes: await codes.allInnerTexts() };
}

story('the second factor guards the sign-in until it is turned off', async ({ someone, browser }) => {
  const { page, email } = someone;
  await page.goto('/profile');
  await page.getByRole('button', { name: 'Ativar segundo fator' }).click();
  const { secret, codes } = await setUp(page.getByRole('dialog'));
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Baixar' }).click();
  expect((await download).suggestedFilename()).toBe('ponte-codigos-de-recuperacao.txt');
  await page.getByRole('button', { name: 'Já guardei os códigos' }).click();
  const section = page.getByRole('region', { name: 'Segundo fator' });
  await expect(section.getByText('O segundo fator está ativo.')).toBeVisible();

  const other = await signedOutPage(browser);
  await signIn(other, { email, password: PASSWORD });
  await expect(other.getByRole('heading', { name: 'Confirme que é você' })).toBeVisible();
  await expect(other.getByLabel('Código do aplicativo')).toBeFocused();
  await other.keyboard.type('000 000');
  await other.keyboard.press('Enter');
  await expect(other.getByRole('alert')).toContainText('Código incorreto.');
  // Of the next half minute: the code of this one was used when it was turned on.
  const next = new TOTP({ secret }).generate({ timestamp: Date.now() + 30_000 });
  await other.getByLabel('Código do aplicativo').fill(next);
  await other.keyboard.press('Enter');
  await expect(contactsHeading(other)).toBeVisible();

  const third = await signedOutPage(browser);
  await signIn(third, { email, password: PASSWORD });
  await third.getByRole('button', { name: 'Usar um código de recuperação' }).click();
  await third.getByLabel('Código de recuperação').fill(codes[0] ?? '');
  await third.keyboard.press('Enter');
  await expect(contactsHeading(third)).toBeVisible();

  await section.getByRole('button', { name: 'Desativar' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Senha atual').fill(PASSWORD);
  await dialog.getByLabel('Código do aplicativo').fill(codes[0] ?? '');
  await dialog.getByRole('button', { name: 'Desativar' }).click();
  await expect(dialog.getByRole('alert')).toContainText('Código incorreto.');
  await dialog.getByLabel('Código do aplicativo').fill(codes[1] ?? '');
  await dialog.getByRole('button', { name: 'Desativar' }).click();
  await expect(section.getByRole('button', { name: 'Ativar segundo fator' })).toBeVisible();
});

story(
  'an account that demands a second factor leads to its set-up and back',
  async ({ someone: { page }, somebodyElse: { page: other }, account }) => {
    await page.goto(`/accounts/${account.id}/settings/account`);
    const demand = page.getByLabel('Exigir segundo fator dos administradores');
    await expect(demand).toBeDisabled();
    await page.getByRole('link', { name: 'Ative o seu primeiro' }).click();
    await page.getByRole('button', { name: 'Ativar segundo fator' }).click();
    await setUp(page.getByRole('dialog'));
    await page.getByRole('button', { name: 'Já guardei os códigos' }).click();
    await page.goto(`/accounts/${account.id}/settings/account`);
    await demand.check();
    await expect(page.getByText('Os administradores agora precisam do segundo fator.')).toBeVisible();

    await other.goto(`/accounts/${account.id}/exports`);
    await expect(other.getByRole('heading', { name: 'Esta conta exige um segundo fator' })).toBeVisible();
    await setUp(other.getByRole('main'));
    await other.getByRole('button', { name: 'Já guardei os códigos' }).click();
    await expect(other).toHaveURL(new RegExp(`/accounts/${account.id}/exports$`));
    await expect(other.getByRole('heading', { name: 'Exportações', level: 1 })).toBeVisible();

    await page.goto(`/accounts/${account.id}/settings/members`);
    await expect(page.getByRole('row').filter({ hasText: 'Vadinho' })).toContainText('Ativo');
    await page.goto(`/accounts/${account.id}/settings/account`);
    await demand.uncheck();
    await expect(page.getByText('O segundo fator deixou de ser exigido.')).toBeVisible();
  },
);

story('sessions are listed, and each other one can be ended', async ({ someone, browser }) => {
  const { page, email } = someone;
  const second = await signedOutPage(browser);
  await signIn(second, { email, password: PASSWORD });
  await expect(contactsHeading(second)).toBeVisible();
  await page.goto('/profile');
  const sessions = page.getByRole('region', { name: 'Onde você entrou' });
  await expect(sessions.getByRole('listitem')).toHaveCount(2);
  await expect(sessions.getByRole('listitem').filter({ hasText: 'Este navegador' })).toHaveCount(1);
  await sessions.getByRole('button', { name: 'Encerrar Chrome no Linux' }).click();
  await expect(sessions.getByRole('listitem')).toHaveCount(1);
  await second.getByRole('link', { name: 'Membros' }).click();
  await expect(second.getByText('Sua sessão terminou.')).toBeVisible();

  await signIn(second, { email, password: PASSWORD });
  await expect(second).toHaveURL(/\/settings\/members$/);
  await page.reload();
  await sessions.getByRole('button', { name: 'Sair dos outros navegadores' }).click();
  await page.getByRole('alertdialog').getByRole('button', { name: 'Sair dos outros' }).click();
  await expect(sessions.getByRole('listitem')).toHaveCount(1);
  await second.getByRole('link', { name: 'Contatos' }).click();
  await expect(second.getByText('Sua sessão terminou.')).toBeVisible();
});

story(
  'another password ends other sessions and, unless they are kept, tokens',
  async ({ someone, browser, playwright }) => {
    const { page, email } = someone;
    const made = await page.request.post('/api/v1/profile/access_tokens', { data: { name: 'Planilha' } });
    const { token } = (await made.json()) as { token: string };
    const program = await playwright.request.newContext({ extraHTTPHeaders: { api_access_token: token } });
    const asProgram = async () =>
      (await program.get(`${process.env['PONTE_E2E_URL']}/api/v1/profile`)).status();
    const second = await signedOutPage(browser);
    await signIn(second, { email, password: PASSWORD });
    await expect(contactsHeading(second)).toBeVisible();

    await page.goto('/profile');
    const change = async (from: string, to: string) => {
      await page.getByLabel('Senha atual').fill(from);
      await page.getByLabel('Nova senha').fill(to);
      await page.getByRole('button', { name: 'Trocar senha' }).click();
    };
    await change('não é esta senha', 'uma ponte sobre dois rios');
    await expect(page.getByText('A senha atual não confere.')).toBeVisible();
    await change(PASSWORD, 'aaaaaaaaaaaaaaa');
    await expect(page.getByText('Senha fácil de adivinhar.')).toBeVisible();
    await page.getByLabel('Manter meus tokens de acesso').check();
    await change(PASSWORD, 'uma ponte sobre dois rios');
    await expect(page.getByText('os tokens continuam')).toBeVisible();
    expect(await asProgram()).toBe(200);
    await second.getByRole('link', { name: 'Membros' }).click();
    await expect(second.getByText('Sua sessão terminou.')).toBeVisible();

    await expect(page.getByLabel('Manter meus tokens de acesso')).not.toBeChecked();
    await change('uma ponte sobre dois rios', 'três pontes sobre um rio');
    await expect(page.getByText('os tokens deixaram de valer')).toBeVisible();
    expect(await asProgram()).toBe(401);
    await program.dispose();
  },
);

story('a person deletes their own sign-in', async ({ someone, browser }) => {
  const { page, email } = someone;
  await page.goto('/profile');
  await page.getByRole('button', { name: 'Excluir meu acesso' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Senha atual').fill('não é esta senha');
  await dialog.getByRole('button', { name: 'Excluir meu acesso' }).click();
  await expect(dialog.getByRole('alert')).toContainText('A senha atual não confere.');
  await dialog.getByLabel('Senha atual').fill(PASSWORD);
  await dialog.getByRole('button', { name: 'Excluir meu acesso' }).click();
  await expect(page).toHaveURL(/\/sign-in$/);
  const other = await signedOutPage(browser);
  await signIn(other, { email, password: PASSWORD });
  await expect(other.getByRole('alert')).toHaveText('E-mail ou senha incorretos.');
});
