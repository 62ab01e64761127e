import { readFileSync } from 'node:fs';

/** Whether a process with this number runs. One that has ended and is not yet collected by its parent does not. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EPERM')) return false;
  }
  // In a container nobody may collect the children of a killed process: they stay listed as zombies.
  return statusOf(pid)?.[0] !== 'Z';
}

/**
 * When the process began, in the system's own unit; null where that cannot be told. With the number it names a process
 * for good: numbers come back.
 */
export function startOf(pid: number): string | null {
  return statusOf(pid)?.[19] ?? null;
}

/** The fields of `/proc/<pid>/stat` from the third on; null where there is no such file. */
function statusOf(pid: number): string[] | null {
  try {
    const line = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The name in parentheses may hold anything; what follows it does not.
    return line.slice(line.lastIndexOf(')') + 2).split(' ');
  } catch {
    // Expected outside Linux and for a process that has ended.
    return null;
  }
}
