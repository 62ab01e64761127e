import type { Page } from '@playwright/test';
import { type ImportView, LOCALES } from '@ponte/contracts';
import { check } from './accessible';
import { test } from './speaking';
import { addContacts, expect } from './stories';

/** The row of the table that is about this column of the file. */
const rowOf = (page: Page, column: string) =>
  page.getByRole('row').filter({ has: page.getByRole('rowheader', { name: column }) });

/** The server's own answer, changed in one way: a state that stays while somebody looks at it for a minute. */
async function pretend(page: Page, change: (run: ImportView) => Partial<ImportView>): Promise<void> {
  const path = `/api/v1${new URL(page.url()).pathname}`;
  await page.route(`**${path}/events`, (route) => route.abort());
  await page.route(`**${path}`, async (route) => {
    const run = (await (await route.fetch()).json()) as ImportView;
    await route.fulfill({ json: { ...run, ...change(run) } });
  });
  await page.reload();
}

/** Requests wait until the answer is called. */
async function hold(page: Page, url: string): Promise<() => void> {
  let release = () => {};
  const released = new Promise<void>((done) => (release = done));
  await page.route(url, async (route) => {
    await released;
    await route.continue();
  });
  return () => release();
}

for (const locale of LOCALES) {
  test.describe(locale, () => {
    test.use({ locale });
    test.describe.configure({ timeout: 180_000 });

    test('the file', async ({ page, wizard, words: { t, like } }) => {
      const release = await hold(page, '**/worker-*.js');
      await wizard.open();
      await check(page, 'the empty wizard');
      await wizard.choose('contatos.csv', 'Nome;Celular\nAna;+5511987654321\n');
      await expect(page.getByRole('progressbar', { name: t('wizard_file.progress') })).toBeVisible();
      await check(page, 'a file being read');
      release();
      await wizard.isAt('file_read');
      await wizard.startOver();
      await page.getByText(t('wizard_file.paste.title'), { exact: true }).click();
      await page.getByRole('button', { name: t('wizard_file.paste.take') }).click();
      await expect(page.getByText(t('wizard_file.paste.missed'))).toBeVisible();
      await wizard.goOn();
      await expect(page.getByText(t('wizard_file.missed'))).toBeVisible();
      await check(page, 'the paste area, and nothing brought');
      await wizard.chooseFromCorpus('xlsx/x65_password_protected.xlsx');
      await expect(page.getByText(t('table_problems.password_protected'))).toBeVisible();
      await check(page, 'a refused file');
      await wizard.chooseFromCorpus('wizard/w01_1252_semicolon.csv');
      await wizard.isAt('file_read');
      await page.getByRole('button', { name: t('wizard_file.change'), exact: true }).click();
      await expect(page.getByText(t('wizard_file.options.encoding'))).toBeVisible();
      await check(page, 'how a CSV is read');
      await wizard.chooseFromCorpus('xlsx/x18_two_visible_sheets.xlsx');
      await expect(page.getByLabel(t('wizard_file.options.sheet'), { exact: true })).toBeVisible();
      await check(page, 'how a workbook is read');

      await page.getByRole('link', { name: t('contacts.title') }).click();
      await expect(page.getByRole('heading', { name: t('contacts.title'), exact: true })).toBeVisible();
      await wizard.open();
      await expect(page.getByRole('group', { name: like('wizard_draft.question') })).toBeVisible();
      await check(page, 'the work of an earlier visit');
    });

    test('the columns', async ({ page, wizard, words: { t } }) => {
      await wizard.open();
      const cells = 'Ana Lima;+5511987654321;+551133334444;ana@example.com;;10;São Paulo';
      await wizard.bring(
        'colunas.csv',
        ['Nome completo;Celular;Fixo;E-mail;Vazia;Idade;', cells, 'Bia;+5511987654322;;;;;Niterói'],
        'columns',
      );
      await check(page, 'columns with their guesses');
      await rowOf(page, 'Fixo').getByRole('combobox').selectOption('phone_number');
      await expect(
        rowOf(page, 'Celular').getByRole('button', { name: t('wizard_columns.undo') }),
      ).toBeVisible();
      await rowOf(page, 'Nome completo').getByRole('combobox').selectOption('');
      await page
        .getByRole('button', { name: t('wizard_columns.add_default') })
        .last()
        .click();
      await page.getByLabel(t('wizard_columns.default')).fill('ana@');
      await page.keyboard.press('Tab');
      await expect(page.getByText(t('rejections.email_invalid'))).toBeVisible();
      await page
        .getByRole('button', { name: t('wizard_columns.add_default') })
        .last()
        .click();
      await wizard.goOn();
      await expect(page.getByText(t('wizard_columns.missing', { field: t('fields.name') }))).toBeFocused();
      await check(page, 'a moved role, a missing field, two defaults and an error');

      const titles = Array.from({ length: 60 }, (_, at) => `Pergunta ${at + 1}`).join(';');
      await wizard.startOver();
      await wizard.bring('larga.csv', [`Nome;Celular;${titles}`, 'Ana;+5511987654321'], 'columns');
      await page.getByLabel(t('wizard_columns.search')).fill('Pergunta');
      await check(page, 'many columns');
    });

    test('the values', async ({ page, wizard, words: { t, like } }) => {
      await wizard.open();
      await wizard.chooseFromCorpus('wizard/w18_brazilian_phone_mess.csv');
      await wizard.goOnTo('values');
      const repair = (code: string) => page.getByRole('switch', { name: like(`repairs.${code}.title`) });
      await expect(repair('phone_add_country')).toBeVisible();
      await check(page, 'values, nothing accepted');

      await repair('phone_add_country').click();
      await expect(repair('phone_add_country')).toBeChecked();
      await page.getByLabel(t('wizard_values.area_code.label')).fill('1');
      await page.getByRole('button', { name: t('wizard_values.area_code.use_blank') }).click();
      await expect(page.getByText(t('wizard_values.area_code.wrong'))).toBeVisible();
      await expect(page.getByRole('region', { name: t('wizard_values.duplicates.title') })).toBeVisible();
      await check(page, 'values, one repair accepted, a wrong area code');

      // By value, begun to be replaced; and row by row, a cell being edited.
      const fold = (text: string) => page.getByRole('button', { name: text });
      await fold(t('rejections.phone_invalid')).click();
      const value = page.getByRole('list', { name: t('wizard_values.problems.values') }).getByRole('textbox');
      await value.first().fill('+5511987654329');
      await fold(t('rejections.phone_missing')).click();
      const cell = page.getByRole('grid').getByRole('gridcell').nth(1);
      await cell.focus();
      await page.keyboard.press('F2');
      await expect(cell.getByRole('textbox')).toBeFocused();
      await check(page, 'problems by value and row by row');
      await expect(cell.getByRole('textbox')).toBeFocused();
      await page.keyboard.press('Escape');

      await value.first().press('Enter');
      await expect(page.getByRole('region', { name: t('wizard_values.edits.title') })).toBeVisible();
      await fold(t('wizard_values.duplicates.groups')).click();
      await fold(t('wizard_values.rows.text')).click();
      await page.getByRole('textbox', { name: t('wizard_values.replace.find'), exact: true }).fill('9');
      await expect(page.getByText(like('wizard_values.replace.found'))).toBeVisible();
      await expect(
        page.getByRole('combobox', { name: like('wizard_values.duplicates.policy_of') }).first(),
      ).toBeVisible();
      await expect(page.getByRole('grid')).toHaveCount(2);
      await check(page, 'duplicates, all rows, find and replace, edits');
    });

    test('values without a problem, and without a row', async ({ page, wizard, words: { t, like } }) => {
      await wizard.open();
      await wizard.bring('boa.csv', ['Nome;Celular', 'Ana;+5511987654321'], 'values');
      await expect(page.getByText(like('wizard_values.nothing'))).toBeVisible();
      await check(page, 'nothing to mend');
      await wizard.startOver();
      await wizard.bring('ruim.csv', ['Nome;Celular', 'Ana;12'], 'values');
      await page.getByRole('button', { name: t('rejections.phone_invalid') }).click();
      await page.getByLabel(t('wizard_values.problems.by_row')).check();
      await page.getByRole('button', { name: like('wizard_values.rows.leave_out_line') }).click();
      await expect(page.getByText(t('wizard_values.none_left'))).toBeVisible();
      await check(page, 'no row left');
    });

    test('the review and the import', async ({ page, account, wizard, words: { t, like } }) => {
      const imports = `/accounts/${account.id}/imports`;
      await page.goto(imports);
      await expect(page.getByText(t('imports.empty.heading'))).toBeVisible();
      await check(page, 'no imports yet');
      await addContacts(page, account, [
        { name: 'Ana', phone_number: '+5511987654321', email: 'ana@example.com' },
      ]);
      const rows = [
        'Nome;Celular;E-mail;Fixo;Cidade',
        'Ana Lima;+5511987654321;;;São Paulo',
        'Bia;+5511987654322;bia@example.com;;Niterói',
        'Caio;12;x;;Ouro Preto',
        ';;;;Recife',
      ];
      const name = 'um-arquivo-com-um-nome-muito-comprido-que-nao-cabe-em-um-telefone.csv';
      await wizard.open();
      await wizard.bring(name, rows, 'columns');
      // Other than the guess, so that the account has something to remember.
      await rowOf(page, 'E-mail').getByRole('combobox').selectOption('');
      await wizard.goOn();
      await wizard.isAt('values');
      const release = await hold(page, '**/imports/dry_run');
      await wizard.goOn();
      await wizard.isAt('review');
      await expect(
        page.getByRole('progressbar', { name: t('wizard_review.working.checking') }),
      ).toBeVisible();
      await check(page, 'the review, being made');
      release();
      const send = page.getByRole('button', { name: like('wizard_review.send.import') });
      await expect(send).toBeVisible({ timeout: 30_000 });
      await page.getByRole('button', { name: t('wizard_review.clean.download') }).click();
      await expect(page.getByText(like('wizard_review.download.done'))).toBeVisible();
      await check(page, 'the review, with changes and rejected rows');

      const uploads = `**/api/v1${imports}`;
      await page.route(uploads, (route) => route.abort());
      await send.click();
      await expect(page.getByText(t('problems.network'))).toBeVisible();
      await check(page, 'a sending that broke off');
      await page.unroute(uploads);
      await page.route(uploads, () => undefined);
      await page.getByRole('button', { name: t('actions.retry') }).click();
      await expect(page.getByRole('button', { name: t('wizard_review.send.stop') })).toBeVisible();
      await check(page, 'a file being sent');
      await page.getByRole('button', { name: t('wizard_review.send.stop') }).click();
      await expect(page.getByText(t('wizard_review.send.stopped'))).toBeVisible();
      await page.unroute(uploads);

      await send.click();
      await expect(page).toHaveURL(/\/imports\/\d+$/);
      const importUrl = page.url();
      await expect(page.getByText(like('import.finished_with_rejected'))).toBeVisible({ timeout: 30_000 });
      await expect(page.getByRole('table')).toBeVisible();
      await check(page, 'an import with rejected rows');
      await page.goto(imports);
      await expect(page.getByRole('row')).toHaveCount(2);
      await check(page, 'imports');
      await wizard.open();
      await wizard.bring(name, rows, 'columns');
      await expect(page.getByText(t('wizard_columns.remembered.on'))).toBeVisible();
      await check(page, 'columns as they were the last time');

      await page.goto(importUrl);
      await expect(page.getByRole('table')).toBeVisible();
      await pretend(page, ({ rows }) => ({
        state: 'running',
        rows: { ...rows, total: 2 * rows.done },
        rows_per_second: 4200,
        seconds_left: 65,
      }));
      await expect(page.getByText(t('import.speed'))).toBeVisible();
      await check(page, 'a running import');
      await page.unrouteAll();
      await pretend(page, () => ({ state: 'failed', error: { code: 'run_gave_up', params: {} } }));
      await expect(page.getByText(t('failures.run_gave_up'))).toBeVisible();
      await check(page, 'an import that stopped');
    });
  });
}
