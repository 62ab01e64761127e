import { defineConfig } from 'vite';

/**
 * Four entries, one code base: `main` (HTTP), `worker` (queue consumers, mail, sweeper), `launcher` (everything on one
 * machine without any service installed) and `operator` (commands). Packages stay outside the bundle.
 */
export default defineConfig({
  resolve: { tsconfigPaths: true },
  build: {
    ssr: true,
    target: 'node20',
    outDir: '../../dist/apps/api',
    emptyOutDir: true,
    sourcemap: true,
    rollupOptions: {
      input: {
        main: 'src/main.ts',
        worker: 'src/worker.ts',
        launcher: 'src/launcher/launcher.ts',
        operator: 'src/operator.ts',
      },
      output: { entryFileNames: '[name].js', chunkFileNames: '[name]-[hash].js' },
    },
  },
});
