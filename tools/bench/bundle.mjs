// @ts-check
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'vite';
import { workspaceRoot } from '../gate/workspace.mjs';

const here = join(workspaceRoot, 'tools', 'bench');

/**
 * Scripts that Node runs as they are stay where they are: they find the workspace by their own place.
 *
 * @type {import('vite').Plugin}
 */
const outside = {
  name: 'ponte:outside',
  enforce: 'pre',
  resolveId(id, importer) {
    if (!id.startsWith('.') || !id.endsWith('.mjs') || importer === undefined) return null;
    return { id: pathToFileURL(join(dirname(importer), id)).href, external: true };
  },
};

/**
 * Bundles a script of this folder with the workspace's libraries for Node. Answers the file, which lies below
 * node_modules so that it finds the packages, and what removes it.
 *
 * @param {string} entry relative to this folder
 */
export async function bundleForNode(entry) {
  const cache = join(workspaceRoot, 'node_modules', '.cache');
  mkdirSync(cache, { recursive: true });
  const folder = mkdtempSync(join(cache, 'ponte-bench-'));
  await build({
    root: here,
    configFile: false,
    logLevel: 'error',
    resolve: { tsconfigPaths: true },
    build: { ssr: entry, outDir: folder, target: 'node20', minify: false },
    plugins: [outside],
    ssr: { noExternal: [/^@ponte\//] },
  });
  return {
    file: join(folder, `${basename(entry, '.ts')}.js`),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

/**
 * Bundles a script and runs what it exports as default.
 *
 * @param {string} entry relative to this folder
 * @param {readonly string[]} options what follows the benchmark's name
 * @returns {Promise<void>}
 */
export async function runBundled(entry, options = []) {
  const { file, remove } = await bundleForNode(entry);
  try {
    /** @type {{ default: (options: readonly string[]) => Promise<void> }} */
    const script = await import(pathToFileURL(file).href);
    await script.default(options);
  } finally {
    remove();
  }
}

/**
 * Bundles a script for a page, as an application would.
 *
 * @param {string} entry relative to this folder
 * @returns {Promise<string>} the code of one module
 */
export async function bundleForPage(entry) {
  const output = await build({
    root: here,
    configFile: false,
    logLevel: 'error',
    resolve: { tsconfigPaths: true },
    define: { 'process.env.NODE_ENV': '"production"' },
    build: {
      write: false,
      minify: true,
      target: 'es2022',
      lib: { entry: join(here, entry), formats: ['es'], fileName: 'page' },
    },
  });
  const [script] = /** @type {import('vite').Rolldown.RolldownOutput[]} */ (output);
  if (script === undefined) throw new Error(`Nothing was built for ${entry}`);
  return script.output[0].code;
}
