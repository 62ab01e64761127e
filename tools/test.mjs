// @ts-check
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { prepareMachine } from './gate/machine.mjs';
import { planSteps } from './gate/steps.mjs';
import { readTargets } from './gate/workspace.mjs';

/**
 * `npm test`: everything that CI runs. Words after `--` choose steps by name (`npm test -- lint test`); the last line
 * is `N passed, N failed`: every real test, and one for every project that a check looked at.
 */
const words = process.argv.slice(2);
const folder = mkdtempSync(join(tmpdir(), 'ponte-test-'));
process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => process.exit(1));

const plan = planSteps(await readTargets(folder), folder);
const steps = plan.filter(
  ({ name }) => words.length === 0 || words.some((word) => name.split(' ').includes(word)),
);
if (steps.length === 0) console.error(`No such step. There are: ${plan.map(({ name }) => name).join(', ')}.`);

const total = { passed: 0, failed: 0 };
const missing = steps.some(({ needsServices }) => needsServices) ? prepareMachine() : null;
if (missing !== null) {
  console.error(missing);
  steps.length = 0;
  total.failed = 1;
}

/** @type {string[]} */
const summary = [];
for (const { name, run } of steps) {
  console.log(`\n▶ ${name}`);
  const start = performance.now();
  const { passed, failed, skipped, failures } = await run();
  const seconds = ((performance.now() - start) / 1000).toFixed(1);
  const counts = `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;
  const line = `${failed === 0 ? '✔' : '✖'} ${name}: ${counts} in ${seconds} s`;
  console.log(line);
  // What failed is said here once more: somebody who sees the end of a long output must know what to look for.
  summary.push(line, ...failures.map((failure) => `    ${failure}`));
  total.passed += passed;
  total.failed += failed;
}

console.log(`\n${summary.join('\n')}\n`);
console.log(`${total.passed} passed, ${total.failed} failed`);
process.exitCode = total.failed === 0 && total.passed > 0 ? 0 : 1;
