import { readdirSync, readFileSync } from 'node:fs';

/** The kernel counts processor time in hundredths of a second on every platform that Node runs on with /proc. */
const TICKS = 100;

/** The most memory that a process ever held, in bytes. */
export function peakBytes(pid: number): number {
  return kilobytes(pid, 'VmHWM');
}

/** The memory that a process holds now, in bytes. */
export function presentBytes(pid: number): number {
  return kilobytes(pid, 'VmRSS');
}

function kilobytes(pid: number, field: string): number {
  const value = new RegExp(`^${field}:\\s+(\\d+) kB$`, 'm').exec(
    readFileSync(`/proc/${pid}/status`, 'utf8'),
  )?.[1];
  if (value === undefined) throw new Error(`Process ${pid} does not tell its ${field}.`);
  return Number(value) * 1024;
}

/** Processor seconds of a process so far, in its own code and in the kernel. */
export function cpuSeconds(pid: number): number {
  return times(pid).own;
}

/** Processor seconds of a process and all its children, those that have ended too. */
export function familyCpuSeconds(pid: number): number {
  const { own, ended } = times(pid);
  return childrenOf(pid).reduce((sum, child) => sum + cpuSeconds(child), own + ended);
}

function times(pid: number): { own: number; ended: number } {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The name, in brackets, may hold anything; the fields behind it are numbers, of which the first is the third of all.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    const seconds = (field: number) => Number(fields[field - 3]) / TICKS;
    return { own: seconds(14) + seconds(15), ended: seconds(16) + seconds(17) };
  } catch {
    // It ended between the list and the look: its parent counts it now.
    return { own: 0, ended: 0 };
  }
}

function childrenOf(pid: number): number[] {
  return readdirSync(`/proc/${pid}/task`).flatMap((task) =>
    readFileSync(`/proc/${pid}/task/${task}/children`, 'utf8').split(' ').filter(Boolean).map(Number),
  );
}
