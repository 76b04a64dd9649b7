import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync, linkSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { writeManyRuns } from '../../test/support/manyRuns';
import { tempFolder } from '../../test/support/tempFolder';
import { deleteRun, emptyBin } from './bin';
import { binContents, runSizes } from './binContents';
import { checkpointSteps } from './checkpoints';
import { acquireLock } from './lock';
import { runFolder, runLockFile } from './paths';
import { readRun } from './runs';
import { readEvents } from './events';
import { binWeights, missingWeights, restoreWeights } from './weightsBin';

const weights = 3_000_000;

/** Two runs with a checkpoint each, of bytes that no disk can press. */
function setUp() {
  const library = tempFolder();
  const ids = writeManyRuns(library, { count: 2, epochs: 2, stepsPerEpoch: 5, events: true });
  for (const id of ids) {
    const checkpoint = join(runFolder(library, id), 'checkpoints', '10');
    mkdirSync(checkpoint, { recursive: true });
    writeFileSync(join(checkpoint, 'weights.safetensors'), randomBytes(weights));
  }
  return { library, ids: ids as [string, string] };
}
/** As coreutils count it: bytes of the disk, a file with two names once. */
const du = (folder: string) => Number(execFileSync('du', ['-s', '-B1', folder], { encoding: 'utf8' }).split('\t')[0]);

it('takes the weights and leaves the record, can be undone, and frees what it says', async () => {
  const { library, ids: [id, other] } = setUp();
  const [record, events] = [await readRun(library, id), await readEvents(library, id)];
  const before = du(library);
  const bytes = await binWeights(library, id);
  expect(bytes).toBeGreaterThanOrEqual(weights);
  expect(await checkpointSteps(library, id)).toEqual([]);
  expect([await readRun(library, id), await readEvents(library, id)]).toEqual([record, events]);
  expect(await binContents(library)).toMatchObject([{ kind: 'weights', id, name: record.name }]);
  await restoreWeights(library, id);
  expect(await checkpointSteps(library, id)).toEqual([10]);
  expect(await binContents(library)).toEqual([]);

  await binWeights(library, id);
  await deleteRun(library, other);
  expect((await binContents(library)).map(({ kind }) => kind).sort()).toEqual(['run', 'weights']);
  const held = du(library);
  const freed = await emptyBin(library);
  expect(freed).toBe(held - du(library));
  expect(before - du(library)).toBeGreaterThanOrEqual(2 * weights);
  expect(await binContents(library)).toEqual([]);
  expect(await readRun(library, id)).toEqual(record);
  await expect(restoreWeights(library, id)).rejects.toMatchObject({ code: 'run-unknown' });
  expect(await binWeights(library, id)).toBe(0);
});

it('tells weights in the bin, weights that are gone, and a run that never had any apart', async () => {
  const { library, ids: [id] } = setUp();
  const { events } = await readEvents(library, id);
  const saved = [...events, { type: 'checkpoint', atMs: 1, step: 10, bytes: weights, reason: 'end', dropped: [] } as const];
  expect(await missingWeights(library, id, saved)).toBeNull();
  const before = Date.now();
  await binWeights(library, id);
  const told = await missingWeights(library, id, saved);
  expect(Date.parse(told!.binnedAt!)).toBeGreaterThanOrEqual(before - 1000);
  expect(await missingWeights(library, id, events)).toBeNull();
  await restoreWeights(library, id);
  expect(await missingWeights(library, id, saved)).toBeNull();
  await binWeights(library, id);
  await emptyBin(library);
  expect(await missingWeights(library, id, saved)).toEqual({ binnedAt: null });
});

it('promises nothing of bytes that another run holds as well', async () => {
  const { library, ids: [id, other] } = setUp();
  linkSync(join(runFolder(library, id), 'checkpoints', '10', 'weights.safetensors'), join(runFolder(library, other), 'checkpoints', '10', 'start.safetensors'));
  await binWeights(library, id);
  const held = du(library);
  expect(await emptyBin(library)).toBe(held - du(library));
  expect(held - du(library)).toBeLessThan(weights);
  expect(readFileSync(join(runFolder(library, other), 'checkpoints', '10', 'start.safetensors'))).toHaveLength(weights);
});

it('leaves a run alone that waits or trains', async () => {
  const { library, ids: [id, other] } = setUp();
  const training = await acquireLock(runLockFile(library, id), 'training');
  await expect(binWeights(library, id)).rejects.toMatchObject({ code: 'run-locked' });
  await training.release();
  const path = join(runFolder(library, other), 'manifest.json');
  writeFileSync(path, readFileSync(path, 'utf8').replace('"status": "completed"', '"status": "queued"'));
  await expect(binWeights(library, other)).rejects.toMatchObject({ code: 'run-locked' });
  expect(existsSync(join(runFolder(library, other), 'checkpoints', '10'))).toBe(true);
});

it('tells what each run takes', async () => {
  const { library, ids } = setUp();
  const [largest, next] = await runSizes(library);
  expect([largest!.id, next!.id].sort()).toEqual([...ids].sort());
  expect(largest!.weightsBytes).toBeGreaterThanOrEqual(weights);
  expect(largest!.weightsBytes + largest!.recordBytes).toBe(du(runFolder(library, largest!.id)));
});

it('is listed also while weights go into it and are put back', async () => {
  const { library, ids: [id] } = setUp();
  let moving = true;
  const moves = (async () => {
    for (let i = 0; i < 40; i++) {
      await binWeights(library, id);
      await restoreWeights(library, id);
    }
    moving = false;
  })();
  while (moving) expect((await binContents(library)).every((item) => item.kind === 'weights' && item.id === id)).toBe(true);
  await moves;
});
