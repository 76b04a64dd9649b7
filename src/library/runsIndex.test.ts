import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it, vi } from 'vitest';
import { writeManyRuns } from '../../test/support/manyRuns';
import { tempFolder } from '../../test/support/tempFolder';

/** The library as a process of its own sees it: without what this one has read before. */
async function listAnew(library: string) {
  vi.resetModules();
  return (await import('./runs')).listRuns(library);
}

it('an index is only there to be fast: what has changed is read again, what is gone is gone, and a bad index is none', async () => {
  const library = tempFolder();
  const ids = writeManyRuns(library, { count: 60, epochs: 2, stepsPerEpoch: 3, events: false });
  const index = join(library, '.runs-index.json');
  const first = await listAnew(library);
  expect(first).toHaveLength(60);
  expect(existsSync(index)).toBe(true);
  expect(await listAnew(library)).toEqual(first);

  const manifest = join(library, 'runs', ids[7]!, 'manifest.json');
  writeFileSync(manifest, readFileSync(manifest, 'utf8').replace('実行 7 ', '別の名前 '));
  rmSync(join(library, 'runs', ids[9]!), { recursive: true });
  const second = await listAnew(library);
  expect(second).toHaveLength(59);
  expect(second.find(({ id }) => id === ids[7])).toMatchObject({ manifest: { name: 'ResNet-18, 別の名前 <&>' } });

  // From the index, not from the files: a change in it shows, as long as the file's mark is the same.
  writeFileSync(index, readFileSync(index, 'utf8').replace('実行 8 ', 'INDEX '));
  expect((await listAnew(library)).find(({ id }) => id === ids[8])).toMatchObject({ manifest: { name: 'ResNet-18, INDEX <&>' } });
  writeFileSync(index, readFileSync(index, 'utf8').replace(/"form":"[0-9a-f]{6}/, '"form":"000000'));
  expect((await listAnew(library)).find(({ id }) => id === ids[8])).toMatchObject({ manifest: { name: 'ResNet-18, 実行 8 <&>' } });
  writeFileSync(index, '{"schemaVersion": 1, "runs": ');
  expect(await listAnew(library)).toEqual(second);
});
