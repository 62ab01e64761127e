import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { countPlaywright, countReport, countTasks, countVitest } from './count.mjs';

const vitestFile = (status: string, tests: string[]): unknown => ({
  status,
  assertionResults: tests.map((test) => ({ status: test })),
});

describe('countVitest', () => {
  it.each([
    ['tests by their status', [vitestFile('failed', ['passed', 'failed', 'skipped', 'todo'])], [1, 1, 2]],
    ['a file that broke before its first test', [vitestFile('failed', [])], [0, 1, 0]],
    ['all files', [vitestFile('passed', ['passed']), vitestFile('passed', ['passed', 'pending'])], [2, 0, 1]],
    ['nothing', [], [0, 0, 0]],
  ])('counts %s', (_title, testResults, [passed, failed, skipped]) => {
    expect(countVitest(JSON.stringify({ testResults }))).toEqual({ passed, failed, skipped });
  });
});

describe('countPlaywright', () => {
  it.each([
    ['tests by their status', { expected: 3, unexpected: 1, flaky: 0, skipped: 2 }, [], [3, 1, 2]],
    [
      'a test that needed a second try as failed',
      { expected: 3, unexpected: 0, flaky: 1, skipped: 0 },
      [],
      [3, 1, 0],
    ],
    ['an error outside any test', { expected: 0, unexpected: 0, flaky: 0, skipped: 0 }, [{}], [0, 1, 0]],
  ])('counts %s', (_title, stats, errors, [passed, failed, skipped]) => {
    expect(countPlaywright(JSON.stringify({ stats, errors }))).toEqual({ passed, failed, skipped });
  });
});

describe('countTasks', () => {
  const tasks = ['contacts:lint', 'api:lint'];

  it.each([
    ['passed and failed ones', '✔  nx run contacts:lint\n✖  nx run api:lint', 1, [1, 1]],
    ['one that Nx never started', '✔  nx run contacts:lint', 1, [1, 1]],
    [
      'ones from the cache, in colour',
      '\u001b[32m✔\u001b[39m  nx run contacts:lint  [cache]\n✔  nx run api:lint',
      0,
      [2, 0],
    ],
    ['one with a configuration', '✔  nx run contacts:lint\n✔  nx run api:lint:production', 0, [2, 0]],
    ['a failure of Nx itself', '✔  nx run contacts:lint\n✔  nx run api:lint', 1, [2, 1]],
  ])('counts %s', (_title, output, exitCode, [passed, failed]) => {
    expect(countTasks(tasks, output, exitCode)).toEqual({ passed, failed, skipped: 0 });
  });
});

describe('countReport', () => {
  let folder = '';
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'ponte-count-'));
  });
  afterAll(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  it.each([
    ['passes a good run', ['passed'], 0, [1, 0]],
    ['fails a run whose exit code is not 0', ['passed'], 1, [1, 1]],
    ['fails a run that tested nothing', [], 0, [0, 1]],
    ['fails a run in which every test was skipped', ['skipped'], 0, [0, 1]],
    ['counts a failed test once', ['failed'], 1, [0, 1]],
  ])('%s', (_title, tests, exitCode, [passed, failed]) => {
    const file = join(folder, 'report.json');
    const status = tests.includes('failed') ? 'failed' : 'passed';
    writeFileSync(file, JSON.stringify({ testResults: [vitestFile(status, tests)] }));
    expect(countReport(countVitest, file, exitCode)).toMatchObject({ passed, failed });
  });

  it('fails a run that wrote no report', () => {
    expect(countReport(countVitest, join(folder, 'none.json'), 0)).toMatchObject({ passed: 0, failed: 1 });
  });
});
