import { defineConfig, mergeConfig } from 'vitest/config';
import shared from '../../vitest.shared';

/** What runs in the table worker knows no page, so it is tested in plain Node; the rest belongs to Angular's own builder. */
export default mergeConfig(
  shared,
  defineConfig({
    test: { name: 'console worker', include: ['src/app/imports/wizard/worker/**/*.spec.ts'] },
  }),
);
