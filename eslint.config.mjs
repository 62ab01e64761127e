import js from '@eslint/js';
import nx from '@nx/eslint-plugin';
import angular from '@angular-eslint/eslint-plugin';
import angularTemplate from '@angular-eslint/eslint-plugin-template';
import angularTemplateParser from '@angular-eslint/template-parser';
import tseslint from 'typescript-eslint';
import { apiDoors } from './tools/boundaries/api-doors.mjs';
import { depConstraints, testDepConstraints } from './tools/boundaries/dep-constraints.mjs';
import { projectsTagged } from './tools/boundaries/projects.mjs';
import { runtimeAnyRules } from './tools/boundaries/runtime-any.mjs';

const TESTS = ['**/*.spec.ts', '**/test/**/*.ts', '**/*.e2e-spec.ts', '**/vitest.config.ts'];

/** The specs of a library use the builders that are made of it. Nothing that ships is part of such a circle. */
const TEST_CIRCLES = [['tabular', 'testing']];

/** Only packages that package.json names: what a dependency brings along may leave with its next version. */
const boundaries = (depConstraints, allow = []) => ({
  '@nx/enforce-module-boundaries': [
    'error',
    { banTransitiveDependencies: true, allow, depConstraints, ignoredCircularDependencies: TEST_CIRCLES },
  ],
});

const NODE_GLOBALS = `AbortController AbortSignal Blob Buffer DecompressionStream FormData Response TextDecoder TextEncoder URL URLSearchParams
  clearInterval clearTimeout console fetch performance process setInterval setTimeout structuredClone`;

export default tseslint.config(
  {
    ignores: [
      ...['dist', '.data', '.angular', '.nx', 'test-results', 'playwright-report'].map(
        (name) => `**/${name}`,
      ),
      'libs/testing/corpus',
    ],
  },
  {
    plugins: { '@nx': nx, ponte: { rules: { 'api-doors': apiDoors } } },
    linterOptions: { reportUnusedDisableDirectives: 'error' },
  },
  {
    files: ['**/*.ts'],
    extends: [js.configs.recommended, ...tseslint.configs.strict],
    rules: {
      ...boundaries(depConstraints),
      // Nest's modules and Angular's components are classes without members.
      '@typescript-eslint/no-extraneous-class': 'off',
      // `http.post<void>(…)` is how Angular says that the answer has no body.
      '@typescript-eslint/no-invalid-void-type': 'off',
      '@typescript-eslint/no-unused-vars': [
        'error',
        { argsIgnorePattern: '^_', varsIgnorePattern: '^_$', ignoreRestSiblings: true },
      ],
      'no-console': 'error',
      eqeqeq: 'error',
    },
  },
  {
    // The rules that need types. A promise that nobody awaits is a failed write that nobody hears of.
    files: ['apps/**/*.ts', 'libs/*/**/*.ts', 'tools/**/*.ts'],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': 'error',
      '@typescript-eslint/await-thenable': 'error',
    },
  },
  {
    files: ['**/*.mjs'],
    extends: [js.configs.recommended],
    languageOptions: {
      globals: Object.fromEntries(NODE_GLOBALS.split(/\s+/).map((name) => [name, 'readonly'])),
    },
    rules: boundaries(depConstraints),
  },
  // Every vitest.config.ts extends the one in the root, which belongs to no project.
  { files: TESTS, rules: boundaries(testDepConstraints, ['/vitest\\.shared$']) },
  {
    files: projectsTagged('runtime:any').map(({ root }) => `${root}/**/*.ts`),
    ignores: TESTS,
    rules: runtimeAnyRules,
  },
  { files: ['apps/api/src/**/*.ts'], rules: { 'ponte/api-doors': 'error' } },
  {
    // Configuration is read once, in one file, into one frozen object; nobody else looks at the environment.
    files: ['apps/api/src/**/*.ts'],
    ignores: ['apps/api/src/platform/config/**', ...TESTS],
    rules: {
      'no-restricted-properties': [
        'error',
        { object: 'process', property: 'env', message: 'Read it in platform/config and inject the result.' },
      ],
      'no-restricted-imports': [
        'error',
        { paths: ['process', 'node:process'].map((name) => ({ name, importNames: ['env', 'default'] })) },
      ],
    },
  },
  {
    files: ['apps/console/**/*.ts'],
    plugins: { '@angular-eslint': angular },
    processor: angularTemplate.processors['extract-inline-html'],
    rules: angular.configs.recommended.rules,
  },
  {
    files: ['apps/console/**/*.html'],
    plugins: { '@angular-eslint/template': angularTemplate },
    languageOptions: { parser: angularTemplateParser },
    rules: { ...angularTemplate.configs.recommended.rules, ...angularTemplate.configs.accessibility.rules },
  },
);
