import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { processEnvironment } from '../platform/config/process-environment';
import { launch } from './launch';

/** npm hands the terminal's Ctrl-C on to a process that has already got it: two so close together are one. */
const ONE_PRESS_MS = 1_000;

const told = new AbortController();
const hurried = new AbortController();
let toldAt = 0;

function stop(): void {
  if (told.signal.aborted) {
    if (Date.now() - toldAt > ONE_PRESS_MS) hurried.abort();
    return;
  }
  toldAt = Date.now();
  told.abort();
}

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, stop);

const programs = dirname(fileURLToPath(import.meta.url));
process.exit(await launch(processEnvironment, programs, told.signal, hurried.signal));
