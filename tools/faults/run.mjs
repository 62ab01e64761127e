// @ts-check
import { spawnSync } from 'node:child_process';
import { NX, workspaceRoot } from '../gate/workspace.mjs';
import { runBundled } from '../bench/bundle.mjs';

/** `npm run test:faults`; for its options see main.ts. */

// Whoever stops it stops the servers that it has started, too.
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => process.exit(1));

const { status } = spawnSync(
  process.execPath,
  [NX, 'run-many', '-t', 'build', '-p', 'api', '--outputStyle=static'],
  { cwd: workspaceRoot, env: { ...process.env, NX_DAEMON: 'false', NX_TUI: 'false' }, stdio: 'inherit' },
);
if (status !== 0) process.exit(1);
await runBundled('../faults/main.ts', process.argv.slice(2));
