// @ts-check
import { join } from 'node:path';
import { countPlaywright, countReport, countTasks, countVitest } from './count.mjs';
import { NX, PRETTIER, runNode } from './workspace.mjs';

/** @typedef {import('./count.mjs').Count} Count */
/** @typedef {import('./workspace.mjs').Target} Target */

/**
 * @typedef {object} Step
 * @property {string} name such as `lint` or `test contacts`
 * @property {boolean} needsServices whether it may need Chromium, Redis or PostgreSQL
 * @property {() => Promise<Count>} run
 */

/** One after another, because two heavy suites at a time on two cores only measure each other. */
const CHECKS = ['lint', 'typecheck', 'boundaries', 'build', 'audit'];
const SUITES = /^(test|e2e)([-:]|$)/;

/**
 * Every step, in order: what is quick to fail comes first.
 *
 * @param {readonly Target[]} targets
 * @param {string} folder for the reports
 * @returns {Step[]}
 */
export function planSteps(targets, folder) {
  const suites = targets.filter(({ name }) => SUITES.test(name));
  // The other libraries' and tools' suites take seconds, an application's takes minutes and a browser's comes last.
  const weight = (/** @type {Target} */ { name, root }) =>
    (name.startsWith('e2e') ? 2 : 0) + (root.startsWith('apps/') ? 1 : 0);
  return [
    formatStep(),
    ...CHECKS.map((name) =>
      checkStep(
        name,
        targets.filter((target) => target.name === name),
      ),
    ),
    ...suites.sort((a, b) => weight(a) - weight(b)).map((target) => suiteStep(target, folder)),
  ];
}

/** @returns {Step} */
function formatStep() {
  return {
    name: 'format',
    needsServices: false,
    async run() {
      const args = ['--check', '--log-level=warn', '.'];
      const { code, output } = await runNode(PRETTIER, args, { live: false });
      if (code !== 0) process.stdout.write(output);
      return code === 0
        ? { passed: 1, failed: 0, skipped: 0, failures: [] }
        : { passed: 0, failed: 1, skipped: 0, failures: ['npm run format writes them'] };
    },
  };
}

/**
 * @param {string} name
 * @param {readonly Target[]} targets
 * @returns {Step}
 */
function checkStep(name, targets) {
  const tasks = targets.map(({ project }) => `${project}:${name}`);
  return {
    name,
    needsServices: false,
    async run() {
      const args = ['run-many', '-t', name, '--parallel=2'];
      const { code, output } = await runNode(NX, args, { live: false });
      if (code !== 0) process.stdout.write(output);
      return countTasks(tasks, output, code);
    },
  };
}

/**
 * @param {Target} target
 * @param {string} folder
 * @returns {Step}
 */
function suiteStep(target, folder) {
  const task = `${target.project}:${target.name}`;
  const report = join(folder, `${task.replaceAll(':', '-')}.json`);
  const { args, env, read } = reporting(target, report);
  return {
    name: `${target.name} ${target.project}`,
    // The tools' suite takes a file through the console's worker in Chromium.
    needsServices: target.root.startsWith('apps/') || target.root === 'tools',
    async run() {
      const { code, output } = await runNode(NX, ['run', task, ...args], { live: true, env });
      return read === null ? countTasks([task], output, code) : countReport(read, report, code);
    },
  };
}

/**
 * How a suite is asked for a report that can be counted, beside the one that can be read.
 *
 * @param {Target} target
 * @param {string} file
 * @returns {{ args: string[], env: Record<string, string>, read: ((json: string) => Count) | null }}
 */
function reporting({ executor, command }, file) {
  if (executor === '@angular/build:unit-test') {
    // Its outputFile belongs to the first reporter alone.
    const args = ['--reporters=json', '--reporters=default', `--outputFile=${file}`, '--watch=false'];
    return { args, env: {}, read: countVitest };
  }
  if (/\bvitest\b/.test(command)) {
    const args = ['--reporter=default', '--reporter=json', `--outputFile.json=${file}`];
    return { args, env: {}, read: countVitest };
  }
  if (/\bplaywright\b/.test(command)) {
    return {
      args: ['--reporter=list,json'],
      env: { PLAYWRIGHT_JSON_OUTPUT_FILE: file },
      read: countPlaywright,
    };
  }
  return { args: [], env: {}, read: null };
}
