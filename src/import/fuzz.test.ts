import { expect, it } from 'vitest';
import { tempFolder } from '../../test/support/tempFolder';
import { fuzzImports } from '../../test/long/importFuzz';

it('1,000 mutated files end as an import or as an error that is told', async () => {
  const count = await fuzzImports(1_000, tempFolder(), 2);
  console.log(`${count.files} mutated files: ${count.imported} imported, ${count.refused} refused, no crash`);
  expect(count.imported + count.refused).toBe(1_000);
  expect(count.imported).toBeGreaterThan(50);
});
