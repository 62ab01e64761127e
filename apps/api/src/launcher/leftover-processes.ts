import { appendFile, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { endProcess } from './postmaster';
import { isAlive, startOf } from './process-identity';

const FILE = 'processes';

/** Writes down a process that was started, so that the next launcher knows it when this one is killed. */
export async function noteProcess(directory: string, pid: number): Promise<void> {
  await appendFile(join(directory, FILE), `${pid} ${startOf(pid) ?? ''}\n`, { mode: 0o600 });
}

/**
 * Ends what a killed launcher left behind. Its processes go by themselves, but one that is in the middle of its work
 * takes its time and keeps the port meanwhile.
 */
export async function endLeftovers(directory: string): Promise<void> {
  // Missing: the first start, or the last one ended in order.
  const lines = (await readFile(join(directory, FILE), 'utf8').catch(() => '')).split('\n');
  const left = lines.map((line) => line.split(' ')).filter(([pid, start]) => isSame(Number(pid), start));
  await Promise.all(left.map(([pid]) => end(Number(pid))));
  await forgetProcesses(directory);
}

export async function forgetProcesses(directory: string): Promise<void> {
  await rm(join(directory, FILE), { force: true });
}

/** Where the moment of birth cannot be told, the number alone is not enough to end somebody. */
function isSame(pid: number, start: string | undefined): boolean {
  return pid > 1 && start !== undefined && start !== '' && isAlive(pid) && startOf(pid) === start;
}

async function end(pid: number): Promise<void> {
  if (!(await endProcess(pid, 'SIGTERM', 5_000))) await endProcess(pid, 'SIGKILL', 5_000);
}
