import { describe, expect, it } from 'vitest';
import { bundleForBrowser, judgeBundle } from './bundle.mjs';

/** The third net, proven: what a library may not bring into a browser is found in its bundle. */
const BUDGET = { packages: ['libphonenumber-js'], gzipKilobytes: 10 };
const NOISE = Array.from({ length: 8_000 }, (_, index) => Math.sin(index)).join(' ');

const violations: [title: string, source: string, problem: RegExp][] = [
  ['a Node module', "export { readFileSync } from 'node:fs';", /^imports the Node module node:fs from/],
  [
    'a Node module that is never called',
    "import 'fs';\nexport const a = 1;",
    /^imports the Node module fs from/,
  ],
  [
    'a Node module loaded late',
    "export const a = () => import('node:os');",
    /^imports the Node module node:os/,
  ],
  [
    'a Node module inside a package',
    "export { parse } from 'csv-parse';",
    /^imports the Node module stream from .*csv-parse/,
  ],
  ['a package that is not listed', "export { debounce } from 'lodash';", /^contains the package lodash$/],
  [
    'a package that is not listed behind another library',
    "export * from '@ponte/permissions';",
    /^contains the package @casl\/ability$/,
  ],
  [
    'more bytes than the budget',
    `export const noise = '${NOISE}';`,
    /^is \d+\.\d kB gzipped, over its budget/,
  ],
  [
    'a Node global at load',
    'export const home = process.env.HOME;',
    /^does not load .* process is not defined$/,
  ],
  [
    'a DOM global at load',
    'export const title = document.title;',
    /^does not load .* document is not defined$/,
  ],
];

describe('a bundle for the browser', () => {
  it.each(violations)('is refused for %s', async (_title, source, problem) => {
    const problems = judgeBundle(await bundleForBrowser('libs/contacts', source), BUDGET);
    expect(problems).toContainEqual(expect.stringMatching(problem));
  });

  it('passes with the language, the listed packages and the platform of all runtimes', async () => {
    const source = `import { isSupportedCountry } from 'libphonenumber-js/core';
      export const known = (code: string, data: never): boolean => isSupportedCountry(code, data);
      export const text = new TextDecoder('utf-8').decode(new TextEncoder().encode('a'));`;
    expect(judgeBundle(await bundleForBrowser('libs/contacts', source), BUDGET)).toEqual([]);
  });
});
