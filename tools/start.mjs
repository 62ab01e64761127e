// @ts-check
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

/** `npm start`: builds what is stale, then runs everything in this process, so that Ctrl-C and exit codes pass through. */
const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const launcher = join(root, 'dist', 'apps', 'api', 'launcher.js');

/** Long enough for a build that finds everything up to date. */
const SILENT_MS = 4_000;

const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
if (major < 20 || (major === 20 && minor < 19) || (major === 22 && minor < 12) || major === 21) {
  console.error(
    `Ponte needs Node 20.19 or newer (of Node 22, 22.12 or newer); this is Node ${process.versions.node}.`,
  );
  process.exit(1);
}

// npm tells a stop to the shell between it and this process, and most shells keep it for themselves: without the shell
// nobody could stop this process any more.
if (process.env['npm_lifecycle_event'] !== undefined) {
  const shell = process.ppid;
  const watch = setInterval(() => {
    if (process.ppid === shell) return;
    clearInterval(watch);
    process.kill(process.pid, 'SIGTERM');
  }, 500).unref();
}

const code = await build();
if (code !== 0) process.exit(code);
await import(pathToFileURL(launcher).href);

/** Runs the cached build and keeps its words back unless it fails. Answers the exit code. */
async function build() {
  const nx = findNx();
  if (nx === null) {
    if (existsSync(launcher)) return 0;
    console.error('Ponte is not built and its build tools are not installed: run "npm ci" first.');
    return 1;
  }
  /** @type {string[]} */
  const words = [];
  const child = spawn(
    process.execPath,
    [nx, 'run-many', '-t', 'build', '-p', 'api', 'console', '--outputStyle=stream'],
    {
      cwd: root,
      env: { ...process.env, NX_DAEMON: 'false', NX_TUI: 'false', FORCE_COLOR: '0' },
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  );
  const stop = () => child.kill('SIGTERM');
  process.on('SIGTERM', stop).on('SIGINT', stop);
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => words.push(String(chunk)));
  const notice = setTimeout(() => console.log('Building the API and the console...'), SILENT_MS);
  /** @type {{ code: number | null, signal: NodeJS.Signals | null }} */
  const end = await new Promise((resolve) => {
    child.on('close', (code, signal) => resolve({ code, signal }));
  });
  clearTimeout(notice);
  process.off('SIGTERM', stop).off('SIGINT', stop);
  if (end.code === 0) return 0;
  if (end.signal !== null || end.code === null || end.code > 128) return 130;
  console.error(`${words.join('')}\nThe build failed: see above.`);
  return 1;
}

/** The build tools are not there after `npm ci --omit=dev`: what is built is then run as it is. */
function findNx() {
  try {
    return createRequire(import.meta.url).resolve('nx/bin/nx.js');
  } catch {
    return null;
  }
}
