// @ts-check

/**
 * @typedef {object} DepConstraint
 * @property {string} [sourceTag]
 * @property {string[]} [allSourceTags]
 * @property {string[]} [onlyDependOnLibsWithTags]
 * @property {string[]} [allowedExternalImports]
 * @property {string[]} [bannedExternalImports]
 */

/**
 * A rule for every tag, never `*`. A project must satisfy both of its dimensions: where its code may run (`runtime:`)
 * and what it is for (`type:`). External packages are listed by name where the list is short enough to be a promise:
 * a library that runs anywhere can only use what runs anywhere.
 *
 * @type {DepConstraint[]}
 */
export const depConstraints = [
  { sourceTag: 'runtime:any', onlyDependOnLibsWithTags: ['runtime:any'] },
  {
    sourceTag: 'runtime:node',
    onlyDependOnLibsWithTags: ['runtime:any', 'runtime:node'],
    bannedExternalImports: ['@angular/*', '@casl/angular', '@jsverse/*'],
  },
  { sourceTag: 'runtime:browser', onlyDependOnLibsWithTags: ['runtime:any', 'runtime:browser'] },
  {
    sourceTag: 'type:domain',
    onlyDependOnLibsWithTags: ['type:domain'],
    allowedExternalImports: ['libphonenumber-js', 'libphonenumber-js/*', '@casl/ability'],
  },
  {
    sourceTag: 'type:util',
    onlyDependOnLibsWithTags: ['type:util'],
    allowedExternalImports: ['csv-parse', 'csv-parse/*'],
  },
  {
    sourceTag: 'type:contract',
    onlyDependOnLibsWithTags: ['type:domain', 'type:contract'],
    allowedExternalImports: ['zod', 'zod/*'],
  },
  {
    sourceTag: 'type:testing',
    onlyDependOnLibsWithTags: ['type:domain', 'type:util', 'type:contract'],
    allowedExternalImports: ['exceljs', 'fast-check', 'ioredis', 'postal-mime', 'smtp-server'],
  },
  { sourceTag: 'type:app', onlyDependOnLibsWithTags: ['type:domain', 'type:util', 'type:contract'] },
  {
    allSourceTags: ['runtime:browser', 'type:app'],
    allowedExternalImports: [
      '@angular/*',
      '@casl/ability',
      '@casl/angular',
      '@jsverse/*',
      'idb-keyval',
      'rxjs',
      'rxjs/*',
      'tslib',
      'uqr',
    ],
  },
  {
    sourceTag: 'type:e2e',
    onlyDependOnLibsWithTags: ['type:contract', 'type:testing'],
    allowedExternalImports: ['@playwright/test', '@axe-core/playwright', 'otpauth'],
  },
  {
    sourceTag: 'type:tool',
    onlyDependOnLibsWithTags: ['type:domain', 'type:util', 'type:contract', 'type:testing'],
  },
];

/** What a test may use on top of what the tested project may use. A test never ships, and it always runs on Node. */
const TEST_TAGS = { runtime: 'runtime:node', type: 'type:testing' };
const TEST_PACKAGES = ['vitest', 'vitest/*', 'fast-check', 'exceljs'];

/**
 * The same constraints for spec files, test folders and their configuration.
 *
 * @type {DepConstraint[]}
 */
export const testDepConstraints = depConstraints.map((constraint) => ({
  ...constraint,
  ...(constraint.onlyDependOnLibsWithTags && {
    onlyDependOnLibsWithTags: [
      ...constraint.onlyDependOnLibsWithTags,
      constraint.sourceTag?.startsWith('runtime:') ? TEST_TAGS.runtime : TEST_TAGS.type,
    ],
  }),
  ...(constraint.allowedExternalImports && {
    allowedExternalImports: [...constraint.allowedExternalImports, ...TEST_PACKAGES],
  }),
}));
