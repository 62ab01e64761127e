import { defineConfig, mergeConfig } from 'vitest/config';
import shared from '../../vitest.shared';

export default mergeConfig(
  shared,
  defineConfig({
    test: {
      name: 'api',
      include: ['src/**/*.spec.ts', 'test/**/*.e2e-spec.ts'],
      globalSetup: ['test/setup/services.ts'],
      // Suites share two cores with a real PostgreSQL, a real Redis and the product's own processes.
      maxWorkers: 2,
      testTimeout: 60_000,
      hookTimeout: 120_000,
    },
  }),
);
