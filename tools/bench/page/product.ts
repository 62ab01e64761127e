import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { freePort } from '@ponte/testing';
import { workspaceRoot } from '../../gate/workspace.mjs';

const START_MS = 300_000;
const STOP_MS = 30_000;

export const ADMINISTRATOR = { email: 'marina@example.com', password: 'ponte-rio-niteroi' };

export interface Product {
  readonly address: string;
  stop(): Promise<void>;
}

/** The product as `npm start` starts it, in an empty folder and on a free port. */
export async function startProduct(): Promise<Product> {
  const folder = mkdtempSync(join(tmpdir(), 'ponte-bench-'));
  const port = await freePort();
  const product = spawn(process.execPath, ['tools/start.mjs'], {
    cwd: workspaceRoot,
    env: {
      ...process.env,
      PORT: String(port),
      PONTE_DATA_DIR: folder,
      PONTE_ADMIN_EMAIL: ADMINISTRATOR.email,
      PONTE_ADMIN_PASSWORD: ADMINISTRATOR.password,
    },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const stop = async () => {
    await end(product);
    rmSync(folder, { recursive: true, force: true });
  };
  const address = `http://127.0.0.1:${port}`;
  try {
    await untilReady(address, product);
  } catch (error) {
    await stop();
    throw error;
  }
  return { address, stop };
}

async function untilReady(address: string, product: ChildProcess): Promise<void> {
  const deadline = Date.now() + START_MS;
  while (Date.now() < deadline) {
    if (product.exitCode !== null) throw new Error(`The product ended with code ${product.exitCode}`);
    // Expected until it listens: the connection is refused.
    const answer = await fetch(`${address}/health/ready`).catch(() => null);
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
