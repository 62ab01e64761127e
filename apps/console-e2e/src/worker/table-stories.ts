import type { BrowserContext } from '@playwright/test';
import type { AccountView } from '@ponte/contracts';
import { test as base } from '../stories';
import { TablePage } from './table-page';

export { expect } from '@playwright/test';

interface Workers {
  table: TablePage;
}

/** One page for all tests of a process: each starts its own worker in it. */
export const test = base.extend<object, Workers>({
  table: [
    async ({ browser, administratorState }, use) => {
      const baseURL = process.env['PONTE_E2E_URL'] ?? '';
      const context = await browser.newContext({ storageState: administratorState, baseURL });
      await use(await openTablePage(context));
      await context.close();
    },
    { scope: 'worker' },
  ],
});

/** The wizard starts its worker with the first file: which script that is, is what the page then says. */
async function openTablePage(context: BrowserContext): Promise<TablePage> {
  const page = await context.newPage();
  const answer = await page.request.post('/api/v1/accounts', { data: { name: 'Tabelas' } });
  const { id } = (await answer.json()) as AccountView;
  await page.goto(`/accounts/${id}/imports/new`);
  const started = page.waitForEvent('worker');
  await page
    .locator('input[type=file]')
    .first()
    .setInputFiles({
      name: 'ana.csv',
      mimeType: 'text/csv',
      buffer: Buffer.from('nome;telefone\r\nAna;11 98765-4321\r\n'),
    });
  const address = (await started).url();
  // Elsewhere in the same origin, where nobody else has a worker.
  await page.goto(`/accounts/${id}/exports`);
  await page.getByRole('heading', { level: 1 }).waitFor();
  return new TablePage(page, id, address);
}
