// @ts-check
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { NX, workspaceRoot } from '../gate/workspace.mjs';
import { runBundled } from './bundle.mjs';
import { quoteResults } from './quote.mjs';

/**
 * `npm run bench`: every benchmark; `npm run bench -- wizard xlsx`: those that are named. What begins with two hyphens is
 * for the benchmark: `npm run bench -- import --rows=100000`.
 */
const BENCHES = {
  /** Reading, checking and writing rows, beside their peers. */
  rows: () => runBundled('rows/bench.ts'),
  /** The verdicts on ten million phones, beside the library's: they must be the same. */
  verdicts: () => runBundled('verdicts/bench.ts', options),
  /** A workbook to rows, beside exceljs. */
  xlsx: () => runBundled('xlsx/bench.ts'),
  /** In Chromium, file to checked CSV: beside react-spreadsheet-import, and beside reading the file alone. */
  wizard: () => buildConsole() && runBundled('wizard/bench.ts'),
  /** In Chromium, the wizard's page while it takes a file of a million rows. */
  page: () => buildConsole() && runBundled('page/bench.ts'),
  /** The product's import beside `psql \copy`; see import/options.ts for how to measure parts of it. */
  import: () => buildApi() && runBundled('import/bench.ts', options),
  /** The product's exports beside `psql \copy` and exceljs' stream writer; `--quick` for small ones. */
  export: () => buildApi() && runBundled('export/bench.ts', options),
  /** Lists and searches with five million contacts, and what they cost an import; `--rows=` for fewer. */
  search: () => buildApi() && runBundled('search/bench.ts', options),
  /** The same file beside those who import it otherwise. */
  peers: () => buildApi() && runBundled('peers/bench.ts', options),
  /** Measures nothing. After every run the pages quote the newest results; this is for results from elsewhere. */
  quote: () => true,
};

/** These run when they are named: they install what the project does not need. */
const ON_REQUEST = ['peers'];

/** @typedef {keyof typeof BENCHES} Name */

const names = /** @type {Name[]} */ (Object.keys(BENCHES));
const words = process.argv.slice(2).filter((word) => !word.startsWith('--'));
const options = process.argv.slice(2).filter((word) => word.startsWith('--'));
const unknown = words.filter((word) => !names.some((name) => name === word));
if (unknown.length > 0) {
  console.error(`No such benchmark: ${unknown.join(', ')}. There are: ${names.join(', ')}.`);
  process.exit(1);
}

// Whoever stops a benchmark stops the servers that it has started, too.
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => process.exit(1));

const asked = words.length === 0 ? names.filter((name) => !ON_REQUEST.includes(name)) : words;
for (const name of names.filter((known) => asked.includes(known))) {
  console.log(`\n▶ ${name}`);
  if ((await BENCHES[name]()) === false) process.exitCode = 1;
}
quoteResults();

/** What is measured is what users get: the console as `npm start` serves it. */
function buildConsole() {
  return build('api', 'console');
}

function buildApi() {
  return build('api');
}

/** @param {readonly string[]} projects */
function build(...projects) {
  return runNode(NX, ['run-many', '-t', 'build', '-p', ...projects, '--outputStyle=static']);
}

/**
 * @param {string} script below node_modules, or absolute
 * @param {readonly string[]} args
 */
function runNode(script, args) {
  const path = script.startsWith('/') ? script : join(workspaceRoot, 'node_modules', script);
  const { status } = spawnSync(process.execPath, [path, ...args], {
    cwd: workspaceRoot,
    env: { ...process.env, NX_DAEMON: 'false', NX_TUI: 'false' },
    stdio: 'inherit',
  });
  return status === 0;
}
