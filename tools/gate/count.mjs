// @ts-check
import { existsSync, readFileSync } from 'node:fs';
import { stripVTControlCharacters } from 'node:util';

/**
 * @typedef {object} Count
 * @property {number} passed
 * @property {number} failed
 * @property {number} skipped told apart, because a test that did not run has not passed
 */

/**
 * What Vitest's JSON report (also Angular's, which is Vitest's) says. A file that broke before its first test is one
 * failure: its tests are not in the report.
 *
 * @param {string} json
 * @returns {Count}
 */
export function countVitest(json) {
  /** @type {{ testResults: { status: string, assertionResults: { status: string }[] }[] }} */
  const { testResults } = JSON.parse(json);
  const count = { passed: 0, failed: 0, skipped: 0 };
  for (const { status, assertionResults } of testResults) {
    const failed = assertionResults.filter((test) => test.status === 'failed').length;
    const passed = assertionResults.filter((test) => test.status === 'passed').length;
    count.passed += passed;
    count.failed += status === 'failed' ? Math.max(failed, 1) : failed;
    count.skipped += assertionResults.length - passed - failed;
  }
  return count;
}

/**
 * What Playwright's JSON report says. A test that passed at the second try is a failure here: it is not reliable.
 *
 * @param {string} json
 * @returns {Count}
 */
export function countPlaywright(json) {
  /** @type {{ stats: { expected: number, unexpected: number, flaky: number, skipped: number }, errors?: unknown[] }} */
  const { stats, errors = [] } = JSON.parse(json);
  return {
    passed: stats.expected,
    failed: stats.unexpected + stats.flaky + errors.length,
    skipped: stats.skipped,
  };
}

/**
 * The count of one test run. A run that failed without a failed test, or that tested nothing, is one failure.
 *
 * @param {(json: string) => Count} read
 * @param {string} file the report, which a run that crashed has not written
 * @param {number} exitCode
 * @returns {Count}
 */
export function countReport(read, file, exitCode) {
  const count = existsSync(file) ? read(readFileSync(file, 'utf8')) : { passed: 0, failed: 0, skipped: 0 };
  const isSilentFailure = count.failed === 0 && (exitCode !== 0 || count.passed === 0);
  return isSilentFailure ? { ...count, failed: 1 } : count;
}

/**
 * One count for every task of `nx run-many`: passed is only what Nx says has passed, so that a task which it skipped
 * because another one failed is not forgotten.
 *
 * @param {readonly string[]} tasks such as `contacts:lint`
 * @param {string} output
 * @param {number} exitCode
 * @returns {Count}
 */
export function countTasks(tasks, output, exitCode) {
  const done = new Set(
    stripVTControlCharacters(output)
      .split('\n')
      // `console:build:production`: the configuration that Nx chose is not part of the task's name.
      .flatMap((line) => /^✔ +nx run ([^ :]+:[^ :]+)/.exec(line)?.[1] ?? []),
  );
  const passed = tasks.filter((task) => done.has(task)).length;
  const failed = tasks.length - passed;
  return { passed, failed: failed === 0 && exitCode !== 0 ? 1 : failed, skipped: 0 };
}
