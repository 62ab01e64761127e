import { readFile } from 'node:fs/promises';
import { generateContactsCsv } from '@ponte/testing';
import {
  chooseFile,
  expect,
  expectSum,
  goToReview,
  importButton,
  importFile,
  openWizard,
  readSum,
  test,
} from './stories';

async function bytesOf(rows: number, seed: number) {
  const generated = generateContactsCsv({ rows, seed });
  const chunks: Uint8Array[] = [];
  for await (const chunk of generated.bytes()) chunks.push(chunk);
  return { content: Buffer.concat(chunks), expected: generated.expected() };
}

test('the sample goes in without an error and shows its contacts', async ({ page, account }) => {
  await openWizard(page, account);
  const download = page.waitForEvent('download');
  await page.getByRole('link', { name: 'CSV de exemplo' }).click();
  const sample = await readFile(await (await download).path(), 'utf8');
  expect(sample).toContain('name,phone_number,email');

  await importFile(page, account, 'exemplo.csv', sample);
  await expect(page.getByText('Todas as linhas foram aceitas.')).toBeVisible();
  const { Linhas: total = 0 } = await readSum(page);
  expect(total).toBeGreaterThan(0);
  await expectSum(page, {
    Linhas: total,
    Criados: total,
    Atualizados: 0,
    'Sem mudança': 0,
    Ignorados: 0,
    Recusados: 0,
  });
  await expect(page.getByText(/E-mail com o resultado enviado em/)).toBeVisible({ timeout: 20_000 });

  await page.getByRole('link', { name: 'Ver os contatos desta importação' }).click();
  await expect(page).toHaveURL(/import_id=\d+/);
  await expect(page.getByRole('rowheader')).toHaveCount(Math.min(total, 25));
});

test('rejected rows come with reasons, and as a CSV that can be corrected', async ({ page, account }) => {
  const rows = [
    'name,phone_number,email,cidade',
    'Ana Lima,+5511987654321,ana@example.com,São Paulo',
    'Bruno Sá,11 98765-4322,bruno@example.com,Niterói',
    ',+5531987654323,sem arroba,Ouro Preto',
    'Ana Maria Lima,+5511987654321,,São Paulo',
  ];
  await importFile(page, account, 'clientes março.csv', `${rows.join('\r\n')}\r\n`);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('clientes março.csv');
  await expectSum(page, {
    Linhas: 4,
    Criados: 1,
    Atualizados: 1,
    'Sem mudança': 0,
    Ignorados: 0,
    Recusados: 2,
  });
  await expect(page.getByText('Estas colunas do arquivo não foram usadas:')).toBeVisible();

  const reasons = page.getByRole('list', { name: 'Motivos' });
  await expect(reasons.getByText('O telefone não começa com +')).toBeVisible();
  await expect(reasons.getByText('Falta o nome.')).toBeVisible();
  const table = page.getByRole('region', { name: 'Linhas recusadas' }).getByRole('table');
  const row = table.getByRole('row').filter({ hasText: 'Bruno Sá' });
  await expect(row.getByRole('rowheader')).toHaveText('2');
  await expect(row.getByRole('cell').first()).toHaveText('3');
  await expect(row).toContainText('11 98765-4322');

  const download = page.waitForEvent('download');
  await page.getByRole('link', { name: 'Baixar CSV das recusadas' }).click();
  const csv = await readFile(await (await download).path(), 'utf8');
  const lines = csv.trim().split('\r\n');
  expect(lines).toHaveLength(3);
  expect(lines[0]).toMatch(/name,phone_number,email,cidade,.*errors/);
  expect(lines[1]).toContain('11 98765-4322');
  expect(lines[2]).toContain('Ouro Preto');

  await page.getByRole('link', { name: 'Importações' }).first().click();
  await expect(page.getByRole('row').filter({ hasText: 'clientes março.csv' })).toContainText('Concluída');
});

test('an import that has ended is deleted from its page and from the list; its contacts stay', async ({
  page,
  account,
}) => {
  test.setTimeout(120_000);
  const csv = 'name,phone_number\r\nAna Lima,+5511987654321\r\n';
  await importFile(page, account, 'primeira.csv', csv);
  await page.getByRole('button', { name: 'Excluir importação' }).click();
  const dialog = page.getByRole('alertdialog');
  await expect(dialog).toContainText('os contatos ficam');
  await dialog.getByRole('button', { name: 'Excluir importação' }).click();
  await expect(page).toHaveURL(/\/imports$/);
  await expect(page.getByText(/A importação de .*primeira\.csv.* foi excluída\./)).toBeVisible();
  await expect(page.getByText('Nenhuma importação ainda')).toBeVisible();

  for (const name of ['segunda.csv', 'terceira.csv']) {
    const file = { name, mimeType: 'text/csv', buffer: Buffer.from(csv) };
    const url = `/api/v1/accounts/${account.id}/imports`;
    expect((await page.request.post(url, { multipart: { file } })).status()).toBe(202);
  }
  await page.goto(`/accounts/${account.id}/imports`);
  // There once the import has ended.
  await page.getByRole('button', { name: 'Excluir segunda.csv' }).click({ timeout: 30_000 });
  await dialog.getByRole('button', { name: 'Cancelar' }).click();
  await expect(page.getByRole('rowheader')).toHaveText(['terceira.csv', 'segunda.csv']);
  await page.getByRole('button', { name: 'Excluir segunda.csv' }).click();
  await dialog.getByRole('button', { name: 'Excluir importação' }).click();
  await expect(page.getByRole('rowheader')).toHaveText(['terceira.csv']);
  await expect(page.getByRole('main')).toBeFocused();
  await page.goto(`/accounts/${account.id}/contacts`);
  await expect(page.getByRole('rowheader')).toHaveText(['Ana Lima']);
});

test('100,000 rows: foreseen, followed live and right to the row', async ({ page, account }) => {
  test.setTimeout(180_000);
  const { content, expected } = await bytesOf(100_000, 7);
  await openWizard(page, account);
  await chooseFile(page, 'cem mil.csv', content);
  await goToReview(page);
  await expect(importButton(page)).toBeVisible({ timeout: 60_000 });
  expect(await readSum(page, 'O que vai acontecer')).toEqual({
    Linhas: expected.total,
    'Criar contatos novos': expected.created,
    'Atualizar contatos que mudam': expected.updated,
    'Sem mudança contatos já iguais': expected.unchanged,
    'Ignorar contatos que ficam como estão': 0,
    'Recusar linhas com problema': expected.failed,
  });
  await importButton(page).click();
  await expect(page.getByText('Pode fechar esta página')).toBeVisible({ timeout: 30_000 });
  // Closed and opened again: the address is the import's own.
  await page.goto('about:blank');
  await page.goBack();
  await expect(page.getByText(/^Importação concluída em/)).toBeVisible({ timeout: 90_000 });
  await expectSum(page, {
    Linhas: expected.total,
    Criados: expected.created,
    Atualizados: expected.updated,
    'Sem mudança': expected.unchanged,
    Ignorados: 0,
    Recusados: expected.failed,
  });
});

test('an import that is cancelled keeps what was written and says so', async ({ page, account }) => {
  // So many that it still runs when the question was asked and answered, also on a machine that is slow at that.
  const rows = 400_000;
  const { content } = await bytesOf(rows, 8);
  test.setTimeout(180_000);
  await openWizard(page, account);
  await chooseFile(page, 'muitos.csv', content);
  await goToReview(page);
  await importButton(page).click({ timeout: 60_000 });
  await expect(page.getByText('Velocidade')).toBeVisible({ timeout: 30_000 });
  await page.getByRole('button', { name: 'Cancelar importação' }).click();
  await page.getByRole('alertdialog').getByRole('button', { name: 'Cancelar importação' }).click();
  await expect(page.getByText('A importação foi cancelada.')).toBeVisible({ timeout: 20_000 });
  const sum = await readSum(page);
  expect(sum['Linhas']).toBe(rows);
  expect(sum['Ignorados']).toBeGreaterThan(0);
  await expectSum(page, sum);
});
