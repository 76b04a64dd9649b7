import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { checkpointSteps, optimizerFile, readCheckpointFile, readPosition, weightsFile, writeCheckpoint } from '../../library/checkpoints';
import { keepBestOnly } from './runOnce';

let library: string;
beforeEach(async () => { library = await mkdtemp(join(tmpdir(), 'cultivar-best-')); });
afterEach(() => rm(library, { recursive: true, force: true }));

async function checkpoint(step: number, validationAccuracy: number | null): Promise<void> {
  const position = { step, epochsDone: 0, sums: { loss: 0, correct: 0, images: 0 }, elapsedMs: 0, validationAccuracy, configHash: 'c', dataRevision: 'd', numericsVersion: 1 };
  await writeCheckpoint(library, 'r', position, { [weightsFile]: [new Uint8Array([step])], [optimizerFile]: [new Uint8Array([step, step])] });
}

it('a stop that keeps the best leaves one checkpoint, whole, and says which and what went', async () => {
  for (const [step, accuracy] of [[10, 0.4], [20, 0.6], [30, 0.5], [34, null]] as const) await checkpoint(step, accuracy);
  expect(await keepBestOnly(library, 'r', 7)).toEqual([{ type: 'checkpoint', atMs: 7, step: 20, bytes: 3, reason: 'best', dropped: [10, 30, 34] }]);
  expect(await checkpointSteps(library, 'r')).toEqual([20]);
  const position = await readPosition(library, 'r', 20);
  for (const [name, bytes] of [[weightsFile, [20]], [optimizerFile, [20, 20]]] as const) expect([...(await readCheckpointFile(library, 'r', position, name))]).toEqual(bytes);
});

it('before the first epoch has ended it is a plain stop: nothing goes', async () => {
  await checkpoint(4, null);
  expect(await keepBestOnly(library, 'r', 7)).toEqual([]);
  expect(await checkpointSteps(library, 'r')).toEqual([4]);
});
