import { chromium, type Browser, type CDPSession } from '@playwright/test';
import { readFileSync } from 'node:fs';

/** Chromium as the end-to-end tests start it. */
export function startBrowser(): Promise<Browser> {
  return chromium.launch({
    executablePath: process.env['PONTE_CHROMIUM'] ?? '/usr/bin/chromium',
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
}

/**
 * The memory of the browser's page processes, from Linux. A page's process holds its workers too, so that the growth of
 * the peak over what the empty page took is the most that the work can have needed.
 */
export class PageMemory {
  private readonly before = new Map<number, number>();

  private constructor(private readonly session: CDPSession) {}

  /** Call it when the page is loaded and before the work. */
  static async start(browser: Browser): Promise<PageMemory> {
    const memory = new PageMemory(await browser.newBrowserCDPSession());
    for (const pid of await memory.pages()) memory.before.set(pid, statusBytes(pid, 'VmRSS'));
    return memory;
  }

  /** Bytes by which the largest page process has grown at its peak. */
  async peakGrowth(): Promise<number> {
    const growths = (await this.pages()).map(
      (pid) => statusBytes(pid, 'VmHWM') - (this.before.get(pid) ?? 0),
    );
    await this.session.detach();
    return Math.max(0, ...growths);
  }

  private async pages(): Promise<number[]> {
    const { processInfo } = await this.session.send('SystemInfo.getProcessInfo');
    return processInfo.filter(({ type }) => type === 'renderer').map(({ id }) => id);
  }
}

function statusBytes(pid: number, name: string): number {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  return Number(new RegExp(`^${name}:\\s+(\\d+) kB`, 'm').exec(status)?.[1] ?? 0) * 1024;
}
