import { freePort } from '@ponte/testing';
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { hideMachineFonts } from './machine-fonts';

/** Building included, on a machine that is busy. */
const START_MS = 300_000;
const STOP_MS = 30_000;

const PEOPLE = {
  PONTE_ADMIN_EMAIL: 'marina@example.com',
  PONTE_ADMIN_PASSWORD: 'ponte-rio-niteroi',
  PONTE_AGENT_EMAIL: 'joao@example.com',
  PONTE_AGENT_PASSWORD: 'ponte-hercilio-luz',
};

/** What the machine has must not decide how the stories go; the console brings its own typeface. */
export default async function prepare(): Promise<() => Promise<void>> {
  const folder = await mkdtemp(join(tmpdir(), 'ponte-e2e-'));
  const remove = () => rm(folder, { recursive: true, force: true });
  // Chromium, which the tests' processes start, inherits it.
  process.env['FONTCONFIG_FILE'] = await hideMachineFonts(folder);
  if (process.env['PONTE_E2E_URL']) return remove;
  const stop = await startProduct(join(folder, 'data'));
  return async () => {
    await stop();
    await remove();
  };
}

/** Starts the product in an empty folder and answers how to stop it. */
async function startProduct(folder: string): Promise<() => Promise<void>> {
  const port = await freePort();
  Object.assign(process.env, PEOPLE, { PONTE_E2E_URL: `http://127.0.0.1:${port}` });

  const words: string[] = [];
  const product = spawn(process.execPath, ['tools/start.mjs'], {
    cwd: resolve(import.meta.dirname, '../../..'),
    env: {
      ...process.env,
      PORT: String(port),
      PONTE_DATA_DIR: folder,
      // Every story makes an account of its own.
      PONTE_ACCOUNTS_PER_PERSON: '1000000',
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  for (const stream of [product.stdout, product.stderr]) {
    stream.on('data', (chunk: Buffer) => words.push(chunk.toString()));
  }

  const stop = () => end(product);
  try {
    await untilReady(`http://127.0.0.1:${port}/health/ready`, product);
  } catch (error) {
    await stop();
    throw new Error(`${String(error)}\n${words.join('')}`);
  }
  return stop;
}

async function untilReady(url: string, product: ChildProcess): Promise<void> {
  const deadline = Date.now() + START_MS;
  while (Date.now() < deadline) {
    if (product.exitCode !== null) throw new Error(`The product ended with code ${product.exitCode}`);
    // Expected until it listens: the connection is refused.
    const answer = await fetch(url).catch(() => null);
    if (answer?.status === 200) return;
    await pause(250);
  }
  throw new Error('The product was not ready in time');
}

async function end(product: ChildProcess): Promise<void> {
  if (product.exitCode !== null) return;
  const ended = new Promise((done) => product.once('exit', done));
  product.kill('SIGINT');
  const late = setTimeout(() => product.kill('SIGKILL'), STOP_MS);
  await ended;
  clearTimeout(late);
}
