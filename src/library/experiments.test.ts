import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { tempFolder } from '../../test/support/tempFolder';
import { createExperiment, listExperimentIds, newExperimentId, readExperiment, writeExperiment } from './experiments';

const experiment = { name: '増強か、長さか', question: 'Which?', given: { factors: [] }, arms: [{ key: 'epochs 2', levels: { epochs: 2 }, runIds: ['a', 'b'] }] };

test('an experiment is written, read, replaced and listed', async () => {
  const library = tempFolder();
  const id = newExperimentId(experiment.name);
  const written = await createExperiment(library, { ...experiment, id });
  expect(written.id).toBe(id);
  expect(await readExperiment(library, id)).toEqual(written);
  await writeExperiment(library, { ...written, question: 'Why?' });
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
