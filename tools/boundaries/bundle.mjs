// @ts-check
import { isBuiltin } from 'node:module';
import { join } from 'node:path';
import { createContext, runInContext } from 'node:vm';
import { gzipSync } from 'node:zlib';
import { build } from 'vite';
import { workspaceRoot } from './projects.mjs';

/**
 * @typedef {object} Bundle
 * @property {string} code one script, minified
 * @property {string[]} packages npm packages that were resolved, direct and transitive, before tree-shaking
 * @property {string[]} builtins Node modules that were imported, as `name from importer`
 * @property {number} gzipBytes
 */

/**
 * Bundles a library as a browser application would.
 *
 * @param {string} root the library's folder, relative to the workspace
 * @param {string} [source] code to bundle in place of src/index.ts, as if it were a file beside it
 * @returns {Promise<Bundle>}
 */
export async function bundleForBrowser(root, source) {
  const folder = join(workspaceRoot, root);
  const entry = join(folder, 'src', source === undefined ? 'index.ts' : 'virtual-entry.ts');
  const builtins = new Set();
  const packages = new Set();

  /** @type {import('vite').Plugin} */
  const recorder = {
    name: 'ponte:recorder',
    enforce: 'pre',
    resolveId(id, importer) {
      if (id === entry && source !== undefined) return id;
      if (!isBuiltin(id)) return null;
      // Recorded before Vite replaces the module with an empty stub, which fails only in a user's browser.
      builtins.add(`${id} from ${importer?.replace(workspaceRoot, '.') ?? 'entry'}`);
      return { id, external: true };
    },
    load(id) {
      return id === entry ? source : undefined;
    },
    buildEnd() {
      for (const id of this.getModuleIds()) {
        const name = packageOf(id);
        if (name !== null) packages.add(name);
      }
    },
  };

  const output = await build({
    root: folder,
    configFile: false,
    logLevel: 'silent',
    plugins: [recorder],
    resolve: { tsconfigPaths: true },
    define: { 'process.env.NODE_ENV': '"production"' },
    build: {
      write: false,
      minify: true,
      target: 'es2022',
      lib: { entry, formats: ['iife'], name: 'library', fileName: 'library' },
    },
  });
  const [script] = /** @type {import('vite').Rolldown.RolldownOutput[]} */ (output);
  if (script === undefined) throw new Error(`Nothing was built for ${root}`);
  const { code } = script.output[0];
  return {
    code,
    packages: [...packages].sort(),
    builtins: [...builtins].sort(),
    gzipBytes: gzipSync(code, { level: 9 }).length,
  };
}

/**
 * Everything that is wrong with a bundle, as sentences; none means that it may ship.
 *
 * @param {Bundle} bundle
 * @param {import('./libraries.mjs').LibraryBudget} budget
 * @returns {string[]}
 */
export function judgeBundle(bundle, { packages, gzipKilobytes }) {
  const size = bundle.gzipBytes / 1000;
  return [
    ...bundle.builtins.map((name) => `imports the Node module ${name}`),
    ...bundle.packages
      .filter((name) => !packages.includes(name))
      .map((name) => `contains the package ${name}`),
    ...(size > gzipKilobytes
      ? [`is ${size.toFixed(1)} kB gzipped, over its budget of ${gzipKilobytes} kB`]
      : []),
    ...(bundle.builtins.length > 0 ? [] : loadAlone(bundle.code)),
  ];
}

/**
 * Runs the bundle where there is neither Node nor a DOM: only the language and what `runtime-any.d.ts` declares.
 *
 * @param {string} code
 */
function loadAlone(code) {
  try {
    runInContext(code, createContext({ TextDecoder, TextEncoder, AbortSignal, DecompressionStream }), {
      timeout: 10_000,
    });
    return [];
  } catch (error) {
    // Any throw of any realm counts; the message is all that a reader needs.
    return [`does not load outside Node and the DOM: ${String(error)}`];
  }
}

/** @param {string} id */
function packageOf(id) {
  const match = /.*\/node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(id);
  return match?.[1] ?? null;
}
