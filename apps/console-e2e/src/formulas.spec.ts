import { csvLine } from '@ponte/tabular';
import { formulaCells, HOSTILE_CELLS, HOSTILE_TEXTS } from '@ponte/testing';
import type { Locator, Page } from '@playwright/test';
import { readFile } from 'node:fs/promises';
import { chooseFile, expect, goOn, openWizard, stepHeading, test } from './stories';

const keep = (cells: readonly string[]) => csvLine(cells, { formulas: 'keep' });

async function downloaded(page: Page, button: Locator): Promise<Buffer> {
  const download = page.waitForEvent('download');
  await button.click();
  return readFile(await (await download).path());
}

test('no cell of a file that the wizard gives is a formula, whatever a spreadsheet splits by', async ({
  page,
  account,
}) => {
  test.setTimeout(600_000);
  const good = HOSTILE_TEXTS.map((name, index) => keep([name, `+55119876543${10 + index}`, '', name]));
  const bad = HOSTILE_CELLS.map((cell) => keep([cell, '12', '', cell]));
  const phoneFirst = ['=1+1', "1+cmd|'/c calc'!A1"].map((obs) => keep(['', '+5511987654321', 'x@', obs]));
  const rows = [...good, ...bad, ...phoneFirst].join('');
  await openWizard(page, account);
  await chooseFile(page, 'contatos.csv', `name,phone_number,email,obs\r\n${rows}`);
  await expect(stepHeading(page, 'Foi isto que entendemos')).toBeVisible({ timeout: 30_000 });
  await goOn(page, 'O que é cada coluna');
  await goOn(page, 'Acerte os valores');
  const problems = await downloaded(
    page,
    page.getByRole('button', { name: 'Baixar as linhas com problema' }),
  );
  await goOn(page, 'Confira antes de importar');
  const clean = await downloaded(page, page.getByRole('button', { name: 'Baixar CSV' }));
  for (const file of [problems, clean]) expect(file.toString('utf8')).toContain("cmd|'/c calc'!A1");
  expect(await formulaCells({ 'problems.csv': problems, 'clean.csv': clean })).toEqual([]);
});
