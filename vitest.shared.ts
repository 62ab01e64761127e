import { defineConfig } from 'vitest/config';

/** Every Node-side project tests with the same settings: workspace aliases from tsconfig.base.json, one reporter. */
export default defineConfig({
  resolve: { tsconfigPaths: true },
  test: {
    environment: 'node',
    passWithNoTests: false,
    testTimeout: 20_000,
    hookTimeout: 60_000,
  },
});
