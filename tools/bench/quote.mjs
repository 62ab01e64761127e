// @ts-check
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { workspaceRoot } from '../gate/workspace.mjs';

const RESULTS = join(workspaceRoot, 'tools/bench/results');

/** Pages that quote results. A test holds them to the files, so that no figure in them can drift. */
export const PAGES = ['README.md', 'tools/bench/README.md'].map((page) => join(workspaceRoot, page));

/** `<!-- results:import -->` and `<!-- /results -->`: what stands between them is not written by hand. */
const QUOTE = /(<!-- results:([a-z-]+) -->\n)[\s\S]*?(<!-- \/results -->)/g;

/** The formatter would have its own idea of a table, and the figures are quoted to the letter. */
const IGNORE_START = '<!-- prettier-ignore-start -->';
const IGNORE_END = '<!-- prettier-ignore-end -->';

const FILE = /^\d{4}-\d\d-\d\d-([a-z-]+)\.(?:md|svg)$/;

/**
 * The newest files of each benchmark: their names begin with the date.
 *
 * @returns {Map<string, { text: string, plot: string | null }>} by name; `plot` is the path of its picture
 */
export function newestResults() {
  /** @type {Map<string, { text: string, plot: string | null }>} */
  const results = new Map();
  for (const file of readdirSync(RESULTS).sort()) {
    const name = FILE.exec(file)?.[1];
    if (name === undefined) continue;
    const path = join(RESULTS, file);
    const known = results.get(name) ?? { text: '', plot: null };
    results.set(
      name,
      file.endsWith('.svg')
        ? { ...known, plot: path }
        : { ...known, text: readFileSync(path, 'utf8').trim() },
    );
  }
  return results;
}

/**
 * The text of a page with the newest results between its markers.
 *
 * @param {string} page its path, from which pictures are found
 * @param {string} text
 * @param {ReturnType<typeof newestResults>} results
 */
export function quote(page, text, results) {
  return text.replace(
    QUOTE,
    (_, /** @type {string} */ begin, /** @type {string} */ name, /** @type {string} */ end) => {
      const { text: table = '', plot = null } = results.get(name) ?? {};
      const words = table === '' ? `Not measured yet: \`npm run bench -- ${name}\`.` : table;
      const picture = plot === null ? '' : `![Rows against seconds](${relative(dirname(page), plot)})\n\n`;
      return `${begin}\n${IGNORE_START}\n${words}\n${IGNORE_END}\n\n${picture}${end}`;
    },
  );
}

/** Brings the pages up to date. Writes nothing that is so already. */
export function quoteResults() {
  const results = newestResults();
  for (const page of PAGES) {
    const text = readFileSync(page, 'utf8');
    const quoted = quote(page, text, results);
    if (quoted !== text) writeFileSync(page, quoted);
  }
}
