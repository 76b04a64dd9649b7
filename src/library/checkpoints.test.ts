import { existsSync, mkdirSync, readdirSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { tempFolder } from '../../test/support/tempFolder';
import { runConfigSchema } from '../core/config/run';
import { checkpointSteps, optimizerFile, readCheckpointFile, readPosition, removeUnneeded, unneededCheckpoints, weightsFile, writeCheckpoint } from './checkpoints';
import { runFolder } from './paths';
import { createRun } from './runs';
import { openRunWriter } from './runWriter';

async function run(): Promise<{ library: string; id: string; write: (step: number, epochsDone: number, validationAccuracy?: number) => Promise<number> }> {
  const library = tempFolder();
  const { id } = await createRun(library, { name: 'r', config: { given: {}, resolved: runConfigSchema.parse({}) }, dataset: { id: 'cifar10', revision: 'd' }, numericsVersion: 1 });
  const write = (step: number, epochsDone: number, validationAccuracy: number | null = null) => writeCheckpoint(library, id, {
    step, epochsDone, sums: { loss: 0, correct: 0, images: 0 }, elapsedMs: 0, validationAccuracy, configHash: 'c', dataRevision: 'd', numericsVersion: 1,
  }, { [weightsFile]: [Uint8Array.of(step, epochsDone)], [optimizerFile]: [Uint8Array.of(1)] });
  return { library, id, write };
}

it('a checkpoint whose process was killed while another of its step took its place is put back', async () => {
  const { library, id, write } = await run();
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

it('a damaged checkpoint that was passed over takes the place of no sound one, and stays until the run comes to its step', async () => {
  const { library, id, write } = await run();
  const left = async (at: number) => {
    await removeUnneeded(library, id, await unneededCheckpoints(library, id, { at }));
    return checkpointSteps(library, id);
  };
  await write(4, 1, 0.5);
  await write(8, 2, 0.4);
  await write(12, 3, 0.9);
  // 12 is damaged: the run goes on from 8.
  await write(9, 2);
  expect(await left(9)).toEqual([4, 8, 9, 12]);
  await write(10, 2);
  expect(await left(10)).toEqual([4, 9, 10, 12]);
  await write(12, 3, 0.6);
  expect(await left(12)).toEqual([10, 12]);
});
