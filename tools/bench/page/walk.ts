import { expect, type Browser, type Page } from '@playwright/test';
import { PageMemory } from '../wizard/browser';
import { ADMINISTRATOR } from './product';

/** One file's way through the wizard's page, as somebody sees it. */
export interface Walk {
  /** From choosing the file to what was understood of it. */
  readonly understood: number;
  /** From going on to the values to their sum. */
  readonly reviewed: number;
  /** From accepting all repairs to the new sum. */
  readonly repaired: number;
  /** Tasks of the page's main thread over 50 ms, by Chromium's own count, since the file was chosen. */
  readonly longTasks: readonly number[];
  /** Bytes by which the page's process, with its worker, grew at its peak. */
  readonly memory: number;
}

const LONG_MS = 180_000;

declare global {
  var longTasks: { start: number; duration: number }[];
}

/** Walks in a context of its own: a fresh process, nothing kept from before. Throws when not all `contacts` are ready. */
export async function walkThrough(
  browser: Browser,
  address: string,
  path: string,
  contacts: number,
): Promise<Walk> {
  const context = await browser.newContext({ baseURL: address, locale: 'pt-BR' });
  try {
    await context.request.post('/api/v1/auth/sign_in', { data: ADMINISTRATOR });
    const account = await context.request.post('/api/v1/accounts', { data: { name: 'Medidas' } });
    const { id } = (await account.json()) as { id: number };
    const page = await context.newPage();
    await page.addInitScript(watchLongTasks);
    await page.goto(`/accounts/${id}/imports/new`);
    await heading(page, 'Traga a sua planilha');
    await page.waitForLoadState('networkidle');
    return await walk(browser, page, path, contacts);
  } finally {
    await context.close();
  }
}

async function walk(browser: Browser, page: Page, path: string, contacts: number): Promise<Walk> {
  const memory = await PageMemory.start(browser);
  const from = await page.evaluate(() => performance.now());
  const goOn = page.getByRole('button', { name: 'Continuar', exact: true });
  const understood = await timed(async () => {
    await page.getByLabel(/^Escolher uma planilha/).setInputFiles(path);
    await heading(page, 'Foi isto que entendemos');
  });
  await goOn.click();
  await heading(page, 'O que é cada coluna');
  const reviewed = await timed(async () => {
    await goOn.click();
    await heading(page, 'Acerte os valores');
    await sumOf(page).locator('dd').first().waitFor({ timeout: LONG_MS });
  });
  const repaired = await timed(async () => {
    await page.getByRole('button', { name: 'Aceitar todos os consertos' }).click();
    await expect.poll(() => readReady(page), { timeout: LONG_MS, intervals: [25] }).toBe(contacts);
  });
  const longTasks = await page.evaluate(
    (start) => globalThis.longTasks.filter((task) => task.start >= start).map(({ duration }) => duration),
    from,
  );
  return {
    understood,
    reviewed,
    repaired,
    longTasks,
    memory: await memory.peakGrowth(),
  };
}

function watchLongTasks(): void {
  globalThis.longTasks = [];
  new PerformanceObserver((list) => {
    for (const { startTime, duration } of list.getEntries())
      globalThis.longTasks.push({ start: startTime, duration });
  }).observe({ type: 'longtask', buffered: true });
}

async function timed(work: () => Promise<void>): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

const heading = (page: Page, name: string) =>
  page.getByRole('heading', { name, level: 2 }).waitFor({ timeout: LONG_MS });

const sumOf = (page: Page) => page.getByRole('region', { name: 'Soma das linhas do arquivo', exact: true });

async function readReady(page: Page): Promise<number> {
  const names = await sumOf(page).locator('dt').allInnerTexts();
  const values = await sumOf(page).locator('dd').allInnerTexts();
  const at = names.findIndex((name) => name.trim() === 'Prontas');
  return Number(values[at]?.replaceAll('.', ''));
}
