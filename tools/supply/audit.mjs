// @ts-check
import { spawnSync } from 'node:child_process';
import { judgeAudit } from './judge-audit.mjs';
import { workspaceRoot } from '../gate/workspace.mjs';

/**
 * `npm run audit:dependencies`: known vulnerabilities of what production runs with. Exit code 1 for one that is high or
 * critical. A registry that offers no audit is said so and is no failure: the check cannot run there.
 */
const { stdout } = spawnSync('npm', ['audit', '--omit=dev', '--json'], {
  cwd: workspaceRoot,
  encoding: 'utf8',
  maxBuffer: 64 * 1024 * 1024,
});
const { passes, sentence } = judgeAudit(stdout);
console.log(sentence);
process.exitCode = passes ? 0 : 1;
