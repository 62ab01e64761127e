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
    expect(countVitest(JSON.stringify({ testResults }))).toMatchObject({ passed, failed, skipped });
  });

  it('names what failed, with the first line of why', () => {
    const testResults = [
      {
        name: 'a.spec.ts',
        status: 'failed',
        assertionResults: [
          {
            fullName: 'adds 1 and 1',
            status: 'failed',
            failureMessages: ['\u001b[31mexpected 3\u001b[39m\n  at line 4'],
          },
          { fullName: 'adds 2 and 2', status: 'passed', failureMessages: [] },
        ],
      },
      { name: 'b.spec.ts', status: 'failed', message: 'no such module\n  at line 1', assertionResults: [] },
    ];
    expect(countVitest(JSON.stringify({ testResults })).failures).toEqual([
      'a.spec.ts › adds 1 and 1 › expected 3',
      'b.spec.ts › no such module',
    ]);
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
    expect(countPlaywright(JSON.stringify({ stats, errors }))).toMatchObject({ passed, failed, skipped });
  });

  it('names what failed, also inside a group, and what broke outside any test', () => {
    const stats = { expected: 1, unexpected: 1, flaky: 1, skipped: 0 };
    const spec = (title: string, status: string, messages: string[]): unknown => ({
      title,
      tests: [{ status, results: messages.map((message) => ({ error: { message } })) }],
    });
    const suites = [
      {
        title: 'import.spec.ts',
        specs: [spec('opens', 'expected', []), spec('cancels', 'unexpected', ['no button\n  at line 9'])],
        suites: [{ title: 'in the dark', specs: [spec('opens', 'flaky', ['too late'])] }],
      },
    ];
    const errors = [{ message: 'no server' }];
    expect(countPlaywright(JSON.stringify({ stats, suites, errors })).failures).toEqual([
      'import.spec.ts › cancels › no button',
      'import.spec.ts › in the dark › opens › too late',
      'outside any test › no server',
    ]);
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
    expect(countTasks(tasks, output, exitCode)).toMatchObject({ passed, failed, skipped: 0 });
  });

  it('names the tasks that have not passed', () => {
    expect(countTasks(tasks, '✔  nx run contacts:lint', 1).failures).toEqual(['api:lint']);
    expect(countTasks(['api:lint'], '✔  nx run api:lint', 1).failures).toEqual(['Nx, exit code 1']);
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
