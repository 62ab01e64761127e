import { readFile } from 'node:fs/promises';
import type { Page } from '@playwright/test';
import { type Account, addContacts, addPerson, expect, importFile, test } from './stories';

const auditOf = (account: Account) => `/accounts/${account.id}/settings/audit`;
const events = (page: Page) => page.getByRole('table').getByRole('rowheader');

test('what was done is there in words, newest first, with the way to it', async ({ page, account }) => {
  await addContacts(page, account, [{ name: 'Ana Lima', phone_number: '+5511987654321' }]);
  await importFile(page, account, 'dois.csv', 'name,phone_number\nBia,+5511987654322\nCaio,+5511987654323\n');
  await page.goto(auditOf(account));
  await expect(page.getByRole('heading', { name: 'Auditoria', level: 1 })).toBeVisible();
  const row = (text: string) => page.getByRole('row').filter({ hasText: text });
  await expect(row('A importação terminou')).toContainText(/Concluída.*Criados: 2.*Recusados: 0/);
  await expect(row('Enviou uma importação')).toContainText('Navegador');
  await expect(row('Criou um contato').first()).toContainText('Administração');
  // Signing in belongs to no account: it shows in those of which the person was a member then.
  await expect(events(page).last()).toHaveText('Criou a conta');

  await row('A importação terminou').getByRole('link').click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('dois.csv');
});

test('filters stay in the address, and the file has what they let through', async ({
  page,
  account,
  playwright,
}) => {
  await addContacts(page, account, [{ name: 'Ana Lima', phone_number: '+5511987654321' }]);
  const joao = { email: `joao-${account.id}@example.com`, password: 'quatro palavras e um rio' };
  const state = await addPerson(page.request, playwright.request, account.id, {
    ...joao,
    name: 'João Cabral',
    role: 'agent',
  });
  const his = await playwright.request.newContext({
    storageState: state,
    baseURL: process.env['PONTE_E2E_URL'] ?? '',
  });
  const body = { name: 'Bia Reis', phone_number: '+5511987654322' };
  expect((await his.post(`/api/v1/accounts/${account.id}/contacts`, { data: body })).status()).toBe(200);
  await his.dispose();

  await page.goto(auditOf(account));
  await page.getByLabel('O que aconteceu').selectOption({ label: 'Criou um contato' });
  await expect(events(page)).toHaveCount(2);
  await page.getByLabel('Pessoa').selectOption({ label: 'João Cabral' });
  await expect(events(page)).toHaveCount(1);
  await expect(page).toHaveURL(/action=contact_created&user_id=\d+/);
  await page.reload();
  await expect(events(page)).toHaveCount(1);
  await expect(page.getByLabel('O que aconteceu')).toHaveValue('contact_created');

  const download = page.waitForEvent('download');
  await page.getByRole('link', { name: 'Baixar CSV' }).click();
  const csv = await readFile(await (await download).path(), 'utf8');
  const [titles, ...lines] = csv.trim().split('\r\n');
  expect(titles).toContain('created_at,action,actor_id,actor_name');
  expect(lines).toHaveLength(1);
  expect(lines[0]).toContain('contact_created');
  expect(csv).not.toContain('Bia');

  await page.getByRole('button', { name: 'Limpar filtros' }).click();
  await expect(events(page).first()).toContainText('Baixou a auditoria');
  await expect(page.getByLabel('Pessoa')).toHaveValue('');
});

test('a day is the whole day where the reader is', async ({ page, account }) => {
  await page.goto(auditOf(account));
  await expect(events(page).last()).toHaveText('Criou a conta');
  const today = await page.evaluate(() => {
    const now = new Date();
    const two = (value: number) => String(value).padStart(2, '0');
    return `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
  });
  const asked = page.waitForRequest((request) => /audit_events\?.*until=/.test(request.url()));
  await page.goto(`${auditOf(account)}?since=${today}&until=${today}`);
  const { searchParams } = new URL((await asked).url());
  const [since, until] = [searchParams.get('since') ?? '', searchParams.get('until') ?? ''];
  // São Paulo is three hours behind.
  expect(since).toBe(`${today}T03:00:00.000Z`);
  expect(Date.parse(until) - Date.parse(since)).toBe(86_400_000);
  await expect(events(page).last()).toHaveText('Criou a conta');

  await page.goto(`${auditOf(account)}?until=2020-01-01`);
  await expect(page.getByText('Nenhum registro encontrado')).toBeVisible();
  await page.getByRole('button', { name: 'Limpar filtros' }).first().click();
  await expect(events(page).last()).toHaveText('Criou a conta');
});
