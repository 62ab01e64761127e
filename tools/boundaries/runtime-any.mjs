// @ts-check
import { builtinModules } from 'node:module';

/**
 * What code that runs anywhere may not touch. The compiler says the same (`types: []`); the lint rules say it with a
 * reason, and also where a package's own typings would let Node's globals in through the back door.
 */

const NODE_GLOBALS = [
  'process',
  'Buffer',
  'global',
  'require',
  'module',
  '__dirname',
  '__filename',
  'setImmediate',
];
const DOM_GLOBALS = ['window', 'document', 'self', 'navigator', 'location', 'localStorage', 'sessionStorage'];
const IO_GLOBALS = [
  'fetch',
  'XMLHttpRequest',
  'WebSocket',
  'Worker',
  'FileReader',
  'indexedDB',
  'postMessage',
];

const builtinNames = builtinModules.filter((name) => !name.startsWith('_') && !name.includes('/'));
export const builtinPattern = `^(node:|(${builtinNames.join('|')})(/|$))`;

const NO_BUILTINS = 'This library runs in browsers and workers too: no Node module.';

/** @type {import('eslint').Linter.RulesRecord} */
export const runtimeAnyRules = {
  'no-restricted-imports': ['error', { patterns: [{ regex: builtinPattern, message: NO_BUILTINS }] }],
  'no-restricted-globals': [
    'error',
    ...NODE_GLOBALS.map((name) => ({ name, message: 'This library runs in browsers too: no Node global.' })),
    ...DOM_GLOBALS.map((name) => ({ name, message: 'This library runs on Node too: no DOM.' })),
    ...IO_GLOBALS.map((name) => ({ name, message: 'This library computes; its caller reads and writes.' })),
  ],
  'no-restricted-properties': [
    'error',
    ...[...NODE_GLOBALS, ...DOM_GLOBALS, ...IO_GLOBALS].map((property) => ({
      object: 'globalThis',
      property,
    })),
  ],
  'no-restricted-syntax': [
    'error',
    {
      selector: `ImportExpression > Literal[value=/${builtinPattern.replaceAll('/', '\\/')}/]`,
      message: NO_BUILTINS,
    },
    { selector: 'Decorator', message: 'Decorators tie a type to a framework; this library belongs to none.' },
  ],
};
