// @ts-check
import { posix } from 'node:path';

/**
 * The inner walls of apps/api, as one lint rule. Files are named by their path below apps/api/src, without extension:
 * `imports/run-import`, `platform/queue/job-queue`, `main`.
 */

const SOURCE = 'apps/api/src/';

export const FEATURES = [
  'auth',
  'accounts',
  'users',
  'permissions',
  'invitations',
  'password-resets',
  'contacts',
  'imports',
  'exports',
  'audit',
  'deletion',
  'erasures',
  'retention',
];

/**
 * `platform` has no business meaning, `launcher` only starts the other processes, `operator` holds commands, `setup` fills
 * an empty database.
 */
export const OTHER_FOLDERS = ['platform', 'launcher', 'operator', 'setup'];

export const messages = {
  door: "A feature is entered through its index.ts alone: import '{{feature}}' instead of '{{target}}'.",
  entity: "The entity '{{target}}' belongs to '{{feature}}'. Ask that feature's index.ts for what you need.",
  platform: "The platform has no business meaning, so it cannot import the feature '{{feature}}'.",
  runs: "Contacts exist without imports and exports: 'contacts' cannot import '{{feature}}'.",
  processor: 'A processor starts a consumer wherever it is loaded: only a worker module imports it.',
  worker: 'A worker module starts consumers: only the worker process and other worker modules import it.',
};

/** @param {string} file */
const folderOf = (file) => file.split('/', 1)[0] ?? '';

/** @param {string} file */
const featureOf = (file) => (FEATURES.includes(folderOf(file)) ? folderOf(file) : '');

/**
 * @param {string} from importing file
 * @param {string} target imported file
 * @returns {keyof typeof messages | null} why the import is not allowed
 */
export function judgeImport(from, target) {
  const isSpec = from.endsWith('.spec');
  const isWorker = posix.basename(from).includes('worker');
  if (/\.processor$/.test(target) && !isWorker && !isSpec) return 'processor';
  if (/worker[^/]*\.module$/.test(target) && !isWorker && !isSpec) return 'worker';

  const feature = featureOf(target);
  if (feature === '' || feature === featureOf(from)) return null;
  if (folderOf(from) === 'platform') return 'platform';
  if (featureOf(from) === 'contacts' && (feature === 'imports' || feature === 'exports')) return 'runs';
  if (target === feature || target === `${feature}/index`) return null;
  // The second door: the worker process composes the features' worker modules, which index.ts must not export.
  if (isWorker && /worker[^/]*\.module$/.test(target)) return null;
  return /\.entity$/.test(target) ? 'entity' : 'door';
}

/** @type {import('eslint').Rule.RuleModule} */
export const apiDoors = {
  meta: { type: 'problem', schema: [], messages },
  create(context) {
    const filename = context.filename.replaceAll('\\', '/');
    const start = filename.lastIndexOf(SOURCE);
    if (start < 0) return {};
    const from = withoutExtension(filename.slice(start + SOURCE.length));

    /** @param {{ source?: import('estree').Expression | null | undefined }} node */
    const check = ({ source }) => {
      if (source?.type !== 'Literal' || typeof source.value !== 'string' || !source.value.startsWith('.'))
        return;
      const target = withoutExtension(posix.join(posix.dirname(from), source.value));
      const messageId = judgeImport(from, target);
      if (messageId !== null)
        context.report({ node: source, messageId, data: { target, feature: featureOf(target) } });
    };
    return {
      ImportDeclaration: check,
      ImportExpression: check,
      ExportAllDeclaration: check,
      ExportNamedDeclaration: check,
    };
  },
};

/** @param {string} file */
function withoutExtension(file) {
  return file.replace(/\.[jt]s$/, '').replace(/\/$/, '');
}
