import { readFile } from 'node:fs/promises';
import type { Page } from '@playwright/test';
import { buildXlsx, corpusFile, corpusItems } from '@ponte/testing';
import {
  chooseFile,
  expect,
  expectSum,
  goOn,
  goToReview,
  importButton,
  importFile,
  openWizard,
  readSum,
  stepHeading,
  test,
} from './stories';

const READ = 'Foi isto que entendemos';
const COLUMNS = 'O que é cada coluna';
const VALUES = 'Acerte os valores';
const REVIEW = 'Confira antes de importar';

const fileSum = (page: Page) => readSum(page, 'Soma das linhas do arquivo');

/** Titles of a file are set apart from the sentence by invisible marks. */
const destinationOf = (page: Page, column: string) =>
  page.getByLabel(new RegExp(`^Destino da coluna .*${column}`));

const repair = (page: Page, title: RegExp) => page.getByRole('switch', { name: title });

function corpusBytes(file: string): Uint8Array {
  const item = corpusItems().find((candidate) => candidate.file === file);
  if (!item) throw new Error(`${file} is not in the corpus`);
  return corpusFile(item);
}

async function contactsOf(page: Page, accountId: number): Promise<Record<string, string>> {
  const answer = await page.request.get(`/api/v1/accounts/${accountId}/contacts?per_page=100`);
  const { payload } = (await answer.json()) as { payload: { name: string; phone_number: string }[] };
  return Object.fromEntries(payload.map(({ phone_number, name }) => [phone_number, name]));
}

async function imported(page: Page): Promise<void> {
  await importButton(page).click();
  await expect(page).toHaveURL(/\/imports\/\d+$/);
  await expect(page.getByText(/^Importação concluída em/)).toBeVisible({ timeout: 30_000 });
}

/** What the browser keeps of the work, as text: decisions are written down after a short pause. */
const draftOf = (page: Page) =>
  page.evaluate(
    () =>
      new Promise<string>((resolve) => {
        const opening = indexedDB.open('ponte');
        opening.onsuccess = () => {
          const all = opening.result.transaction('drafts').objectStore('drafts').getAll();
          all.onsuccess = () => {
            opening.result.close();
            resolve(JSON.stringify(all.result));
          };
        };
      }),
  );

test('a Windows-1252 file with semicolons and 32 ways to write a phone', async ({ page, account }) => {
  await openWizard(page, account);
  await chooseFile(page, 'clientes.csv', corpusBytes('wizard/w18_brazilian_phone_mess.csv'));
  await expect(stepHeading(page, READ)).toBeVisible();
  await expect(page.getByText(/^Windows-1252, separador ;, 32 linhas$/)).toBeVisible();
  await goOn(page, COLUMNS);
  await goOn(page, VALUES);
  await expect
    .poll(() => fileSum(page))
    .toEqual({ Linhas: 32, Prontas: 2, 'Com problema': 30, 'Deixadas de fora': 0, 'Unidas a outra': 0 });

  // Nothing is applied before it was accepted; a switch that is put back puts the rows back.
  await repair(page, /^Pôr \+55 em/).click();
  await expect.poll(async () => (await fileSum(page))['Prontas']).toBe(16);
  await repair(page, /^Tirar os sinais em volta/).click();
  await expect.poll(async () => (await fileSum(page))['Prontas']).toBe(17);
  await page.getByRole('button', { name: 'Desfazer a última alteração' }).click();
  await expect.poll(async () => (await fileSum(page))['Prontas']).toBe(16);
  await repair(page, /^Tirar os sinais em volta/).click();
  await page.getByLabel('DDD destes números').fill('11');
  await page.getByRole('button', { name: 'Usar o DDD 11' }).click();
  await page.getByRole('button', { name: 'Aceitar todos os consertos' }).click();
  await expect.poll(async () => (await fileSum(page))['Prontas']).toBe(25);

  await goOn(page, REVIEW);
  await imported(page);
  const sum = await readSum(page);
  expect(sum).toMatchObject({ Linhas: 32, Recusados: 7 });
  await expectSum(page, sum);
  expect(await contactsOf(page, account.id)).toMatchObject({
    '+5511987654321': 'n32',
    '+551132345678': 'n15',
    '+12133734253': 'n27',
    '+558001234567': 'n25',
  });

  // What did not go in comes back in its own columns, with the lines of the person's own file.
  const row = page.getByRole('row').filter({ hasText: 'n29' });
  await expect(row).toContainText('119876543210');
  await expect(row.getByRole('cell').first()).toHaveText('30');
  const download = page.waitForEvent('download');
  await page.getByRole('link', { name: 'Baixar CSV das recusadas' }).click();
  const csv = await readFile(await (await download).path(), 'utf8');
  expect(csv).toContain('Nome,Telefone,E-mail,errors');

  // Corrected and dropped here again, it imports as it is: the account remembers the columns.
  const corrected = csv.replace('119876543210', '(11) 98765-4322');
  await openWizard(page, account);
  await chooseFile(page, 'corrigidas.csv', corrected);
  await expect(stepHeading(page, READ)).toBeVisible();
  await goOn(page, COLUMNS);
  await expect(page.getByText('As colunas estão como da última vez')).toBeVisible();
  await goOn(page, VALUES);
  await repair(page, /^Pôr \+55 em/).click();
  await goOn(page, REVIEW);
  await expect(importButton(page)).toHaveText(/Importar 1 contato/);
  await imported(page);
  expect(await contactsOf(page, account.id)).toMatchObject({ '+5511987654322': 'n29' });
});

test('a workbook with phones as numbers under a title', async ({ page, account }) => {
  const text = (value: string) => `<c t="inlineStr"><is><t>${value}</t></is></c>`;
  const rows = [
    `<row r="1">${text('Clínica São João: clientes')}</row>`,
    `<row r="3">${text('Nome')}${text('Celular')}${text('Cidade')}</row>`,
    `<row r="4">${text('Ana Lima')}<c><v>5511987654321</v></c>${text('São Paulo')}</row>`,
    `<row r="5">${text('Bruno Sá')}<c><v>2.1987654322E10</v></c>${text('Niterói')}</row>`,
    `<row r="6">${text('Caio Reis')}<c><v>31987654323</v></c>${text('Ouro Preto')}</row>`,
  ];
  await openWizard(page, account);
  await chooseFile(page, 'clientes.xlsx', buildXlsx({ sheets: [{ name: 'Clientes', rows: rows.join('') }] }));
  await expect(stepHeading(page, READ)).toBeVisible();
  await expect(page.getByText(/^aba .*Clientes.*, 3 linhas$/)).toBeVisible();
  await expect(page.getByText('títulos na linha 3')).toBeVisible();
  await goOn(page, COLUMNS);
  await expect(destinationOf(page, 'Celular')).toHaveText(/Telefone/);
  await goOn(page, VALUES);
  await repair(page, /^Pôr \+55 em 3 telefones/).click();
  await goOn(page, REVIEW);
  await imported(page);
  expect(await contactsOf(page, account.id)).toEqual({
    '+5511987654321': 'Ana Lima',
    '+5521987654322': 'Bruno Sá',
    '+5531987654323': 'Caio Reis',
  });
  await page.getByRole('link', { name: 'Ver os contatos desta importação' }).click();
  await expect(page.getByRole('rowheader')).toHaveCount(3);
});

test('what the server foresees is what it then does, with the fields that change', async ({
  page,
  account,
}) => {
  const first = 'Nome;Celular;E-mail\nAna;+5511987654321;ana@example.com\nBia;+5511987654322;\n';
  await importFile(page, account, 'antes.csv', first);
  await openWizard(page, account);
  const second = [
    'Nome;Celular;E-mail',
    'Ana Lima;+5511987654321;',
    'Bia;+5511987654322;',
    'Caio;+5511987654323;caio@example.com',
    'Davi;12;',
  ];
  await chooseFile(page, 'depois.csv', second.join('\n'));
  await goToReview(page);
  await expect(importButton(page)).toHaveText(/Importar 3 contatos/);
  const foreseen = Object.values(await readSum(page, 'O que vai acontecer'));
  expect(foreseen).toEqual([4, 1, 1, 1, 0, 1]);
  const changes = page.getByRole('region', { name: 'O que muda' });
  await expect(changes).toContainText('Ana Lima');
  await page.getByLabel('Deixar o contato como está').check();
  await expect
    .poll(async () => Object.values(await readSum(page, 'O que vai acontecer')))
    .toEqual([4, 1, 0, 0, 2, 1]);
  await page.getByLabel('Atualizar o contato com os dados do arquivo').check();
  await expect(importButton(page)).toHaveText(/Importar 3 contatos/);

  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Baixar CSV' }).click();
  const csv = await readFile(await (await download).path(), 'utf8');
  expect(csv.replace(/^\ufeff/, '')).toBe(
    [
      'name,phone_number,email',
      'Ana Lima,+5511987654321,',
      'Bia,+5511987654322,',
      'Caio,+5511987654323,caio@example.com',
      '',
    ].join('\r\n'),
  );
  await imported(page);
  expect(Object.values(await readSum(page))).toEqual(foreseen);
});

test('a value is fixed once, a cell by the keyboard, a row is left out, and each is taken back', async ({
  page,
  account,
}) => {
  await openWizard(page, account);
  const rows = ['Nome;Celular', 'Ana;+5511', 'Bia;+5511', 'Caio;+551198765432x', 'Total: 3;'];
  await chooseFile(page, 'com erros.csv', rows.join('\n'));
  await expect(stepHeading(page, READ)).toBeVisible();
  await goOn(page, COLUMNS);
  await goOn(page, VALUES);
  const problem = page.getByRole('button', { name: /O telefone não existe/ });
  await problem.click();
  await page.getByLabel(/^Trocar \W+\+5511\W+ por/).fill('+5511987654321');
  await page.keyboard.press('Enter');
  await expect.poll(async () => (await fileSum(page))['Prontas']).toBe(2);
  await expect(page.getByRole('region', { name: 'Repetidos' })).toContainText('são 2 linhas');

  await page.getByLabel('Linha por linha').last().check();
  const cell = page.getByRole('gridcell').filter({ hasText: '+551198765432x' });
  await cell.focus();
  await page.keyboard.press('F2');
  await page.keyboard.press('Control+A');
  await page.keyboard.type('+5511987654323');
  await page.keyboard.press('Enter');
  await expect.poll(async () => (await fileSum(page))['Prontas']).toBe(3);

  await page.getByRole('button', { name: /Falta o telefone/ }).click();
  await page.getByRole('button', { name: 'Deixar de fora a linha 5' }).click();
  await expect
    .poll(() => fileSum(page))
    .toEqual({ Linhas: 4, Prontas: 3, 'Com problema': 0, 'Deixadas de fora': 1, 'Unidas a outra': 0 });

  const edits = page.getByRole('region', { name: 'Alterações feitas' });
  await edits.getByRole('button', { name: /^Desfazer: .*\+5511.* vira/ }).click();
  await expect.poll(async () => (await fileSum(page))['Com problema']).toBe(2);
  await page.locator('body').press('Control+z');
  await expect.poll(async () => (await fileSum(page))['Prontas']).toBe(3);

  await page.getByLabel('Enviar só a última').check();
  await expect.poll(async () => (await fileSum(page))['Unidas a outra']).toBe(1);
  await goOn(page, REVIEW);
  await imported(page);
  expect(await contactsOf(page, account.id)).toEqual({ '+5511987654321': 'Bia', '+5511987654323': 'Caio' });
});

test('a reload keeps the work in every step; a later visit is asked', async ({ page, account }) => {
  await openWizard(page, account);
  await chooseFile(page, 'clientes.csv', 'Nome;Celular;Fone\nAna;11987654321;1133334444\nBia;21987654321;\n');
  await expect(stepHeading(page, READ)).toBeVisible();
  await page.reload();
  await expect(stepHeading(page, READ)).toBeVisible();
  await goOn(page, COLUMNS);
  await page.reload();
  await expect(stepHeading(page, COLUMNS)).toBeVisible();
  await goOn(page, VALUES);
  await repair(page, /^Pôr \+55 em/).click();
  await expect.poll(async () => (await fileSum(page))['Prontas']).toBe(2);
  await expect.poll(() => draftOf(page)).toContain('phone_add_country');
  await page.reload();
  await expect(stepHeading(page, VALUES)).toBeVisible();
  await expect.poll(async () => (await fileSum(page))['Prontas']).toBe(2);
  await goOn(page, REVIEW);
  await expect(importButton(page)).toHaveText(/Importar 2 contatos/);

  // Left for another page, which is no reload.
  await page.getByRole('link', { name: 'Contatos' }).click();
  await expect(page.getByRole('heading', { name: 'Contatos', exact: true })).toBeVisible();
  await page.goto(`/accounts/${account.id}/imports/new`);
  await expect(page.getByText(/^Continuar com .*clientes\.csv.* de/)).toBeVisible();
  await page
    .getByRole('group', { name: /^Continuar com/ })
    .getByRole('button', { name: 'Continuar' })
    .click();
  await expect(importButton(page)).toHaveText(/Importar 2 contatos/);
  await imported(page);

  await page.goto(`/accounts/${account.id}/imports/new`);
  await expect(stepHeading(page, 'Traga a sua planilha')).toBeVisible();
  await expect(page.getByText(/^Continuar com/)).toBeHidden();
});

test('a role that moves says so beside both columns; nothing is mapped twice', async ({ page, account }) => {
  await openWizard(page, account);
  await chooseFile(page, 'dois.csv', 'Nome;Celular;Fixo\nAna;+5511987654321;+551133334444\n');
  await expect(stepHeading(page, READ)).toBeVisible();
  await goOn(page, COLUMNS);
  await destinationOf(page, 'Fixo').selectOption({ label: 'Telefone' });
  const table = page.getByRole('table', { name: 'Colunas do arquivo' });
  await expect(table.getByText(/Telefone estava em .*Celular/)).toBeVisible();
  await expect(table.getByText(/Telefone agora vem de .*Fixo/)).toBeVisible();
  await destinationOf(page, 'Nome').selectOption({ label: 'Não importar' });
  await page.getByRole('button', { name: 'Continuar', exact: true }).click();
  await expect(page.getByText('Falta o campo Nome')).toBeFocused();
});

test('cells pasted from a spreadsheet', async ({ page, account }) => {
  await openWizard(page, account);
  await page.getByText('Colar células').click();
  await page.getByLabel('Células da planilha').fill('Nome\tWhatsApp\nAna Lima\t+55 11 98765-4321\n');
  await page.getByRole('button', { name: 'Usar estas células' }).click();
  await goToReview(page);
  await imported(page);
  expect(await contactsOf(page, account.id)).toEqual({ '+5511987654321': 'Ana Lima' });
});

test('files that cannot be read are refused in words, and another one can be chosen', async ({
  page,
  account,
}) => {
  await openWizard(page, account);
  const cases: readonly [file: string, words: RegExp][] = [
    ['xlsx/x65_password_protected.xlsx', /protegida com senha/],
    ['xlsx/x58_truncated.xlsx', /danificada ou incompleta/],
    ['wizard/w28_html_table.xls', /salve como \.xlsx/],
    ['xlsx/x52_zip_bomb_100MB.xlsx', /limite|trava/],
  ];
  for (const [file, words] of cases) {
    await chooseFile(page, file.replace(/^\w+\//, ''), corpusBytes(file));
    await expect(page.getByRole('alert').filter({ hasText: words })).toBeVisible();
  }
  await chooseFile(page, 'boa.csv', 'name,phone_number\nAna,+5511987654321\n');
  await expect(stepHeading(page, READ)).toBeVisible();
  await expect(page.getByRole('alert')).toBeHidden();
});

test('the keyboard alone, from the file to the import', async ({ page, account }) => {
  await openWizard(page, account);
  await chooseFile(page, 'clientes.csv', 'Nome;Celular\nAna;(11) 98765-4321\n');
  await expect(stepHeading(page, READ)).toBeVisible();
  await page.keyboard.press('Control+Enter');
  await expect(stepHeading(page, COLUMNS)).toBeFocused();
  await page.keyboard.press('Control+Enter');
  await expect(stepHeading(page, VALUES)).toBeFocused();
  const accept = repair(page, /^Pôr \+55 em/);
  await accept.focus();
  await page.keyboard.press('Space');
  await expect(accept).toBeChecked();
  await expect.poll(async () => (await fileSum(page))['Prontas']).toBe(1);
  await page.keyboard.press('Control+Enter');
  await expect(stepHeading(page, REVIEW)).toBeFocused();
  await expect(importButton(page)).toBeEnabled();
  await page.keyboard.press('Control+Enter');
  await expect(page.getByText(/^Importação concluída em/)).toBeVisible({ timeout: 30_000 });
});
