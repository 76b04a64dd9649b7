import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { tempFolder } from '../../../test/support/tempFolder';
import { writeTinyDataset } from '../../../test/support/tinyDataset';
import { causesOf } from '../../core/config/diff';
import { runConfigSchema } from '../../core/config/run';
import { configHash } from '../../library/configHash';
import { runFolder } from '../../library/paths';
import { splitOf } from '../datasetSplit';
import { newRun } from '../newRuns';
import { auditOrEqualImages, readAudit } from './auditFile';
import { excludedOfRun, excludeLists, removeExcludeList, saveExcludeList } from './excludeLists';
import { leaksOf } from './leaksOf';

const data = { dataset: 'tiny', validationImages: 8 };

it('a list is its images: a run names it by hash, keeps its own copy, and a changed list is another', async () => {
  const library = tempFolder();
  const manifest = writeTinyDataset(library);
  const whole = await splitOf(library, manifest, runConfigSchema.parse({ data }).data, []);
  const left = [whole.train[0]!, whole.train[3]!, whole.validation[1]!, 44];
  const list = await saveExcludeList(library, manifest, '双子', left);
  expect(list.counts).toEqual({ train: 3, test: 1 });
  const run = await newRun(library, { batchSize: 4, data: { ...data, exclude: { list: '双子' } } });
  expect(run.config.resolved.data.exclude).toEqual({ list: '双子', sha256: list.sha256 });
  const excluded = await excludedOfRun(library, run);
  const split = await splitOf(library, manifest, run.config.resolved.data, excluded);
  // Nothing but these is gone, and no image changes sides.
  expect([...split.train]).toEqual([...whole.train].filter((i) => !left.includes(i)));
  expect([...split.validation]).toEqual([...whole.validation].filter((i) => !left.includes(i)));
  expect((await saveExcludeList(library, manifest, '双子', [1])).sha256).not.toBe(list.sha256);
  await removeExcludeList(library, manifest, '双子');
  expect(await excludeLists(library, manifest)).toEqual([]);
  expect(await excludedOfRun(library, run)).toEqual(excluded);
  await expect(newRun(library, { batchSize: 4, data: { ...data, exclude: { list: '双子' } } })).rejects.toMatchObject({ code: 'config-invalid' });
  writeFileSync(join(runFolder(library, run.id), 'excluded.json'), readFileSync(join(runFolder(library, run.id), 'excluded.json'), 'utf8').replace('44', '45'));
  await expect(excludedOfRun(library, run)).rejects.toMatchObject({ code: 'library-damaged' });
});

it('the name of a list takes no part in what a run is; without one a config means what it meant', () => {
  const [a, b] = ['a', 'b'].map((list) => runConfigSchema.parse({ data: { exclude: { list, sha256: '1'.repeat(64) } } }));
  expect(causesOf(a!)).toEqual(causesOf(b!));
  expect(configHash(a!)).not.toBe(configHash(runConfigSchema.parse({})));
  expect(JSON.stringify(causesOf(a!))).not.toContain('"list"');
});

it('equal images are found at the first plan and kept; what a split makes of them depends on its list', async () => {
  const library = tempFolder();
  const manifest = writeTinyDataset(library);
  const file = join(library, 'datasets/tiny/images.bin');
  const planted = readFileSync(file);
  for (const [from, to] of [[0, 45], [1, 2], [3, 41]] as const) planted.copy(planted, to * 48, from * 48, from * 48 + 48);
  writeFileSync(file, planted);
  expect(await readAudit(library, manifest)).toBeNull();
  const audit = (await auditOrEqualImages(library, manifest))!;
  expect(await readAudit(library, manifest)).toEqual(audit);
  expect(audit.pairs.map(({ a, b, kind }) => [a, b, kind])).toEqual([[0, 45, 'exact'], [1, 2, 'exact'], [3, 41, 'exact']]);
  const leaks = await leaksOf(library, manifest, runConfigSchema.parse({ data }).data);
  expect(leaks).toMatchObject({ audit: 'exact', threshold: null, excluded: null });
  expect(leaks.pairs.filter(({ splits }) => splits[1] === 'test').map(({ b }) => b)).toEqual([45, 41]);
  const list = await saveExcludeList(library, manifest, 'twins', leaks.pairs.flatMap(({ a, b }) => [a, b]).filter((i) => i < 40));
  const after = await leaksOf(library, manifest, runConfigSchema.parse({ data: { ...data, exclude: { list: 'twins', sha256: list.sha256 } } }).data);
  expect(after.pairs).toEqual([]);
  expect(after.excluded!.images.train + after.excluded!.images.validation).toBe(list.counts.train);
});
