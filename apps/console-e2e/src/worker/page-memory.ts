import type { Browser } from '@playwright/test';
import { readFileSync, writeFileSync } from 'node:fs';

/**
 * Does something and answers by how many bytes the page's process grew at its peak. The process holds the page and its
 * workers, so that this is the most that the worker can have needed. Linux tells it.
 */
export async function peakGrowth(browser: Browser, work: () => Promise<void>): Promise<number> {
  const session = await browser.newBrowserCDPSession();
  const pages = async () => {
    const { processInfo } = await session.send('SystemInfo.getProcessInfo');
    return processInfo.filter(({ type }) => type === 'renderer').map(({ id }) => id);
  };
  const before = new Map<number, number>();
  for (const pid of await pages()) {
    // Forgets the peak of what was done before.
    writeFileSync(`/proc/${pid}/clear_refs`, '5');
    before.set(pid, statusBytes(pid, 'VmRSS'));
  }
  await work();
  const growths = (await pages()).map((pid) => statusBytes(pid, 'VmHWM') - (before.get(pid) ?? 0));
  await session.detach();
  return Math.max(0, ...growths);
}

function statusBytes(pid: number, name: string): number {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  return Number(new RegExp(`^${name}:\\s+(\\d+) kB`, 'm').exec(status)?.[1] ?? 0) * 1024;
}
