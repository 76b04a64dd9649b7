import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { tempFolder } from '../../test/support/tempFolder';
import { changeExperiment, createExperiment, currentPlan, listExperimentIds, newExperimentId, readExperiment } from './experiments';

const experiment = { name: '増強か、長さか', question: 'Which?', given: { factors: [], seeds: [7, 8, 9] }, arms: [{ key: 'epochs 2', levels: { epochs: 2 }, runIds: ['a', 'b'], seeds: [7, 8] }] };

test('an experiment is written, read, replaced and listed', async () => {
  const library = tempFolder();
  const id = newExperimentId(experiment.name);
  const written = await createExperiment(library, { ...experiment, id });
  expect(written.id).toBe(id);
  expect(await readExperiment(library, id)).toEqual(written);
  await changeExperiment(library, id, (manifest) => ({ ...manifest, question: 'Why?' }));
  expect((await readExperiment(library, id)).question).toBe('Why?');
  const other = await createExperiment(library, experiment);
  expect((await listExperimentIds(library)).sort()).toEqual([id, other.id].sort());
  expect(await listExperimentIds(join(library, 'absent'))).toEqual([]);
});

test('one that cannot be read is damage', async () => {
  const library = tempFolder();
  const { id } = await createExperiment(library, experiment);
  writeFileSync(join(library, 'experiments', id, 'manifest.json'), '{}');
  await expect(readExperiment(library, id)).rejects.toMatchObject({ code: 'library-damaged' });
});

test('one of before knows its seeds from its file', async () => {
  const library = tempFolder();
  const { id } = await createExperiment(library, { ...experiment, arms: [{ key: 'epochs 2', levels: { epochs: 2 }, runIds: ['a', 'b'] }] });
  expect((await readExperiment(library, id)).arms).toMatchObject([{ runIds: ['a', 'b'], seeds: [7, 8] }]);
});

test('changes come one after another, and none is lost; the first plan stays', async () => {
  const library = tempFolder();
  const { id } = await createExperiment(library, experiment);
  const at = new Date().toISOString();
  await Promise.all(Array.from({ length: 8 }, (_, i) => changeExperiment(library, id, (manifest) => ({
    ...manifest, notes: [...manifest.notes, { at, text: String(i) }], extensions: [...manifest.extensions, { at, given: i }],
  }))));
  const after = await readExperiment(library, id);
  expect(after.notes.map(({ text }) => Number(text)).sort()).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
  expect(after.given).toEqual(experiment.given);
  expect(currentPlan(after)).toBe(after.extensions.at(-1)!.given);
  await expect(changeExperiment(library, 'none-there', () => null)).rejects.toMatchObject({ code: 'experiment-unknown' });
});
