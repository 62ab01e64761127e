import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { expect } from './stories';

/** Both themes and both layouts; a colour does not depend on the width. */
const LOOKS = [
  { name: 'light, 1440 px', colorScheme: 'light', width: 1440 },
  { name: 'dark, 390 px', colorScheme: 'dark', width: 390 },
] as const;

type Look = (typeof LOOKS)[number];

const WCAG = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];

/**
 * Until nothing moves or fades any more: half a fade has colours that nobody reads. What never ends may go on. Two frames
 * first, in which the page answers to its new size and theme.
 */
async function settle(page: Page): Promise<void> {
  await page.evaluate(
    () => new Promise<number>((done) => requestAnimationFrame(() => requestAnimationFrame(done))),
  );
  await page.waitForFunction(() =>
    document
      .getAnimations()
      .every(
        ({ playState, effect }) =>
          playState !== 'running' || effect?.getComputedTiming().endTime === Infinity,
      ),
  );
}

const isGrave = (impact: unknown) => impact === 'serious' || impact === 'critical';

/** What is wrong with the page as it is now. */
async function violationsOf(page: Page): Promise<string[]> {
  // Put into the document once; and in the page itself, for another tab would take the focus away.
  const isThere = await page.evaluate(() => 'axe' in window);
  const axe = new AxeBuilder({ page, ...(isThere ? { axeSource: ';' } : {}) }).setLegacyMode();
  const { violations } = await axe
    .options({
      resultTypes: ['violations'],
      runOnly: { type: 'tag', values: [...WCAG, 'best-practice'] },
    })
    .analyze();
  return violations
    .filter(({ tags, impact }) => !tags.includes('best-practice') || isGrave(impact))
    .map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' | ')}`);
}

/** How far the widest thing sticks out at the side. */
async function overflowOf(page: Page): Promise<number> {
  return page.evaluate(() => {
    const boxes = [
      document.documentElement,
      ...Array.from(document.querySelectorAll('mat-dialog-content, mat-sidenav')),
    ];
    return Math.max(...boxes.map(({ scrollWidth, clientWidth }) => scrollWidth - clientWidth));
  });
}

async function checkLook(page: Page, state: string, { name, colorScheme, width }: Look): Promise<void> {
  await page.emulateMedia({ colorScheme });
  await page.setViewportSize({ width, height: 900 });
  await settle(page);
  expect.soft(await violationsOf(page), `${state}, ${name}`).toEqual([]);
}

/** WCAG 2.2 AA of a state in both looks, and nothing that scrolls sideways on the narrowest phone. */
export async function check(page: Page, state: string): Promise<void> {
  for (const look of LOOKS) await checkLook(page, state, look);
  await page.setViewportSize({ width: 360, height: 800 });
  await settle(page);
  expect.soft(await overflowOf(page), `${state} scrolls sideways at 360 px`).toBeLessThanOrEqual(0);
  await backToDesktop(page);
}

/** The same for what opens on phones alone, and closes with Escape. */
export async function checkOnPhone(page: Page, state: string, open: () => Promise<void>): Promise<void> {
  const [, phone] = LOOKS;
  await page.setViewportSize({ width: phone.width, height: 900 });
  await open();
  await checkLook(page, state, phone);
  await page.keyboard.press('Escape');
  await settle(page);
  await backToDesktop(page);
}

/** Only when the menu stands beside the page again is everything where the next click will look for it. */
async function backToDesktop(page: Page): Promise<void> {
  await page.setViewportSize({ width: 1440, height: 900 });
  await settle(page);
}
