import type { Browser } from '@playwright/test';
import { PageMemory } from './browser';
import type {} from './page/index';
import type { Timing, Way } from './page/ways';

export interface Measurement extends Timing {
  readonly way: Way;
  /** Bytes at the peak beyond the empty page. */
  readonly memory: number;
}

/** A way that ended before it had an answer: out of memory, mostly. */
export interface Failure {
  readonly way: Way;
  readonly error: string;
}

/** One file, one way, in a page of its own with a process of its own, as for somebody who drops one file. */
export async function measure(
  browser: Browser,
  address: string,
  path: string,
  way: Way,
): Promise<Measurement | Failure> {
  const context = await browser.newContext();
  try {
    const page = await context.newPage();
    await page.goto(address);
    await page.waitForFunction(() => 'takeFile' in globalThis);
    await page.locator('input').setInputFiles(path);
    const memory = await PageMemory.start(browser);
    const crash = new Promise<never>((_, reject) => {
      page.on('crash', () => reject(new Error('the page ended: out of memory')));
    });
    const timing = await Promise.race([page.evaluate((chosen) => takeFile(chosen), way), crash]);
    return { way, ...timing, memory: await memory.peakGrowth() };
  } catch (error) {
    // Expected of a way that cannot take a file of this size: it is told in the table.
    return { way, error: String(error).split('\n')[0] ?? '' };
  } finally {
    await context.close();
  }
}
