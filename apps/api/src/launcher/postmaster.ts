import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { isAlive } from './process-identity';

/** What PostgreSQL writes about itself into its data folder. */
interface Postmaster {
  pid: number;
  port: number;
  isReady: boolean;
}

const FILE = 'postmaster.pid';

export async function readPostmaster(cluster: string): Promise<Postmaster | null> {
  // Missing: nothing runs. Short: it is being written.
  const lines = (await readFile(join(cluster, FILE), 'utf8').catch(() => '')).split('\n');
  const pid = Number(lines[0]);
  if (!Number.isInteger(pid) || pid <= 1) return null;
  return { pid, port: Number(lines[3]), isReady: lines[7]?.trim() === 'ready' };
}

/**
 * Ends the PostgreSQL that a killed launcher left running on this data folder. When the number in the file has gone to
 * another program since, only the file is removed: PostgreSQL would take that program for itself.
 */
export async function stopOrphan(cluster: string): Promise<void> {
  const found = await readPostmaster(cluster);
  if (found === null || !isAlive(found.pid)) return;
  if (!(await isPostgresOf(found.pid, cluster))) {
    await rm(join(cluster, FILE), { force: true });
    return;
  }
  for (const [signal, waitMs] of [
    ['SIGINT', 10_000],
    ['SIGQUIT', 5_000],
    ['SIGKILL', 5_000],
  ] as const) {
    if (await endProcess(found.pid, signal, waitMs)) return;
  }
}

/** Sends the signal and waits; true when the process has ended. */
export async function endProcess(pid: number, signal: NodeJS.Signals, waitMs: number): Promise<boolean> {
  try {
    process.kill(pid, signal);
  } catch {
    // Expected: it ended by itself.
    return !isAlive(pid);
  }
  for (const end = Date.now() + waitMs; Date.now() < end; await pause(20)) {
    if (!isAlive(pid)) return true;
  }
  return false;
}

async function isPostgresOf(pid: number, cluster: string): Promise<boolean> {
  // Only Linux tells; elsewhere the number is believed, as PostgreSQL itself does.
  if (process.platform !== 'linux') return true;
  const words = (await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')).split('\0');
  return words.includes(cluster);
}
