/** A file, an import that it may not write, what the rule says about it, and one that it may. */
export type ImportCase = [title: string, file: string, forbidden: string, message: RegExp, allowed: string];

/** Who may import whom: tags and packages. */
export const imports: ImportCase[] = [
  // A library that testing itself uses would close a circle, which is refused first.
  [
    'runtime:any → runtime:node',
    'libs/contracts/src/a.ts',
    '@ponte/testing',
    /"runtime:any"|Circular/,
    '@ponte/contacts',
  ],
  [
    'runtime:browser → runtime:node',
    'apps/console/src/a.ts',
    '@ponte/testing',
    /"runtime:browser"/,
    '@ponte/contacts',
  ],
  [
    'runtime:node → browser package',
    'apps/api/src/main.ts',
    '@angular/core',
    /"runtime:node"/,
    '@nestjs/common',
  ],
  [
    'type:domain → type:util',
    'libs/contacts/src/a.ts',
    '@ponte/tabular',
    /"type:domain"/,
    '@ponte/permissions',
  ],
  [
    'type:domain → unlisted package',
    'libs/contacts/src/a.ts',
    'zod',
    /"type:domain"/,
    'libphonenumber-js/max',
  ],
  ['type:util → type:domain', 'libs/tabular/src/a.ts', '@ponte/contacts', /"type:util"/, './b'],
  [
    'type:util → unlisted package',
    'libs/tabular/src/a.ts',
    'exceljs',
    /"type:util"/,
    'csv-parse/browser/esm',
  ],
  [
    'type:contract → type:util',
    'libs/contracts/src/a.ts',
    '@ponte/tabular',
    /"type:contract"/,
    '@ponte/contacts',
  ],
  [
    'type:contract → unlisted package',
    'libs/contracts/src/a.ts',
    'libphonenumber-js',
    /"type:contract"/,
    'zod/mini',
  ],
  ['type:testing → unlisted package', 'libs/testing/src/a.ts', 'typeorm', /"type:testing"/, 'exceljs'],
  ['type:app → type:testing', 'apps/api/src/main.ts', '@ponte/testing', /"type:app"/, '@ponte/contracts'],
  [
    'type:app in the browser → unlisted package',
    'apps/console/src/a.ts',
    'pg',
    /"runtime:browser" and "type:app"/,
    '@jsverse/transloco',
  ],
  [
    'type:e2e → type:domain',
    'apps/console-e2e/src/a.ts',
    '@ponte/contacts',
    /"type:e2e"/,
    '@ponte/contracts',
  ],
  ['type:e2e → unlisted package', 'apps/console-e2e/src/a.ts', 'pg', /"type:e2e"/, '@playwright/test'],
  ['type:tool → browser package', 'tools/a.ts', '@angular/core', /"runtime:node"/, '@ponte/testing'],
  [
    'any project → another one by path',
    'libs/tabular/src/a.ts',
    '../../contacts/src/index',
    /cannot be imported by a relative/,
    './index',
  ],
  [
    'any project → a package that package.json does not name',
    'apps/api/src/main.ts',
    'body-parser',
    /Only packages defined/,
    'helmet',
  ],
];

/** Inside apps/api/src. */
export const doors: ImportCase[] = [
  [
    'past the door',
    'apps/api/src/auth/a.ts',
    '../accounts/accounts.service',
    /index\.ts alone/,
    '../accounts',
  ],
  [
    'past the door from main.ts',
    'apps/api/src/main.ts',
    './imports/run-import',
    /index\.ts alone/,
    './imports/index',
  ],
  [
    "another feature's entity",
    'apps/api/src/audit/a.ts',
    '../contacts/contact.entity',
    /belongs to 'contacts'/,
    './entry.entity',
  ],
  [
    'platform → feature',
    'apps/api/src/platform/queue/a.ts',
    '../../imports',
    /no business meaning/,
    '../database/transaction',
  ],
  [
    'contacts → imports',
    'apps/api/src/contacts/a.ts',
    '../imports',
    /without imports and exports/,
    '../audit',
  ],
  [
    'contacts → exports',
    'apps/api/src/contacts/a.ts',
    '../exports',
    /without imports and exports/,
    '../audit',
  ],
];
