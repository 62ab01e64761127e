// @ts-check
import { spawnSync } from 'node:child_process';
import { accessSync, constants, existsSync, readdirSync, readFileSync, realpathSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';

/**
 * What the tests need and npm cannot bring: a real browser, a real Redis, Debian's PostgreSQL, because the database tests
 * run against both the embedded server and that one, and a real spreadsheet program, which says what a formula is.
 *
 * @typedef {object} Need
 * @property {string} name
 * @property {string} aptPackage
 * @property {() => boolean} isThere
 */

const POSTGRES_VERSIONS = '/usr/lib/postgresql';

/** @type {Need[]} */
const NEEDS = [
  {
    name: 'Chromium (in /usr/bin/chromium, or named by PONTE_CHROMIUM)',
    aptPackage: 'chromium',
    isThere: () => isExecutable(process.env['PONTE_CHROMIUM'] ?? '/usr/bin/chromium'),
  },
  {
    name: 'Redis (redis-server in the PATH)',
    aptPackage: 'redis-server',
    isThere: () => pathOf('redis-server') !== undefined,
  },
  {
    name: `the PostgreSQL server (${POSTGRES_VERSIONS}/*/bin/postgres)`,
    aptPackage: 'postgresql',
    isThere: () =>
      existsSync(POSTGRES_VERSIONS) &&
      readdirSync(POSTGRES_VERSIONS).some((version) =>
        isExecutable(join(POSTGRES_VERSIONS, version, 'bin/postgres')),
      ),
  },
  {
    name: 'LibreOffice Calc (soffice in the PATH)',
    aptPackage: 'libreoffice-calc-nogui',
    isThere: hasCalc,
  },
];

/**
 * Installs what is missing where that can be done without asking: as root on Debian. Debian may start the services it
 * installs, on their usual ports; the tests start their own on free ports and never touch those.
 *
 * @returns {string | null} what somebody has to do first; null when nothing is missing any more
 */
export function prepareMachine() {
  const missing = NEEDS.filter(({ isThere }) => !isThere());
  if (missing.length === 0) return null;

  const packages = missing.map(({ aptPackage }) => aptPackage);
  const names = missing.map(({ name }) => name).join(', ');
  if (process.getuid?.() !== 0 || !isDebian()) {
    return `The tests need ${names}. On Debian, run as root: apt-get install ${packages.join(' ')}`;
  }

  console.log(`Installing ${packages.join(' ')} with apt-get (apt-get install --no-install-recommends) …`);
  for (const args of [['update'], ['install', '--yes', '--no-install-recommends', ...packages]]) {
    if (!aptGet(args)) return `apt-get ${args.join(' ')} failed. The tests need ${names}.`;
  }
  const still = missing.filter(({ isThere }) => !isThere());
  return still.length === 0
    ? null
    : `apt-get installed ${packages.join(' ')}, yet the tests do not find ${names}.`;
}

/**
 * Shows apt-get's output only when it fails: several hundred lines otherwise stand before the first test.
 *
 * @param {readonly string[]} args
 */
function aptGet(args) {
  const { status, stdout, stderr } = spawnSync('apt-get', ['-o', 'DPkg::Lock::Timeout=300', ...args], {
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
  });
  if (status !== 0) process.stdout.write(`${stdout}${stderr}`);
  return status === 0;
}

function isDebian() {
  return existsSync('/etc/os-release') && /^ID=debian$/m.test(readFileSync('/etc/os-release', 'utf8'));
}

/** LibreOffice comes in parts: `soffice` alone may be its text processor. */
function hasCalc() {
  const soffice = pathOf('soffice');
  return soffice !== undefined && existsSync(join(dirname(realpathSync(soffice)), 'libsclo.so'));
}

/** @param {string} program */
function pathOf(program) {
  const folders = (process.env['PATH'] ?? '').split(delimiter);
  return folders.map((folder) => join(folder, program)).find(isExecutable);
}

/** @param {string} file */
function isExecutable(file) {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    // Not there, or not to be run by us: both mean that it is missing.
    return false;
  }
}
