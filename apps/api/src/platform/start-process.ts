import { setFlagsFromString } from 'node:v8';
import { ConfigProblem, type Config } from './config/config';
import { readEnvironment } from './config/read-environment';
import { migrate } from './database/migrate';
import { isPassing } from './database/retry';
import { assertRedis } from './queue/queue.module';
import { StartProblem } from './start-problem';

/**
 * How much the old part of the heap may grow, in per cent of what is alive, before V8 looks for garbage. It would let it
 * grow to four times that: 100 MB more in a worker that streams a file, and no time won.
 */
const HEAP_GROWTH = 50;

/** Long enough for a batch and for the answers that are on their way. */
const LONGEST_STOP_MS = 20_000;

/** An application that works until it is closed. */
interface Application {
  close(): Promise<void>;
}

interface Stopper {
  app: Application | null;
  longestMs: number;
}

/**
 * Runs a process from its variables to its end: reads them, proves that database and Redis answer, starts the
 * application, and closes it when the process is told to stop or loses the launcher that started it. What keeps it from
 * starting is one sentence on standard error and exit code 1.
 */
export async function startProcess(start: (config: Config) => Promise<Application>): Promise<void> {
  setFlagsFromString(`--heap-growing-percent=${HEAP_GROWTH}`);
  const stopper = listenForStop();
  try {
    const config = readEnvironment();
    await assertRedis(config);
    await migrate(config);
    stopper.longestMs += config.shutdown.delaySeconds * 1000;
    stopper.app = await start(config);
    process.send?.('started');
  } catch (error) {
    process.stderr.write(`${sentence(error)}\n`);
    process.exit(1);
  }
}

function sentence(error: unknown): string {
  if (error instanceof ConfigProblem || error instanceof StartProblem) return error.message;
  if (error instanceof Error && 'code' in error && 'port' in error) {
    if (error.code === 'EADDRINUSE')
      return `Port ${String(error.port)} is in use: stop what uses it, or set PORT to another one.`;
    if (error.code === 'EACCES')
      return `Port ${String(error.port)} may not be used by this user: set PORT to one above 1023.`;
  }
  if (isPassing(error))
    return 'The database went away during the start: check that PostgreSQL is running, and start again.';
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

/** Closes the application when the process is told to; before there is one, nothing has begun that must be closed. */
function listenForStop(): Stopper {
  const stopper: Stopper = { app: null, longestMs: LONGEST_STOP_MS };
  let isStopping = false;
  const stop = (): void => {
    if (stopper.app === null) process.exit(0);
    if (isStopping) return;
    isStopping = true;
    setTimeout(() => process.exit(1), stopper.longestMs).unref();
    stopper.app.close().then(
      () => process.exit(0),
      (error: unknown) => {
        process.stderr.write(`${sentence(error)}\n`);
        process.exit(1);
      },
    );
  };
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, stop);
  // Without the launcher nobody would stop this process, and it would hold its port.
  process.on('disconnect', stop);
  return stopper;
}
