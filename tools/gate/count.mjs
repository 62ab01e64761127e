// @ts-check
import { existsSync, readFileSync } from 'node:fs';
import { stripVTControlCharacters } from 'node:util';

/**
 * @typedef {object} Count
 * @property {number} passed
 * @property {number} failed
 * @property {number} skipped told apart, because a test that did not run has not passed
 * @property {string[]} failures a line for each of what failed: the file or task, the test's name and what it says
 */

/** @type {(...parts: (string | undefined)[]) => string} */
const failure = (...parts) =>
  parts
    .flatMap(
      (part) =>
        stripVTControlCharacters(part ?? '')
          .trim()
          .split('\n')[0] || [],
    )
    .join(' › ');

/**
 * What Vitest's JSON report (also Angular's, which is Vitest's) says. A file that broke before its first test is one
 * failure: its tests are not in the report.
 *
 * @param {string} json
 * @returns {Count}
 */
export function countVitest(json) {
  /**
   * @type {{ testResults: {
   *   name: string, status: string, message?: string,
   *   assertionResults: { status: string, fullName: string, failureMessages?: string[] | null }[],
   * }[] }}
   */
  const { testResults } = JSON.parse(json);
  /** @type {Count} */
  const count = { passed: 0, failed: 0, skipped: 0, failures: [] };
  for (const { name, status, message, assertionResults } of testResults) {
    const failed = assertionResults.filter((test) => test.status === 'failed');
    const passed = assertionResults.filter((test) => test.status === 'passed').length;
    count.passed += passed;
    count.skipped += assertionResults.length - passed - failed.length;
    count.failures.push(
      ...failed.map(({ fullName, failureMessages }) => failure(name, fullName, failureMessages?.[0])),
    );
    if (status === 'failed' && failed.length === 0) count.failures.push(failure(name, message));
  }
  return { ...count, failed: count.failures.length };
}

/**
 * What Playwright's JSON report says. A test that passed at the second try is a failure here: it is not reliable.
 *
 * @param {string} json
 * @returns {Count}
 */
export function countPlaywright(json) {
  /**
   * @typedef {{ error?: { message?: string } }} Result
   * @typedef {{ title: string, tests: { status: string, results: Result[] }[] }} Spec
   * @typedef {{ title: string, specs?: Spec[], suites?: Suite[] }} Suite
   * @type {{
   *   stats: { expected: number, unexpected: number, flaky: number, skipped: number },
   *   suites?: Suite[],
   *   errors?: { message?: string }[],
   * }}
   */
  const { stats, suites = [], errors = [] } = JSON.parse(json);
  /** @type {(names: string[], suite: Suite) => string[]} */
  const failuresOf = (names, suite) => [
    ...(suite.specs ?? []).flatMap(({ title, tests }) =>
      tests
        .filter(({ status }) => status === 'unexpected' || status === 'flaky')
        .map(({ results }) => failure(...names, title, results.find(({ error }) => error)?.error?.message)),
    ),
    ...(suite.suites ?? []).flatMap((inner) => failuresOf([...names, inner.title], inner)),
  ];
  return {
    passed: stats.expected,
    failed: stats.unexpected + stats.flaky + errors.length,
    skipped: stats.skipped,
    failures: [
      ...suites.flatMap((suite) => failuresOf([suite.title], suite)),
      ...errors.map(({ message }) => failure('outside any test', message)),
    ],
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
  const count = existsSync(file)
    ? read(readFileSync(file, 'utf8'))
    : { passed: 0, failed: 0, skipped: 0, failures: [] };
  const isSilentFailure = count.failed === 0 && (exitCode !== 0 || count.passed === 0);
  const silent = `exit code ${exitCode}, ${count.passed} passed, and no test that failed`;
  return isSilentFailure ? { ...count, failed: 1, failures: [silent] } : count;
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
  const failures = tasks.filter((task) => !done.has(task));
  const passed = tasks.length - failures.length;
  if (failures.length === 0 && exitCode !== 0) failures.push(`Nx, exit code ${exitCode}`);
  return { passed, failed: failures.length, skipped: 0, failures };
}
