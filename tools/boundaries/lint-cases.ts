import { doors, imports } from './import-cases';

export interface LintCase {
  title: string;
  file: string;
  violation: string;
  rule: string;
  message: RegExp;
  clean: string;
  /** Where the clean twin stands, when it is the place that makes the difference. */
  cleanFile?: string;
}

const from = (source: string): string => `import * as it from '${source}';\nexport const use = it;\n`;

const API_FEATURE = 'apps/api/src/imports';
const processor = from('./import.processor');
const workerModule = from('./imports/imports-worker.module');

const processes: LintCase[] = [
  {
    title: 'apps/api: a processor outside its worker module',
    file: `${API_FEATURE}/imports.module.ts`,
    violation: processor,
    rule: 'ponte/api-doors',
    message: /only a worker module imports it/,
    clean: processor,
    cleanFile: `${API_FEATURE}/imports-worker.module.ts`,
  },
  {
    title: 'apps/api: a worker module outside the worker process',
    file: 'apps/api/src/app.module.ts',
    violation: workerModule,
    rule: 'ponte/api-doors',
    message: /only the worker process/,
    clean: workerModule,
    cleanFile: 'apps/api/src/worker.module.ts',
  },
  {
    title: 'apps/api: process.env outside platform/config',
    file: `${API_FEATURE}/a.ts`,
    violation: 'export const url = process.env.REDIS_URL;\n',
    rule: 'no-restricted-properties',
    message: /platform\/config/,
    clean: 'export const url = process.env.REDIS_URL;\n',
    cleanFile: 'apps/api/src/platform/config/config.ts',
  },
  {
    title: 'apps/api: env of node:process outside platform/config',
    file: `${API_FEATURE}/a.ts`,
    violation: "import { env } from 'node:process';\nexport const url = env.REDIS_URL;\n",
    rule: 'no-restricted-imports',
    message: /'env' import/,
    clean: "import { hrtime } from 'node:process';\nexport const now = hrtime;\n",
  },
];

/** What libraries that run anywhere may not write. The columns: title, code, rule, what the rule says. */
const anywhere: [title: string, code: string, rule: string, message: RegExp][] = [
  ['a Node module', from('node:fs'), 'no-restricted-imports', /no Node module/],
  ['a Node module by its old name', from('fs/promises'), 'no-restricted-imports', /no Node module/],
  [
    'a Node module for its types',
    "export type { Stats } from 'fs';\n",
    'no-restricted-imports',
    /no Node module/,
  ],
  [
    'a Node module loaded late',
    "export const fs = import('node:fs');\n",
    'no-restricted-syntax',
    /no Node module/,
  ],
  ['process', 'export const run = (): unknown => process.pid;\n', 'no-restricted-globals', /Node global/],
  ['Buffer', "export const run = (): unknown => Buffer.from('');\n", 'no-restricted-globals', /Node global/],
  ['window', 'export const run = (): unknown => window.name;\n', 'no-restricted-globals', /no DOM/],
  ['document', 'export const run = (): unknown => document.title;\n', 'no-restricted-globals', /no DOM/],
  [
    'fetch',
    "export const run = (): unknown => fetch('/');\n",
    'no-restricted-globals',
    /caller reads and writes/,
  ],
  [
    'globalThis.process',
    'export const run = globalThis.process;\n',
    'no-restricted-properties',
    /globalThis\.process/,
  ],
  ['a decorator', '@mark\nexport class A {}\n', 'no-restricted-syntax', /belongs to none/],
];

const component = (template: string): string =>
  `import { Component } from '@angular/core';\n@Component({ selector: 'app-a', template: '${template}' })\nexport class A {}\n`;

const templates: LintCase[] = [
  {
    title: 'apps/console: a template in its own file',
    file: 'apps/console/src/a.html',
    violation: '<img src="a.png">\n',
    rule: '@angular-eslint/template/alt-text',
    message: /alt/,
    clean: '<img src="a.png" alt="">\n',
  },
  {
    title: 'apps/console: a template inside a component',
    file: 'apps/console/src/a.ts',
    violation: component('<img src="a.png">'),
    rule: '@angular-eslint/template/alt-text',
    message: /alt/,
    clean: component('<img src="a.png" alt="">'),
  },
  {
    title: 'apps/console: a component',
    file: 'apps/console/src/a.ts',
    violation: component('').replace('template:', 'standalone: false, template:'),
    rule: '@angular-eslint/prefer-standalone',
    message: /standalone/,
    clean: component(''),
  },
];

export const cases: LintCase[] = [
  ...imports.map(([title, file, forbidden, message, allowed]) => ({
    title,
    file,
    violation: from(forbidden),
    rule: '@nx/enforce-module-boundaries',
    message,
    clean: from(allowed),
  })),
  ...doors.map(([title, file, forbidden, message, allowed]) => ({
    title: `apps/api: ${title}`,
    file,
    violation: from(forbidden),
    rule: 'ponte/api-doors',
    message,
    clean: from(allowed),
  })),
  ...processes,
  ...anywhere.map(([title, code, rule, message]) => ({
    title: `runtime:any: ${title}`,
    file: 'libs/contacts/src/a.ts',
    violation: code,
    rule,
    message,
    clean: code,
    cleanFile: 'libs/contacts/src/a.spec.ts',
  })),
  ...templates,
];
