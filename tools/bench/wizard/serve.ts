import { readdirSync, readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { basename, join } from 'node:path';
import { workspaceRoot } from '../../gate/workspace.mjs';

const CONSOLE = join(workspaceRoot, 'dist/apps/console');

export interface BenchSite {
  readonly address: string;
  close(): Promise<void>;
}

/**
 * Serves the benchmark's page and scripts, by their names, beside those of the built console, so that its worker may be
 * started from there.
 */
export async function serveBench(scripts: ReadonlyMap<string, string>): Promise<BenchSite> {
  const page = `<!doctype html><link rel="icon" href="data:,"><input type="file">
<script>globalThis.workerAddress = ${JSON.stringify(`/${findWorker()}`)}</script><script type="module" src="/bench.js"></script>`;
  const server = createServer((request, response) => {
    const name = basename(request.url ?? '/');
    const [type, body] =
      name === ''
        ? ['text/html', page]
        : ['text/javascript', scripts.get(name) ?? readFileSync(join(CONSOLE, name))];
    response.writeHead(200, { 'content-type': `${type}; charset=utf-8` }).end(body);
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const { port } = server.address() as AddressInfo;
  return { address: `http://127.0.0.1:${port}/`, close: () => close(server) };
}

/** The script that the build made of the wizard's worker. */
function findWorker(): string {
  const workers = readdirSync(CONSOLE).filter((name) => /^worker-.*\.js$/.test(name));
  if (workers.length !== 1)
    throw new Error(`One worker was expected in ${CONSOLE}: ${workers.join(', ') || 'none'}`);
  return workers[0] ?? '';
}

function close(server: Server): Promise<void> {
  return new Promise((done) => {
    server.close(() => done());
    server.closeAllConnections();
  });
}
