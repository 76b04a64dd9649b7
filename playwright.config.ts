import { defineConfig } from '@playwright/test';

export default defineConfig({
  testDir: 'e2e',
  // One window at a time: runs share the machine's cores.
  workers: 1,
  fullyParallel: false,
  retries: 0,
  // Conditions are waited for; these bound what hangs, on a machine many times slower than a workstation.
  timeout: 10 * 60_000,
  globalTimeout: 45 * 60_000,
  expect: { timeout: 60_000 },
  reporter: [['list']],
  outputDir: 'test-results',
  globalSetup: './e2e/support/globalSetup.ts',
  projects: [
    { name: 'e2e', testMatch: '*.e2e.ts' },
    { name: 'screens', testMatch: 'screens*.ts' },
    { name: 'states', testMatch: 'states*.ts' },
    { name: 'frames', testMatch: /e2e\/frames\.ts$/ },
    { name: 'listing', testMatch: 'listing.ts' },
    { name: 'overlay', testMatch: 'overlay.ts' },
    { name: 'tiles', testMatch: 'tiles.ts' },
    { name: 'speed', testMatch: 'speed.ts' },
  ],
});
