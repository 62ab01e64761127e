import { open, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { StartProblem } from '../platform/start-problem';
import { isAlive, startOf } from './process-identity';

/**
 * One launcher for each data directory. Throws `StartProblem` when another one works there; the lock of one that was
 * killed is taken over. The answer gives it back.
 */
export async function lockDirectory(directory: string): Promise<() => Promise<void>> {
  const path = join(directory, 'launcher.lock');
  const own = `${process.pid} ${startOf(process.pid) ?? ''}`;
  for (;;) {
    if (await create(path, own)) return () => rm(path, { force: true });
    const holder = await readFile(path, 'utf8').catch(() => null);
    if (holder === null) continue;
    const [pid, start] = holder.split(' ');
    if (isRunning(Number(pid), start ?? '')) {
      throw new StartProblem(
        `Ponte already runs on ${directory} (process ${pid ?? '?'}): stop it, or set PONTE_DATA_DIR to another folder.`,
      );
    }
    await rename(path, `${path}.stale`).catch(() => undefined);
    // Two launchers may find the same dead lock: whoever renames last must not take what the other has just made.
    if ((await readFile(`${path}.stale`, 'utf8').catch(() => holder)) !== holder) {
      await rename(`${path}.stale`, path).catch(() => undefined);
    }
    await rm(`${path}.stale`, { force: true });
    await pause(20);
  }
}

async function create(path: string, content: string): Promise<boolean> {
  try {
    const file = await open(path, 'wx', 0o600);
    await file.writeFile(content);
    await file.close();
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false;
    throw error;
  }
}

function isRunning(pid: number, start: string): boolean {
  if (!Number.isInteger(pid) || pid <= 1 || pid === process.pid || !isAlive(pid)) return false;
  // Numbers come back; a number with its moment of birth does not.
  return start === '' || startOf(pid) === start;
}
