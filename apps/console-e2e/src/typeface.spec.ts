import type { Page } from '@playwright/test';
import { addContacts, expect, test } from './stories';

const FONT = /\/fonts\/figtree-[\d.]+\/figtree-latin-wght-normal\.woff2$/;
const FAMILY = /^Figtree\b/;

/** What is not drawn with the console's typeface: the font, and the element whose text it draws. */
async function drawnOtherwise(page: Page): Promise<string[]> {
  await page.evaluate(() => document.fonts.ready);
  const session = await page.context().newCDPSession(page);
  await session.send('DOM.enable');
  await session.send('CSS.enable');
  const { root } = await session.send('DOM.getDocument', { depth: 0 });
  const { nodeIds } = await session.send('DOM.querySelectorAll', { nodeId: root.nodeId, selector: 'body *' });
  const found: string[] = [];
  for (const nodeId of nodeIds) {
    const { fonts } = await session.send('CSS.getPlatformFontsForNode', { nodeId });
    const others = fonts.filter(({ familyName, isCustomFont }) => !isCustomFont || !FAMILY.test(familyName));
    if (others.length === 0) continue;
    const { outerHTML } = await session.send('DOM.getOuterHTML', { nodeId });
    found.push(...others.map(({ familyName }) => `${familyName}: ${outerHTML}`));
  }
  await session.detach();
  return found;
}

test('every text is drawn with the typeface that the console brings', async ({ page, account }) => {
  await addContacts(page, account, [
    { name: 'Ana Conceição', phone_number: '+5511987654321', email: 'ana@example.com' },
  ]);
  for (const path of ['contacts', 'imports', 'imports/new', 'exports', 'settings']) {
    await page.goto(`/accounts/${account.id}/${path}`);
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
    expect.soft(await drawnOtherwise(page), path).toEqual([]);
  }
});

test('the typeface is loaded once, early, and kept for good', async ({ page, account }) => {
  const asked: string[] = [];
  page.on('request', (request) => asked.push(new URL(request.url()).pathname));
  const response = page.waitForResponse((answer) => FONT.test(answer.url()));
  await page.goto(`/accounts/${account.id}/contacts`);
  const font = await response;
  expect(font.status()).toBe(200);
  expect(font.headers()).toMatchObject({
    'content-type': 'font/woff2',
    'cache-control': 'public, max-age=31536000, immutable',
  });
  await page.evaluate(() => document.fonts.ready);
  expect(asked.filter((path) => FONT.test(path))).toHaveLength(1);
  const preload = await page.locator('link[rel=preload][as=font]').getAttribute('href');
  expect(preload).toBe(new URL(font.url()).pathname);
  const license = await page.request.get(String(preload).replace(/[^/]+$/, 'LICENSE'));
  expect(await license.text()).toContain('SIL Open Font License');
});
