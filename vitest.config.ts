import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['src/**/*.test.ts', 'scripts/**/*.test.ts'],
    // Training is compared bit for bit and the machine may have two cores: files run one after another in their own processes.
    pool: 'forks',
    maxWorkers: 2,
    // The checks are exact ones of the CPU, on a machine with a GPU too.
    env: { CUDA_VISIBLE_DEVICES: '-1' },
    // Bounds what hangs, on a machine many times slower than a workstation.
    testTimeout: 240_000,
    hookTimeout: 240_000,
  },
});
