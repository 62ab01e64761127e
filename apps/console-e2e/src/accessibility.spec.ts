import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import type { ImportView } from '@ponte/contracts';
import { addContacts, chooseFile, expect, importFile, test, type Account } from './stories';

/** Both themes and both layouts; a colour does not depend on the width. */
const LOOKS = [
  { name: 'light', colorScheme: 'light', width: 1440 },
  { name: 'dark, 390 px', colorScheme: 'dark', width: 390 },
] as const;

test.describe.configure({ timeout: 240_000 });

/** Until nothing moves or fades any more: half a fade has colours that nobody reads. What never ends may go on. */
async function settle(page: Page): Promise<void> {
  await page.waitForFunction(() =>
    document
      .getAnimations()
      .every(
        ({ playState, effect }) =>
          playState !== 'running' || effect?.getComputedTiming().endTime === Infinity,
      ),
  );
}

async function check(page: Page, what: string): Promise<void> {
  for (const { name, colorScheme, width } of LOOKS) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await page.setViewportSize({ width, height: 900 });
    await settle(page);
    const { violations } = await new AxeBuilder({ page })
      .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'])
      .analyze();
    const grave = violations
      .filter(({ impact }) => impact === 'serious' || impact === 'critical')
      .map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' | ')}`);
    expect(grave, `${what}, ${name}`).toEqual([]);
  }
  await page.setViewportSize({ width: 360, height: 800 });
  const overflow = await page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  );
  expect(overflow, `${what} scrolls sideways at 360 px`).toBeLessThanOrEqual(0);
  await page.setViewportSize({ width: 1440, height: 900 });
}

async function fill(page: Page, account: Account): Promise<string> {
  const rows = ['name,phone_number,email,cidade', 'Bia,11 98765-4322,,Niterói', 'Caio,+5531987654323,x,', ''];
  await importFile(
    page,
    account,
    'um-arquivo-com-um-nome-muito-comprido-que-nao-cabe-em-um-telefone.csv',
    rows.join('\n'),
  );
  await addContacts(page, account, [
    { name: 'Ana Lima', phone_number: '+5511987654321', email: 'ana@example.com' },
  ]);
  return page.url();
}

/** The server's own answer, held in the middle: an import that runs while somebody looks at it for a minute. */
async function holdRunning(page: Page, importUrl: string): Promise<void> {
  const path = `/api/v1${new URL(importUrl).pathname}`;
  await page.route(`**${path}/events`, (route) => route.abort());
  await page.route(`**${path}`, async (route) => {
    const answer = await route.fetch();
    const run = (await answer.json()) as ImportView;
    const rows = { ...run.rows, total: 2 * run.rows.done };
    await route.fulfill({
      json: { ...run, state: 'running', rows, seconds_left: 65, rows_per_second: 4200 },
    });
  });
}

test('the pages of work', async ({ page, account }) => {
  const at = (path: string) => `/accounts/${account.id}/${path}`;
  await page.goto(at('contacts'));
  await expect(page.getByText('Aqui ficam os contatos')).toBeVisible();
  await check(page, 'no contacts yet');

  const importUrl = await fill(page, account);
  await expect(page.getByRole('table')).toBeVisible();
  await check(page, 'a finished import');

  await page.goto(at('contacts'));
  await expect(page.getByRole('rowheader')).toHaveCount(1);
  await check(page, 'contacts');
  await page.getByRole('button', { name: 'Adicionar contato' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Adicionar contato' }).click();
  await check(page, 'a contact with errors');
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toBeHidden();
  await page.getByRole('button', { name: 'Exportar' }).click();
  await expect(page.getByRole('dialog')).toBeVisible();
  await check(page, 'the export dialog');
  await page.getByRole('dialog').getByRole('button', { name: 'Exportar' }).click();
  await expect(page.getByRole('link', { name: /^Baixar / })).toBeVisible({ timeout: 20_000 });
  await check(page, 'exports');

  await page.goto(at('imports'));
  await expect(page.getByRole('row')).toHaveCount(2);
  await check(page, 'imports');
  await page.goto(at('imports/new'));
  await chooseFile(page, 'excel.csv', 'name;phone_number\nAna;+5511987654321\n');
  await page.getByRole('button', { name: 'Importar', exact: true }).click();
  await expect(page.getByRole('alert').filter({ hasText: 'O arquivo não foi aceito' })).toBeVisible();
  await check(page, 'a refused file');

  await holdRunning(page, importUrl);
  await page.goto(importUrl);
  await expect(page.getByText('50%', { exact: true })).toBeVisible();
  await check(page, 'a running import');
  await page.getByRole('button', { name: 'Cancelar importação' }).click();
  await expect(page.getByRole('alertdialog')).toBeVisible();
  await check(page, 'a question');
});

test('the pages around it', async ({ page, agentPage, account, browser }) => {
  await page.goto(`/accounts/${account.id}/settings/members`);
  await expect(page.getByRole('rowheader')).toHaveCount(2);
  await check(page, 'members');
  await page.goto(`/accounts/${account.id}/settings/tokens`);
  await page.getByLabel('Nome do token').fill('axe');
  await page.getByRole('button', { name: 'Criar token' }).click();
  await expect(page.getByRole('rowheader', { name: 'axe' }).first()).toBeVisible();
  await check(page, 'tokens');
  await page.goto('/profile');
  await check(page, 'profile');
  await page.goto('/nowhere');
  await check(page, 'not found');
  await agentPage.goto(`/accounts/${account.id}/imports`);
  await expect(agentPage.getByRole('heading', { level: 2 }).last()).toBeVisible();
  await check(agentPage, 'not allowed');

  const context = await browser.newContext({ storageState: { cookies: [], origins: [] } });
  const stranger = await context.newPage();
  await stranger.goto('/sign-in?expired=true');
  await stranger.getByRole('button', { name: 'Entrar' }).click();
  await check(stranger, 'sign in');
  await context.close();
});

test('the keyboard alone: skip link, menus, dialog', async ({ page, account }) => {
  await page.goto(`/accounts/${account.id}/contacts`);
  await expect(page.getByText('Aqui ficam os contatos')).toBeVisible();
  await page.keyboard.press('Tab');
  await expect(page.getByRole('link', { name: 'Ir para o conteúdo' })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('main')).toBeFocused();
  await page.keyboard.press('Tab');
  await expect(page.getByRole('button', { name: 'Adicionar contato' }).first()).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('dialog').getByLabel('Nome')).toBeFocused();
  await page.keyboard.type('Ana Lima');
  await page.keyboard.press('Tab');
  await page.keyboard.type('+55 11 98765-4321');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('rowheader', { name: 'Ana Lima' })).toBeVisible();
});
