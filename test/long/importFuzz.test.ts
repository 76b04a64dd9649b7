import { expect, it } from 'vitest';
import { tempFolder } from '../support/tempFolder';
import { fuzzImports } from './importFuzz';

it('10,000 mutated files end as an import or as an error that is told', async () => {
  const count = await fuzzImports(10_000, tempFolder(), 1);
  console.log(`${count.files} mutated files: ${count.imported} imported, ${count.refused} refused, no crash; the slowest took ${Math.round(count.slowestMs)} ms`);
  expect(count.imported + count.refused).toBe(10_000);
  expect(count.imported).toBeGreaterThan(500);
  expect(count.refused).toBeGreaterThan(500);
}, 3_600_000);
