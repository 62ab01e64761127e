import { addContacts, expect, test } from './stories';

const PEOPLE = [
  { name: 'Ana Lima', phone_number: '+5511987654321', email: 'ana@example.com' },
  { name: 'Bruno Sá', phone_number: '+5521987654322' },
  { name: 'Célia Conceição', phone_number: '+5531987654323', email: 'celia@example.com' },
];

test('the first contact: errors beside the field, the Brazilian number proposed', async ({
  page,
  account,
}) => {
  await page.goto(`/accounts/${account.id}/contacts`);
  await expect(page.getByText('Aqui ficam os contatos da sua equipe')).toBeVisible();
  await page.getByRole('button', { name: 'Adicionar contato' }).first().click();

  const dialog = page.getByRole('dialog');
  // A dialog puts the focus into its first field when it has opened, which a person sees and waits for.
  await expect(dialog.getByLabel('Nome')).toBeFocused();
  await dialog.getByLabel('Telefone').fill('(11) 98765-4321');
  await dialog.getByLabel('E-mail (opcional)').fill('ana@example');
  await dialog.getByRole('button', { name: 'Adicionar contato' }).click();
  await expect(dialog.getByText('Falta o nome.')).toBeVisible();
  await expect(dialog.getByText('O telefone não começa com +')).toBeVisible();
  await expect(dialog.getByLabel('Nome')).toBeFocused();
  await expect(dialog.getByLabel('Telefone')).toHaveAttribute('aria-invalid', 'true');

  await dialog.getByLabel('Nome').fill('Ana Lima');
  await dialog.getByRole('button', { name: 'Usar +55 11 98765-4321' }).click();
  await expect(dialog.getByLabel('Telefone')).toHaveValue('+5511987654321');
  await dialog.getByLabel('E-mail (opcional)').fill('ana@example.com');
  await dialog.getByRole('button', { name: 'Adicionar contato' }).click();

  await expect(dialog).toBeHidden();
  const row = page.getByRole('row', { name: /Ana Lima/ });
  await expect(row).toContainText('+55 11 98765-4321');
  await expect(row).toContainText('ana@example.com');
});

test('a phone that is taken is said beside the phone', async ({ page, account }) => {
  await addContacts(page, account, PEOPLE);
  await page.goto(`/accounts/${account.id}/contacts`);
  await page.getByRole('button', { name: 'Adicionar contato' }).click();
  const dialog = page.getByRole('dialog');
  await expect(dialog.getByLabel('Nome')).toBeFocused();
  await dialog.getByLabel('Nome').fill('Outra Ana');
  await dialog.getByLabel('Telefone').fill('+55 11 98765-4321');
  await dialog.getByRole('button', { name: 'Adicionar contato' }).click();
  await expect(dialog.getByText('Já existe um contato com este telefone.')).toBeVisible();
  await expect(dialog.getByLabel('Telefone')).toBeFocused();
});

test('search, filter, sort, edit and delete', async ({ page, account }) => {
  await addContacts(page, account, PEOPLE);
  await page.goto(`/accounts/${account.id}/contacts`);
  const names = page.getByRole('rowheader');
  await expect(names).toHaveText(['Ana Lima', 'Bruno Sá', 'Célia Conceição']);

  const search = page.getByRole('searchbox');
  await search.fill('(21) 98765-4322');
  await expect(names).toHaveText(['Bruno Sá']);
  await search.fill('conceicao');
  await expect(names).toHaveText(['Célia Conceição']);
  await search.fill('ninguém');
  await expect(page.getByText('Nenhum contato encontrado')).toBeVisible();
  await page.getByRole('button', { name: 'Limpar filtros' }).first().click();
  await expect(names).toHaveCount(3);
  await expect(search).toHaveValue('');

  await page.getByLabel('E-mail', { exact: true }).selectOption({ label: 'Sem e-mail' });
  await expect(names).toHaveText(['Bruno Sá']);
  await expect(page).toHaveURL(/email=without/);
  await page.getByLabel('E-mail', { exact: true }).selectOption({ label: 'Todos' });

  await page.getByRole('button', { name: 'Telefone' }).click();
  await page.getByRole('button', { name: 'Telefone' }).click();
  await expect(names).toHaveText(['Célia Conceição', 'Bruno Sá', 'Ana Lima']);
  await expect(page.getByRole('columnheader', { name: 'Telefone' })).toHaveAttribute(
    'aria-sort',
    'descending',
  );

  await page.getByRole('button', { name: 'Editar Bruno Sá' }).click();
  const name = page.getByRole('dialog').getByLabel('Nome');
  await expect(name).toBeFocused();
  await name.fill('Bruno de Sá');
  await page.getByRole('button', { name: 'Salvar' }).click();
  await expect(page.getByRole('rowheader', { name: 'Bruno de Sá' })).toBeVisible();

  await page.getByRole('button', { name: 'Excluir Ana Lima' }).click();
  const question = page.getByRole('alertdialog', { name: 'Excluir este contato?' });
  await expect(question.getByRole('button', { name: 'Cancelar' })).toBeFocused();
  await question.getByRole('button', { name: 'Excluir contato' }).click();
  await expect(names).toHaveText(['Célia Conceição', 'Bruno de Sá']);
});

test('what is searched for stays out of addresses, through reload and back', async ({ page, account }) => {
  await addContacts(page, account, PEOPLE);
  const addresses: string[] = [];
  page.on('request', (request) => addresses.push(request.url()));
  await page.goto(`/accounts/${account.id}/contacts`);
  const names = page.getByRole('rowheader');
  const search = page.getByRole('searchbox');
  await search.fill('conceicao');
  await expect(names).toHaveText(['Célia Conceição']);
  await page.reload();
  await expect(search).toHaveValue('conceicao');
  await expect(names).toHaveText(['Célia Conceição']);
  await page.goto(`/accounts/${account.id}/exports`);
  await page.goBack();
  await expect(search).toHaveValue('conceicao');
  await expect(names).toHaveText(['Célia Conceição']);
  expect([page.url(), ...addresses].filter((address) => address.includes('conceicao'))).toEqual([]);
});

test('paging keeps its place in the address', async ({ page, account }) => {
  const many = Array.from({ length: 27 }, (_, index) => ({
    name: `Contato ${String(index).padStart(2, '0')}`,
    phone_number: `+55119876500${String(index).padStart(2, '0')}`,
  }));
  await addContacts(page, account, many);
  await page.goto(`/accounts/${account.id}/contacts`);
  await expect(page.getByText('1–25 de 27')).toBeVisible();
  await page.getByRole('button', { name: 'Próxima página' }).click();
  await expect(page.getByText('26–27 de 27')).toBeVisible();
  await page.reload();
  await expect(page.getByRole('rowheader')).toHaveText(['Contato 25', 'Contato 26']);
});
