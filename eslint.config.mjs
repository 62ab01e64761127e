import js from '@eslint/js';
import nx from '@nx/eslint-plugin';
import angular from '@angular-eslint/eslint-plugin';
import angularTemplate from '@angular-eslint/eslint-plugin-template';
import angularTemplateParser from '@angular-eslint/template-parser';
import tseslint from 'typescript-eslint';

/**
 * One rule for every tag, never `*`. A project must satisfy both of its dimensions: where its code may run
 * (`runtime:`) and what it is for (`type:`). External packages are listed by name where the list is short enough
 * to be a promise: a library that runs anywhere can only use what runs anywhere.
 */
export const depConstraints = [
  { sourceTag: 'runtime:any', onlyDependOnLibsWithTags: ['runtime:any'] },
  { sourceTag: 'runtime:node', onlyDependOnLibsWithTags: ['runtime:any', 'runtime:node'] },
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
  },
  {
    sourceTag: 'type:app',
    onlyDependOnLibsWithTags: ['type:domain', 'type:util', 'type:contract'],
  },
  { sourceTag: 'type:e2e', onlyDependOnLibsWithTags: ['type:contract', 'type:testing'] },
  {
    sourceTag: 'type:tool',
    onlyDependOnLibsWithTags: ['type:domain', 'type:util', 'type:contract', 'type:testing'],
  },
];

const boundaries = {
  '@nx/enforce-module-boundaries': [
    'error',
    { enforceBuildableLibDependency: false, allow: [], banTransitiveDependencies: false, depConstraints },
  ],
};

export default tseslint.config(
  { ignores: ['**/dist', '**/.data', '**/.angular', '**/.nx', '**/node_modules', 'libs/testing/corpus'] },
  { plugins: { '@nx': nx } },
  {
    files: ['**/*.ts'],
    extends: [js.configs.recommended, ...tseslint.configs.strict],
    rules: {
      ...boundaries,
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/consistent-type-imports': 'off',
      '@typescript-eslint/no-extraneous-class': 'off',
      '@typescript-eslint/no-non-null-assertion': 'error',
      'no-console': 'error',
      eqeqeq: 'error',
    },
  },
  {
    files: ['**/*.mjs'],
    extends: [js.configs.recommended],
    languageOptions: { globals: { process: 'readonly', console: 'readonly', URL: 'readonly', setTimeout: 'readonly', clearTimeout: 'readonly', fetch: 'readonly', Buffer: 'readonly' } },
  },
  {
    files: ['apps/console/**/*.ts'],
    plugins: { '@angular-eslint': angular },
    rules: { ...angular.configs.recommended.rules },
  },
  {
    files: ['apps/console/**/*.html'],
    plugins: { '@angular-eslint/template': angularTemplate },
    languageOptions: { parser: angularTemplateParser },
    rules: { ...angularTemplate.configs.recommended.rules, ...angularTemplate.configs.accessibility?.rules },
  },
);
