import { defineConfig } from '@playwright/test';

/**
 * Stories told to the real product: `src/start-product.ts` starts it as a user would, in an empty folder, and stops it at
 * the end. With PONTE_E2E_URL, PONTE_ADMIN_EMAIL, PONTE_ADMIN_PASSWORD, PONTE_AGENT_EMAIL and PONTE_AGENT_PASSWORD the
 * stories are told to one that runs already.
 */
export default defineConfig({
  testDir: 'src',
  outputDir: 'test-results',
  globalSetup: './src/start-product.ts',
  // One at a time: the product's own two processes need the other core.
  workers: 1,
  timeout: 60_000,
  expect: { timeout: 10_000 },
  reporter: 'list',
  use: {
    // Written by the global setup before the tests' processes start.
    baseURL: process.env['PONTE_E2E_URL'],
    locale: 'pt-BR',
    timezoneId: 'America/Sao_Paulo',
    viewport: { width: 1440, height: 900 },
    trace: 'retain-on-failure',
    launchOptions: {
      executablePath: process.env['PONTE_CHROMIUM'] ?? '/usr/bin/chromium',
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
      ],
    },
  },
});
