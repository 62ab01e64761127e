import type { Browser, Page } from '@playwright/test';
import { linkInMail, secretOf } from './mail';
import { administrator } from './people';
import { type Account, addPerson, expect, invite, signIn, type StorageState, test } from './stories';

const GOOD_PASSWORD = 'quatro palavras e um rio';

/** A browser of its own, where nobody is signed in unless cookies say so. */
async function openBrowser(browser: Browser, storageState?: StorageState): Promise<Page> {
  const context = await browser.newContext({ storageState: storageState ?? { cookies: [], origins: [] } });
  return context.newPage();
}

const contactsHeading = (page: Page) => page.getByRole('heading', { name: 'Contatos', level: 1 });
const addressOf = (account: Account, who: string) => `${who}-${account.id}@example.com`;

test('an invitation makes a new person, once', async ({ page, account, browser }) => {
  const email = addressOf(account, 'juliana');
  const since = Date.now();
  await page.goto(`/accounts/${account.id}/settings/members`);
  await page.getByRole('button', { name: 'Convidar pessoa' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('button', { name: 'Enviar convite' }).click();
  await expect(dialog.getByText('Falta o nome.')).toBeVisible();
  await dialog.getByLabel('Nome').fill('Juliana Ferreira');
  await dialog.getByLabel('E-mail').fill(email);
  await dialog.getByLabel('Papel').selectOption('agent');
  await dialog.getByRole('button', { name: 'Enviar convite' }).click();
  const waiting = page.getByRole('row').filter({ hasText: email });
  await expect(waiting).toContainText('Atendente');

  const link = await linkInMail(page.request, email, 'invitation', since);
  await page.reload();
  await expect(waiting).toContainText('Enviado em');

  const hers = await openBrowser(browser);
  await hers.goto(link);
  await expect(hers.getByRole('heading', { name: 'Crie sua senha' })).toBeVisible();
  await expect(hers).toHaveURL(/\/invitation$/);
  await expect(hers.getByText(account.name, { exact: true })).toBeVisible();
  await expect(hers.getByLabel('E-mail')).toHaveValue(email);
  await expect(hers.getByLabel('E-mail')).not.toBeEditable();
  await expect(hers.getByLabel('Seu nome')).toHaveValue('Juliana Ferreira');
  const join = hers.getByRole('button', { name: /^Entrar em/ });
  const password = hers.getByLabel('Senha', { exact: true });
  await password.fill('curta');
  await expect(hers.getByText('Faltam 7 caracteres.')).toBeVisible();
  await password.fill('aaaaaaaaaaaaaaaa');
  await join.click();
  await expect(hers.getByText('Senha fácil de adivinhar.')).toBeVisible();
  await expect(password).toBeFocused();
  await password.fill(GOOD_PASSWORD);
  await expect(hers.getByText('Bom tamanho: 24 caracteres.')).toBeVisible();
  await join.click();
  await expect(contactsHeading(hers)).toBeVisible();
  await expect(hers.getByText(account.name)).toBeVisible();

  const late = await openBrowser(browser);
  await late.goto(link);
  await expect(late.getByRole('heading', { name: 'Este convite não vale mais' })).toBeVisible();
  await late.goto('/sign-in');
  await signIn(late, { email, password: GOOD_PASSWORD });
  await expect(contactsHeading(late)).toBeVisible();

  await page.reload();
  const member = page.getByRole('row').filter({ hasText: email });
  await expect(member.getByRole('combobox')).toHaveValue('agent');
  await expect(page.getByRole('heading', { name: 'Convites sem resposta' })).toBeHidden();
  await member.getByRole('combobox').selectOption({ label: 'Administrador' });
  await expect(page.getByText(/agora é: Administrador/)).toBeVisible();
  await member.getByRole('button', { name: 'Remover Juliana Ferreira' }).click();
  await page.getByRole('alertdialog').getByRole('button', { name: 'Remover da conta' }).click();
  await expect(member).toBeHidden();
});

test('links for people are read on the page of caught e-mails', async ({ page, account, browser }) => {
  const email = addressOf(account, 'lia');
  await invite(page.request, account.id, { email, name: 'Lia Prado', role: 'agent' });
  const hers = await openBrowser(browser);
  await hers.goto('/caught-mail');
  await hers
    .getByRole('listitem')
    .filter({ hasText: email })
    .getByRole('link', { name: 'Convite para o Ponte' })
    .click();
  const mail = hers.frameLocator('iframe');
  const opened = hers.waitForEvent('popup');
  await mail.getByRole('link', { name: 'Abrir o convite' }).click();
  const invitation = await opened;
  await expect(invitation.getByRole('heading', { name: 'Crie sua senha' })).toBeVisible();
  await expect(invitation.getByText(account.name, { exact: true })).toBeVisible();
  await invitation.getByLabel('Senha', { exact: true }).fill(GOOD_PASSWORD);
  await invitation.getByRole('button', { name: /^Entrar em/ }).click();
  await expect(contactsHeading(invitation)).toBeVisible();
});

test('a known person joins with one button, or with their own password', async ({
  page,
  account,
  browser,
  playwright,
}) => {
  const person = { email: addressOf(account, 'rafael'), password: GOOD_PASSWORD };
  const member = { email: person.email, name: 'Rafael Nunes', role: 'agent' } as const;
  const state = await addPerson(page.request, playwright.request, account.id, { ...member, ...person });
  const other = async (name: string) => {
    const answer = await page.request.post('/api/v1/accounts', { data: { name } });
    const { id } = (await answer.json()) as Account;
    return { name, link: await invite(page.request, id, member) };
  };

  const first = await other(`Primeira ${account.id}`);
  const his = await openBrowser(browser, state);
  await his.goto(first.link);
  await expect(his.getByRole('heading', { name: 'Aceite o convite' })).toBeVisible();
  await his.getByRole('button', { name: /^Entrar em/ }).click();
  await expect(contactsHeading(his)).toBeVisible();
  await expect(his.getByRole('button', { name: `Conta: ${first.name}. Trocar de conta` })).toBeVisible();

  const second = await other(`Segunda ${account.id}`);
  await page.goto(second.link);
  await expect(page.getByRole('heading', { name: 'O convite é para outro e-mail' })).toBeVisible();
  await expect(page.getByText(administrator().email)).toBeVisible();

  const stranger = await openBrowser(browser);
  await stranger.goto(second.link);
  await expect(stranger.getByRole('heading', { name: 'Entre para aceitar' })).toBeVisible();
  await stranger.getByLabel('Sua senha do Ponte').fill('outra senha qualquer');
  await stranger.getByRole('button', { name: /^Entrar em/ }).click();
  await expect(stranger.getByRole('alert')).toHaveText('E-mail ou senha incorretos.');
  await stranger.getByLabel('Sua senha do Ponte').fill(person.password);
  await stranger.getByRole('button', { name: /^Entrar em/ }).click();
  await expect(contactsHeading(stranger)).toBeVisible();
  await expect(stranger.getByRole('button', { name: `Conta: ${second.name}.` })).toBeVisible();
});

test('an invitation is sent again, revoked and declined', async ({ page, account, browser }) => {
  const email = addressOf(account, 'paula');
  const member = { email, name: 'Paula Reis', role: 'agent' } as const;
  const first = await invite(page.request, account.id, member);
  await page.goto(`/accounts/${account.id}/settings/members`);
  const since = Date.now();
  await page.getByRole('button', { name: 'Enviar de novo o convite de Paula Reis' }).click();
  await expect(page.getByText('O link anterior não vale mais.')).toBeVisible();
  const second = await linkInMail(page.request, email, 'invitation', since);

  const hers = await openBrowser(browser);
  await hers.goto(first);
  await expect(hers.getByRole('heading', { name: 'Este convite não vale mais' })).toBeVisible();
  // The next link in the same tab changes the part behind the # alone.
  await hers.goto(second);
  await expect(hers.getByRole('heading', { name: 'Crie sua senha' })).toBeVisible();
  await expect(hers).toHaveURL(/\/invitation$/);

  await page.getByRole('button', { name: 'Cancelar o convite de Paula Reis' }).click();
  await page.getByRole('alertdialog').getByRole('button', { name: 'Cancelar convite' }).click();
  await expect(page.getByRole('row').filter({ hasText: email })).toBeHidden();
  await hers.getByLabel('Senha', { exact: true }).fill(GOOD_PASSWORD);
  await hers.getByRole('button', { name: /^Entrar em/ }).click();
  await expect(hers.getByRole('heading', { name: 'Este convite não vale mais' })).toBeVisible();

  const third = await invite(page.request, account.id, member);
  await hers.goto(third);
  await hers.getByRole('button', { name: 'Recusar convite' }).click();
  await hers.getByRole('alertdialog').getByRole('button', { name: 'Recusar' }).click();
  await expect(hers.getByRole('heading', { name: 'Convite recusado' })).toBeVisible();
  await page.reload();
  await expect(page.getByRole('rowheader')).toHaveCount(1);
  await expect(page.getByText(email)).toBeHidden();
});

test('a forgotten password is replaced by a link, which ends other sessions', async ({
  page,
  account,
  browser,
  playwright,
}) => {
  const email = addressOf(account, 'bia');
  const state = await addPerson(page.request, playwright.request, account.id, {
    email,
    password: GOOD_PASSWORD,
    name: 'Bia Lemos',
    role: 'agent',
  });
  const elsewhere = await openBrowser(browser, state);
  await elsewhere.goto('/');
  await expect(contactsHeading(elsewhere)).toBeVisible();

  const hers = await openBrowser(browser);
  const askFor = async (address: string) => {
    await hers.goto('/sign-in');
    await hers.getByLabel('E-mail').fill(address);
    await hers.getByRole('link', { name: 'Esqueci minha senha' }).click();
    await expect(hers.getByLabel('E-mail')).toHaveValue(address);
    await hers.getByRole('button', { name: 'Enviar link' }).click();
    await expect(hers.getByRole('heading', { name: 'Veja seu e-mail' })).toBeFocused();
    return (await hers.getByRole('main').innerText()).replace(address, '…').replace(/ em .{1,9}\.$/m, '…');
  };
  const unknown = await askFor(addressOf(account, 'desconhecida'));
  const since = Date.now();
  expect(await askFor(email)).toBe(unknown);

  const link = await linkInMail(page.request, email, 'reset-password', since);
  await hers.goto(link);
  await expect(hers.getByRole('heading', { name: 'Crie outra senha' })).toBeVisible();
  await expect(hers).toHaveURL(/\/reset-password$/);
  await expect(hers.getByLabel('E-mail')).toHaveValue(email);
  await hers.getByLabel('Nova senha').fill('outra ponte sobre outro rio');
  await hers.getByRole('button', { name: 'Salvar e entrar' }).click();
  await expect(contactsHeading(hers)).toBeVisible();

  await elsewhere.getByRole('link', { name: 'Membros' }).click();
  await expect(elsewhere.getByText('Sua sessão terminou.')).toBeVisible();
  await elsewhere.goto(link);
  await expect(elsewhere.getByRole('heading', { name: 'Este link não vale mais' })).toBeVisible();
  await elsewhere.getByRole('link', { name: 'Pedir outro link' }).click();
  await expect(elsewhere.getByRole('heading', { name: 'Esqueci minha senha' })).toBeFocused();
});

test('the secret of a link is in no address and no storage', async ({ page, account, browser }) => {
  const member = { email: addressOf(account, 'secreta'), name: 'Sara Cruz', role: 'agent' } as const;
  const link = await invite(page.request, account.id, member);
  const hers = await openBrowser(browser);
  const addresses: string[] = [];
  hers.on('request', (request) => addresses.push(request.url()));
  hers.on('framenavigated', (frame) => addresses.push(frame.url()));
  await hers.goto(link);
  await expect(hers.getByRole('heading', { name: 'Crie sua senha' })).toBeVisible();
  const kept = await hers.evaluate(() =>
    JSON.stringify([location.href, history.state, { ...localStorage }, { ...sessionStorage }]),
  );
  const secret = secretOf(link);
  expect(kept).not.toContain(secret);
  // The address that was typed is the only one; no call carries it.
  expect(addresses.filter((address) => address.includes(secret) && address.includes('/api/'))).toEqual([]);
  await hers.goto('/sign-in');
  await hers.goBack();
  await expect(hers.getByRole('heading', { name: 'Este convite não vale mais' })).toBeVisible();
});

test('a person leaves an account; the last administrator is told why not', async ({
  page,
  account,
  browser,
  playwright,
}) => {
  const state = await addPerson(page.request, playwright.request, account.id, {
    email: addressOf(account, 'vera'),
    password: GOOD_PASSWORD,
    name: 'Vera Dias',
    role: 'agent',
  });
  const hers = await openBrowser(browser, state);
  await hers.goto(`/accounts/${account.id}/settings/members`);
  await hers.getByRole('button', { name: 'Sair da conta' }).click();
  await hers.getByRole('alertdialog').getByRole('button', { name: 'Sair da conta' }).click();
  await expect(hers.getByText('Você não faz parte de nenhuma conta agora.')).toBeVisible();

  await page.goto(`/accounts/${account.id}/settings/members`);
  await expect(page.getByRole('rowheader')).toHaveCount(1);
  await page.getByRole('button', { name: 'Sair da conta' }).click();
  await page.getByRole('alertdialog').getByRole('button', { name: 'Sair da conta' }).click();
  await expect(page.getByText('A conta precisa de pelo menos um administrador')).toBeVisible();
});
