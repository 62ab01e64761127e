import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import { StartProblem } from '../platform/start-problem';

const SHORTEST_PAUSE_MS = 250;
const LONGEST_PAUSE_MS = 30_000;
/** A process that has worked this long has shown that it can: the next pause is short again. */
const STEADY_MS = 60_000;
/** Longer than the process itself gives its last requests and batches. */
const LONGEST_STOP_MS = 25_000;

/**
 * One of our own processes, in a group of its own so that Ctrl-C reaches the launcher alone. It is started again when it
 * dies, after a pause that grows; it ends by itself when the launcher is gone.
 */
export class KeptProcess {
  private child: ChildProcess | null = null;
  private pauseMs = SHORTEST_PAUSE_MS;
  private readonly stopping = new AbortController();

  constructor(
    private readonly name: string,
    private readonly script: string,
    private readonly environment: Readonly<Record<string, string | undefined>>,
    private readonly say: (line: string) => void,
    private readonly note: (pid: number) => Promise<void>,
  ) {}

  /** Fulfilled when it works. Rejects with what it said when it ends instead. */
  async start(): Promise<void> {
    const child = fork(this.script, {
      env: { ...this.environment },
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    });
    this.child = child;
    await Promise.all([hasStarted(child, this.name), this.note(child.pid ?? 0)]);
    child.stdout?.pipe(process.stdout, { end: false });
    child.stderr?.pipe(process.stderr, { end: false });
    const began = Date.now();
    const restart = (): void => {
      if (this.stopping.signal.aborted) return;
      if (Date.now() - began > STEADY_MS) this.pauseMs = SHORTEST_PAUSE_MS;
      void this.startAgain(`ended (${child.signalCode ?? `exit code ${String(child.exitCode)}`})`);
    };
    if (hasEnded(child)) restart();
    else child.once('exit', restart);
  }

  /** Asks it to end and waits until it has. */
  async stop(): Promise<void> {
    this.stopping.abort();
    const { child } = this;
    if (child === null || hasEnded(child)) return;
    const ended = once(child, 'exit');
    child.kill('SIGTERM');
    const hurry = setTimeout(() => this.hurry(), LONGEST_STOP_MS);
    await ended;
    clearTimeout(hurry);
  }

  hurry(): void {
    this.stopping.abort();
    this.child?.kill('SIGKILL');
  }

  private async startAgain(why: string): Promise<void> {
    const { signal } = this.stopping;
    while (!signal.aborted) {
      this.say(`The ${this.name} process ${why}; it is started again in ${this.pauseMs / 1000} s.`);
      // Rejects when the launcher stops meanwhile.
      await pause(this.pauseMs, undefined, { signal }).catch(() => undefined);
      if (signal.aborted) return;
      this.pauseMs = Math.min(this.pauseMs * 2, LONGEST_PAUSE_MS);
      try {
        await this.start();
        return;
      } catch (error) {
        const said = error instanceof Error ? error.message : String(error);
        why = `did not start (${said.split('\n')[0] ?? ''})`;
      }
    }
  }
}

/** Until it works, what it writes is kept back: it is the reason when it ends instead. */
async function hasStarted(child: ChildProcess, name: string): Promise<void> {
  const words: string[] = [];
  const listen = (chunk: Buffer): void => void words.push(chunk.toString());
  child.stderr?.on('data', listen);
  const ended = new AbortController();
  child.once('exit', () => ended.abort());
  child.once('error', () => ended.abort());
  try {
    // The process says so by its one message.
    await once(child, 'message', { signal: ended.signal });
  } catch {
    // What it wrote last may arrive after its end.
    if (child.stderr?.readableEnded === false) await once(child.stderr, 'end').catch(() => undefined);
    const said = words.join('').trim();
    throw new StartProblem(said === '' ? `The ${name} process ended before it worked.` : said);
  } finally {
    child.stderr?.off('data', listen);
  }
  process.stderr.write(words.join(''));
}

function hasEnded({ pid, exitCode, signalCode }: ChildProcess): boolean {
  return pid === undefined || exitCode !== null || signalCode !== null;
}
