import { defineConfig, mergeConfig } from 'vitest/config';
import shared from '../vitest.shared';

// ESLint, the compiler and the bundler are slow to load on a busy machine.
export default mergeConfig(
  shared,
  defineConfig({ test: { name: 'tools', include: ['**/*.spec.ts'], testTimeout: 60_000 } }),
);
