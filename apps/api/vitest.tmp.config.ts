import { defineConfig, mergeConfig } from 'vitest/config';
import shared from '../../vitest.shared';
export default mergeConfig(
  shared,
  defineConfig({
    test: {
      name: 'tmp',
      include: ['src/**/*.spec.ts'],
      maxWorkers: 1,
      testTimeout: 60_000,
      hookTimeout: 120_000,
    },
  }),
);
