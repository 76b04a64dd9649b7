import { defineConfig } from '@playwright/test';

export default defineConfig({
  testDir: 'e2e',
  // One window at a time: runs share the machine's cores.
  workers: 1,
  fullyParallel: false,
  retries: 0,
  timeout: 90_000,
  globalTimeout: 15 * 60_000,
  expect: { timeout: 15_000 },
  reporter: [['list']],
  outputDir: 'test-results',
  globalSetup: './e2e/support/globalSetup.ts',
  projects: [
    { name: 'e2e', testMatch: '*.e2e.ts' },
    { name: 'screens', testMatch: 'screens.ts' },
    { name: 'frames', testMatch: 'frames.ts' },
  ],
});
