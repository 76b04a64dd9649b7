import { existsSync, mkdirSync, readdirSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { tempFolder } from '../../test/support/tempFolder';
import { runConfigSchema } from '../core/config/run';
import { checkpointSteps, optimizerFile, readCheckpointFile, readPosition, weightsFile, writeCheckpoint } from './checkpoints';
import { runFolder } from './paths';
import { createRun } from './runs';
import { openRunWriter } from './runWriter';

it('a checkpoint whose process was killed while another of its step took its place is put back', async () => {
  const library = tempFolder();
  const { id } = await createRun(library, { name: 'r', config: { given: {}, resolved: runConfigSchema.parse({}) }, dataset: { id: 'cifar10', revision: 'd' }, numericsVersion: 1 });
  const write = (step: number, epochsDone: number) => writeCheckpoint(library, id, {
    step, epochsDone, sums: { loss: 0, correct: 0, images: 0 }, elapsedMs: 0, validationAccuracy: null, configHash: 'c', dataRevision: 'd', numericsVersion: 1,
  }, { [weightsFile]: [Uint8Array.of(step, epochsDone)], [optimizerFile]: [Uint8Array.of(1)] });
  await write(4, 0);
  const folder = join(runFolder(library, id), 'checkpoints');
  // Where a kill between the two renames leaves them.
  renameSync(join(folder, '4'), join(folder, '.4.old'));
  mkdirSync(join(folder, '.4.new'));
  expect(await checkpointSteps(library, id)).toEqual([]);

  await (await openRunWriter(library, id, 'the end of a run')).close();
  expect(await checkpointSteps(library, id)).toEqual([4]);
  expect([...(await readCheckpointFile(library, id, await readPosition(library, id, 4), weightsFile))]).toEqual([4, 0]);

  // A kill after both leaves the old one beside the new one, which stands.
  await write(4, 1);
  mkdirSync(join(folder, '.4.old'));
  await (await openRunWriter(library, id, 'the end of a run')).close();
  expect(await readPosition(library, id, 4)).toMatchObject({ epochsDone: 1 });
  expect(existsSync(join(folder, '.4.old'))).toBe(true);
  await write(8, 2);
  expect(readdirSync(folder).sort()).toEqual(['4', '8']);
});
