import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdir, stat } from 'node:fs/promises';
import { createServer } from 'node:net';
import { dirname, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { ConfigProblem } from '../platform/config/config';
import { StartProblem } from '../platform/start-problem';
import { announce } from './announce';
import { KeptPostgres } from './kept-postgres';
import { KeptProcess } from './kept-process';
import { lockDirectory } from './launcher-lock';
import { endLeftovers, forgetProcesses, noteProcess } from './leftover-processes';
import { startMailCatcher } from './mail-catcher';
import { noteRunning } from './running';
import { readLauncherSettings, type LauncherSettings } from './settings';
import { chooseSignIns, type SignIns } from './sign-ins';

/** Something that was started and is stopped again, the last one first. */
interface Service {
  stop(): Promise<void>;
  hurry?(): void;
}

const READY_LIMIT_MS = 60_000;

const say = (line: string): void => void process.stderr.write(`${line}\n`);

/**
 * Starts everything that was not given by variables, then the two processes, and keeps them until `told` says stop;
 * `hurried` cuts the stop short. Answers the exit code.
 */
export async function launch(
  environment: Readonly<Record<string, string | undefined>>,
  programs: string,
  told: AbortSignal,
  hurried: AbortSignal,
): Promise<number> {
  const services: Service[] = [];
  hurried.addEventListener('abort', () => services.forEach((service) => service.hurry?.()), { once: true });
  try {
    const settings = readLauncherSettings(environment, programs);
    const failure = await startAll(settings, programs, services, told);
    await untilEnd(told, failure);
    return 0;
  } catch (error) {
    if (told.aborted) return 0;
    say(sentence(error));
    return 1;
  } finally {
    for (const service of services.reverse()) await service.stop();
  }
}

/** Fills `services` while it goes, so that a stop in the middle finds what has been started. */
async function startAll(
  settings: LauncherSettings,
  programs: string,
  services: Service[],
  told: AbortSignal,
): Promise<AbortSignal> {
  const { config, hasOwnDatabase, hasOwnMailServer } = settings;
  const directory = config.dataDirectory;
  await makeDirectory(directory);
  const unlock = await lockDirectory(directory);
  services.push({ stop: unlock }, { stop: () => forgetProcesses(directory) });
  await endLeftovers(directory);
  await assertPortIsFree(config.host, config.port);

  const failure = new AbortController();
  const child = { ...settings.environment };
  const isNew = hasOwnDatabase || !existsSync(join(directory, 'postgres', 'cluster'));
  // Before anything is kept: a later start with a better one would find its sign-ins chosen.
  if (isNew && !hasOwnDatabase) await assertGivenPasswords(settings.given);
  const { signIns, passwords } = await chooseSignIns(directory, settings.given, isNew);
  Object.assign(child, signInVariables(signIns, passwords));
  if (!hasOwnDatabase) {
    const postgres = new KeptPostgres(join(directory, 'postgres'), say, (reason) => failure.abort(reason));
    services.push(postgres);
    child['DATABASE_URL'] = await postgres.start();
    told.throwIfAborted();
  }
  if (!hasOwnMailServer) {
    const mailDirectory = join(directory, 'mail');
    const catcher = await startMailCatcher(mailDirectory);
    services.push(catcher);
    Object.assign(child, { SMTP_URL: catcher.url, PONTE_CAUGHT_MAIL_DIR: mailDirectory });
  }
  const note = (pid: number) => noteProcess(directory, pid);
  const worker = new KeptProcess('worker', join(programs, 'worker.js'), child, say, note);
  const http = new KeptProcess('HTTP', join(programs, 'main.js'), child, say, note);
  services.push(worker, http);
  await unlessTold(Promise.all([http.start(), worker.start()]), told);
  await unlessTold(untilReady(config.host, config.port), told);
  await noteRunning(directory, config.publicUrl);
  announce({ config, signIns, hasOwnDatabase, hasOwnMailServer });
  return failure.signal;
}

/**
 * Others may pass through it, so that PostgreSQL gets to its data, and see nothing. Not `recursive`: Node never comes
 * back from that in a place where nothing can be made, such as `/proc`.
 */
async function makeDirectory(directory: string): Promise<void> {
  const make = () => mkdir(directory, { mode: 0o711 });
  try {
    await make();
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (code === 'EEXIST' && (await stat(directory)).isDirectory()) return;
    if (code !== 'ENOENT' || dirname(directory) === directory) throw error;
    await makeDirectory(dirname(directory));
    await make();
  }
}

/** Those that the operator gave, judged as the HTTP process would judge them in an empty database. */
async function assertGivenPasswords({ administrator, agent }: LauncherSettings['given']): Promise<void> {
  const given = [
    ['PONTE_ADMIN_PASSWORD', administrator],
    ['PONTE_AGENT_PASSWORD', agent],
  ] as const;
  for (const [variable, { email = '', password }] of given) {
    if (password === undefined) continue;
    const { assertFirstPassword } = await import('../setup/assert-first-password');
    await assertFirstPassword(variable, { email, name: '', password });
  }
}

/** Both of a pair or neither: a password that the operator once gave is not known any more, and not needed. */
function signInVariables(
  signIns: SignIns,
  passwords: Readonly<Record<keyof SignIns, string | null>>,
): object {
  const pair = (prefix: string, who: keyof SignIns) =>
    passwords[who] === null
      ? {}
      : { [`${prefix}_EMAIL`]: signIns[who].email, [`${prefix}_PASSWORD`]: passwords[who] };
  return { ...pair('PONTE_ADMIN', 'administrator'), ...pair('PONTE_AGENT', 'agent') };
}

/** Rejects as soon as it is told to stop; what the work comes to afterwards interests nobody. */
async function unlessTold<T>(work: Promise<T>, told: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const stop = () => reject(told.reason as Error);
    if (told.aborted) stop();
    told.addEventListener('abort', stop, { once: true });
    work.then(resolve, reject).finally(() => told.removeEventListener('abort', stop));
  });
}

async function untilEnd(told: AbortSignal, failure: AbortSignal): Promise<void> {
  const either = AbortSignal.any([told, failure]);
  if (!either.aborted) await once(either, 'abort');
  if (!told.aborted) throw failure.reason;
}

/** Before anything is started: the most frequent reason to stop again. */
async function assertPortIsFree(host: string, port: number): Promise<void> {
  const probe = createServer();
  const listening = once(probe, 'listening');
  probe.listen(port, host);
  await listening;
  probe.close();
  await once(probe, 'close');
}

async function untilReady(host: string, port: number): Promise<void> {
  const address = host === '0.0.0.0' ? '127.0.0.1' : host === '::' ? '::1' : host;
  const url = `http://${address.includes(':') ? `[${address}]` : address}:${port}/health/ready`;
  for (const end = Date.now() + READY_LIMIT_MS; Date.now() < end; await pause(50)) {
    // Refused or 503: not yet.
    const answer = await fetch(url).catch(() => null);
    await answer?.body?.cancel();
    if (answer?.status === 200) return;
  }
  throw new StartProblem(`Ponte does not get ready: ${url} does not answer 200.`);
}

function sentence(error: unknown): string {
  if (error instanceof ConfigProblem || error instanceof StartProblem) return error.message;
  if (!(error instanceof Error) || !('code' in error))
    return error instanceof Error ? (error.stack ?? '') : String(error);
  const port = 'port' in error ? String(error.port) : '';
  if (error.code === 'EADDRINUSE')
    return `Port ${port} is in use: stop what uses it, or set PORT to another one.`;
  if (error.code === 'EACCES' && port !== '') {
    return `Port ${port} may not be used by this user: set PORT to one above 1023.`;
  }
  if (error.code === 'EADDRNOTAVAIL' || error.code === 'ENOTFOUND') {
    return 'HOST is not an address of this machine: set it to 127.0.0.1, to 0.0.0.0, or leave it out.';
  }
  const path = 'path' in error ? ` at ${String(error.path)}` : '';
  return `The data directory cannot be used (${String(error.code)}${path}): check PONTE_DATA_DIR and its rights.`;
}
