// @ts-check
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/**
 * @typedef {object} Target one thing that Nx can run
 * @property {string} project
 * @property {string} name
 * @property {string} root the project's folder
 * @property {string} executor
 * @property {string} command the shell command, empty when the executor is not a command
 */

/** @typedef {{ code: number, output: string }} Outcome */

export const workspaceRoot = join(dirname(fileURLToPath(import.meta.url)), '..', '..');

const bin = (/** @type {string} */ path) => join(workspaceRoot, 'node_modules', path);

export const NX = bin('nx/dist/bin/nx.js');
export const PRETTIER = bin('prettier/bin/prettier.cjs');

/** One-shot runs: no daemon that outlives them, no screen that redraws itself. */
const ENVIRONMENT = { NX_DAEMON: 'false', NX_TUI: 'false', VITE_CONFIG_NATIVE_IGNORE_WARNING: 'true' };

/**
 * Runs a Node script of the workspace.
 *
 * @param {string} script
 * @param {readonly string[]} args
 * @param {{ live: boolean, env?: Record<string, string> }} options `live` shows the output while it comes; otherwise it
 *   is only collected
 * @returns {Promise<Outcome>}
 */
export function runNode(script, args, { live, env = {} }) {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [script, ...args], {
      cwd: workspaceRoot,
      env: { ...process.env, ...ENVIRONMENT, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    /** @type {Buffer[]} */
    const chunks = [];
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (chunk) => {
        chunks.push(chunk);
        if (live) process.stdout.write(chunk);
      });
    }
    // Whoever stops this process by its id stops what it has started, too.
    const stop = () => child.kill('SIGTERM');
    process.once('exit', stop);
    child.on('error', reject);
    child.on('close', (code) => {
      process.off('exit', stop);
      resolve({ code: code ?? 1, output: Buffer.concat(chunks).toString('utf8') });
    });
  });
}

/**
 * Everything that Nx can run in this workspace. Projects are found, not listed, so that a new one is tested from its
 * first day.
 *
 * @param {string} folder a folder for Nx's answer
 * @returns {Promise<Target[]>}
 */
export async function readTargets(folder) {
  const file = join(folder, 'graph.json');
  const { code, output } = await runNode(NX, ['graph', `--file=${file}`], { live: false });
  if (code !== 0) throw new Error(`Nx cannot read the workspace:\n${output}`);

  /** @typedef {{ executor?: string, options?: { command?: string } }} GraphTarget */
  /** @type {{ graph: { nodes: Record<string, { data: { root: string, targets?: Record<string, GraphTarget> } }> } }} */
  const { graph } = JSON.parse(readFileSync(file, 'utf8'));
  return Object.entries(graph.nodes)
    .sort(([a], [b]) => a.localeCompare(b))
    .flatMap(([project, { data }]) =>
      Object.entries(data.targets ?? {}).map(([name, target]) => ({
        project,
        name,
        root: data.root,
        executor: target.executor ?? '',
        command: target.options?.command ?? '',
      })),
    );
}
