import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { defineConfig } from 'vitest/config';

const project = join(import.meta.dirname, '../..');

/** Tests of the sources that do more when CULTIVAR_LONG_TESTS is set. */
const longer = readdirSync(join(project, 'src'), { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.test.ts') && readFileSync(join(project, 'src', name), 'utf8').includes('CULTIVAR_LONG_TESTS'))
  .map((name) => `src/${name}`);

export default defineConfig({
  test: {
    root: project,
    include: ['test/long/**/*.test.ts', ...longer],
    pool: 'forks',
    maxWorkers: 1,
    env: { CUDA_VISIBLE_DEVICES: '-1', CULTIVAR_LONG_TESTS: '1' },
    testTimeout: 1_800_000,
    hookTimeout: 3_600_000,
  },
});
