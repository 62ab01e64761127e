import { addContacts, expect, test } from './stories';

test('an agent works with contacts, and neither imports nor exports', async ({
  page,
  agentPage,
  account,
}) => {
  await addContacts(page, account, [{ name: 'Ana Lima', phone_number: '+5511987654321' }]);
  await agentPage.goto(`/accounts/${account.id}/contacts`);
  await expect(agentPage.getByRole('rowheader', { name: 'Ana Lima' })).toBeVisible();

  const navigation = agentPage.getByRole('navigation', { name: 'Menu principal' });
  await expect(navigation.getByRole('link')).toHaveText(['Contatos', 'Membros', 'Tokens de acesso']);
  await expect(agentPage.getByRole('button', { name: 'Editar Ana Lima' })).toBeVisible();
  await expect(agentPage.getByRole('button', { name: 'Excluir Ana Lima' })).toBeHidden();
  await expect(agentPage.getByRole('button', { name: /Exportar/ })).toBeHidden();

  const settings = ['settings/audit', 'settings/privacy', 'settings/account'];
  for (const path of ['imports', 'imports/new', 'imports/1', 'exports', ...settings]) {
    await agentPage.goto(`/accounts/${account.id}/${path}`);
    await expect(agentPage.getByText('Seu papel nesta conta não permite abrir esta página')).toBeVisible();
    await expect(agentPage).toHaveURL(new RegExp(`/${path}$`));
  }

  const url = `/api/v1/accounts/${account.id}`;
  expect((await agentPage.request.get(`${url}/imports`)).status()).toBe(403);
  expect((await agentPage.request.get(`${url}/exports`)).status()).toBe(403);
  expect((await agentPage.request.post(`${url}/exports`, { data: {} })).status()).toBe(403);
  const file = {
    name: 'a.csv',
    mimeType: 'text/csv',
    buffer: Buffer.from('name,phone_number\nA,+5511987654322\n'),
  };
  expect((await agentPage.request.post(`${url}/imports`, { multipart: { file } })).status()).toBe(403);
  expect((await agentPage.request.post(`${url}/imports/dry_run`, { multipart: { file } })).status()).toBe(
    403,
  );
  expect((await agentPage.request.delete(`${url}/imports/1`)).status()).toBe(403);
  expect((await agentPage.request.delete(`${url}/exports/1`)).status()).toBe(403);
  expect((await agentPage.request.get(`${url}/audit_events`)).status()).toBe(403);
  expect((await agentPage.request.get(`${url}/erasures`)).status()).toBe(403);
  const header = { header: ['Nome', 'Celular'] };
  expect((await agentPage.request.post(`${url}/import_mappings/find`, { data: header })).status()).toBe(403);
});

test("an agent reads the members and changes none; somebody else's account is not there", async ({
  agentPage,
  account,
}) => {
  await agentPage.goto(`/accounts/${account.id}/settings/members`);
  await expect(agentPage.getByRole('rowheader')).toHaveCount(2);
  await expect(agentPage.getByRole('button', { name: 'Convidar pessoa' })).toBeHidden();
  await expect(agentPage.getByRole('combobox')).toHaveCount(0);

  await agentPage.goto('/accounts/999999/contacts');
  await expect(agentPage.getByText('Não há nada neste endereço')).toBeVisible();
});
