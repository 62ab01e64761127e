import { type APIRequest, type APIRequestContext, type Page, expect, test as base } from '@playwright/test';
import type { AccountView, ContactBody, CreateMember } from '@ponte/contracts';
import { linkInMail, secretOf } from './mail';
import { administrator, agent, type Person } from './people';

export { expect } from '@playwright/test';

/** An account of its own for every story, so that none sees another's contacts. */
export interface Account {
  id: number;
  name: string;
}

/** Cookies of somebody who is signed in. */
export type StorageState = Awaited<ReturnType<APIRequestContext['storageState']>>;

interface Stories {
  account: Account;
  /** The administrator's page, signed in. */
  page: Page;
  /** The agent's page, signed in; the agent belongs to the account. */
  agentPage: Page;
}

interface Workers {
  administratorState: StorageState;
  agentState: StorageState;
}

let accounts = 0;

export const test = base.extend<Stories, Workers>({
  administratorState: [
    async ({ playwright }, use) => use(await signedInState(playwright.request, administrator())),
    { scope: 'worker' },
  ],
  agentState: [
    async ({ playwright }, use) => use(await signedInState(playwright.request, agent())),
    { scope: 'worker' },
  ],
  storageState: async ({ administratorState }, use) => use(administratorState),
  account: async ({ page }, use) => {
    const name = `Clínica São João ${++accounts}`;
    const answer = await page.request.post('/api/v1/accounts', { data: { name } });
    expect(answer.status()).toBe(201);
    const { id } = (await answer.json()) as AccountView;
    await use({ id, name });
  },
  agentPage: async ({ browser, page, account, agentState }, use) => {
    const context = await browser.newContext({ storageState: agentState });
    const link = await invite(page.request, account.id, {
      email: agent().email,
      name: 'João Atendente',
      role: 'agent',
    });
    const answer = await context.request.post('/api/v1/auth/invitations/accept', {
      data: { token: secretOf(link) },
    });
    expect(answer.status(), await answer.text()).toBe(200);
    await use(await context.newPage());
    await context.close();
  },
});

const baseUrl = () => process.env['PONTE_E2E_URL'] ?? '';

/** Within a story a new context would bring the story's cookies, and signing in with them ends their session. */
const STRANGER = { storageState: { cookies: [], origins: [] } };

/** Through the API: signing in on the page is a story of its own, and the number of tries is limited. */
async function signedInState(strangers: APIRequest, person: Person): Promise<StorageState> {
  const request = await strangers.newContext(STRANGER);
  const answer = await request.post(`${baseUrl()}/api/v1/auth/sign_in`, { data: person });
  expect(answer.status(), await answer.text()).toBe(200);
  const state = await request.storageState();
  await request.dispose();
  return state;
}

/** Invites through the API; answers the address in the e-mail. */
export async function invite(
  administrator: APIRequestContext,
  accountId: number,
  member: CreateMember,
): Promise<string> {
  const since = Date.now();
  const answer = await administrator.post(`${baseUrl()}/api/v1/accounts/${accountId}/members`, {
    data: member,
  });
  expect(answer.status(), await answer.text()).toBe(201);
  return linkInMail(administrator, member.email, 'invitation', since);
}

/** A person of its own for a story: invited, with a password, signed in. Answers the cookies. */
export async function addPerson(
  administrator: APIRequestContext,
  strangers: APIRequest,
  accountId: number,
  { password, ...member }: CreateMember & Person,
): Promise<StorageState> {
  const token = secretOf(await invite(administrator, accountId, member));
  const request = await strangers.newContext(STRANGER);
  const data = { token, password, name: member.name, ...(member.locale && { locale: member.locale }) };
  const answer = await request.post(`${baseUrl()}/api/v1/auth/invitations/accept`, { data });
  expect(answer.status(), await answer.text()).toBe(200);
  const state = await request.storageState();
  await request.dispose();
  return state;
}

export async function addContacts(
  page: Page,
  account: Account,
  contacts: readonly ContactBody[],
): Promise<void> {
  for (const data of contacts) {
    const answer = await page.request.post(`/api/v1/accounts/${account.id}/contacts`, { data });
    expect(answer.status(), await answer.text()).toBe(200);
  }
}

/** A file as a person would choose it. */
export async function chooseFile(page: Page, name: string, content: string | Uint8Array): Promise<void> {
  const buffer = Buffer.from(content as string);
  await fileInput(page).setInputFiles({ name, mimeType: 'application/octet-stream', buffer });
}

export const fileInput = (page: Page) => page.getByLabel(/^Escolher (uma planilha|outro arquivo)/);

export async function openWizard(page: Page, account: Account): Promise<void> {
  await page.goto(`/accounts/${account.id}/imports/new`);
  await expect(stepHeading(page, 'Traga a sua planilha')).toBeVisible();
}

export const stepHeading = (page: Page, name: string) => page.getByRole('heading', { name, level: 2 });

/** From one step to the next, when it lets go. */
export async function goOn(page: Page, heading: string): Promise<void> {
  await page.getByRole('button', { name: 'Continuar', exact: true }).click();
  await expect(stepHeading(page, heading)).toBeVisible();
}

/** A file that needs no help, from choosing it to what the server says that it will do. */
export async function goToReview(page: Page): Promise<void> {
  await expect(stepHeading(page, 'Foi isto que entendemos')).toBeVisible({ timeout: 30_000 });
  await goOn(page, 'O que é cada coluna');
  await goOn(page, 'Acerte os valores');
  await goOn(page, 'Confira antes de importar');
}

/** The button that says how many contacts go in. */
export const importButton = (page: Page) => page.getByRole('button', { name: /^Importar [\d.]+ contatos?$/ });

/** Sends a file and waits until its page says how it ended. */
export async function importFile(page: Page, account: Account, name: string, content: string): Promise<void> {
  await openWizard(page, account);
  await chooseFile(page, name, content);
  await goToReview(page);
  await importButton(page).click();
  await expect(page).toHaveURL(/\/imports\/\d+$/);
  await expect(page.getByText(/^Importação concluída em/)).toBeVisible({ timeout: 30_000 });
}

/** The figures of a sum, by the words above them; the import's own unless another one is named. */
export async function readSum(page: Page, name = 'Soma das linhas'): Promise<Record<string, number>> {
  const sum = page.getByRole('region', { name, exact: true });
  const names = (await sum.locator('dt').allInnerTexts()).map((name) => name.replace(/\s+/g, ' '));
  const values = await sum.locator('dd').allInnerTexts();
  return Object.fromEntries(names.map((name, index) => [name, Number(values[index]?.replaceAll('.', ''))]));
}

export async function expectSum(page: Page, expected: Record<string, number>): Promise<void> {
  const sum = await readSum(page);
  expect(sum).toEqual(expected);
  const { Linhas: total, ...parts } = sum;
  expect(Object.values(parts).reduce((a, b) => a + b, 0)).toBe(total);
}

/** On the sign-in page. */
export async function signIn(page: Page, { email, password }: Person): Promise<void> {
  await page.getByLabel('E-mail').fill(email);
  await page.getByLabel('Senha', { exact: true }).fill(password);
  await page.getByRole('button', { name: 'Entrar', exact: true }).click();
}
