import { rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { CultivarError } from '../contracts/errors';
import type { RunRecord } from '../contracts/runs';
import type { StoredEvent } from '../core/run/events';
import { asStorageError, makeFolder } from './atomic';
import { move } from './bin';
import { bytesHeld } from './bytesHeld';
import { checkpointSteps } from './checkpoints';
import { acquireLock } from './lock';
import { binnedWeightsFolder, isId, runFolder, runLockFile } from './paths';
import { readRun } from './runs';

/**
 * Moves a run's checkpoints to the bin: most of what it takes of the disk. Config, curves, log, predictions and exports stay. Without weights a
 * run can be read, compared and reported, and not resumed, extended, evaluated or exported.
 * @returns bytes that emptying the bin will free; 0 for a run that has no weights
 * @throws CultivarError run-unknown, run-damaged; run-locked while it waits or trains; a storage error
 */
export async function binWeights(library: string, id: string): Promise<number> {
  const { status } = await readRun(library, id);
  if (status === 'queued') throw new CultivarError({ code: 'run-locked', message: `The run "${id}" waits in the queue.`, remedy: 'Take it out of the queue first.' });
  const lock = await acquireLock(runLockFile(library, id), 'removing weights');
  try {
    if ((await checkpointSteps(library, id)).length === 0) return 0;
    const folder = binnedWeightsFolder(library, id);
    const bytes = await bytesHeld(checkpoints(runFolder(library, id)));
    await makeFolder(folder);
    // Weights that were binned before, of a run that has trained on since: the bin keeps the last.
    await rm(checkpoints(folder), { recursive: true, force: true });
    await move(checkpoints(runFolder(library, id)), checkpoints(folder));
    return bytes;
  } catch (error) {
    throw asStorageError(error, library);
  } finally {
    await lock.release();
  }
}

/** @throws CultivarError run-unknown where run or weights are not there; destination-exists where the run has weights again; a storage error */
export async function restoreWeights(library: string, id: string): Promise<void> {
  await readRun(library, id);
  const folder = binnedWeightsFolder(library, id);
  if (!isId(id) || !(await stat(checkpoints(folder)).catch(() => null))) throw new CultivarError({ code: 'run-unknown', message: `The bin has no weights of the run "${id}".` });
  if ((await checkpointSteps(library, id)).length > 0) throw new CultivarError({ code: 'destination-exists', message: `The run "${id}" has weights again.`, remedy: 'It has trained on since: what it has now stays.' });
  const lock = await acquireLock(runLockFile(library, id), 'bringing weights back');
  try {
    await rm(checkpoints(runFolder(library, id)), { recursive: true, force: true });
    await move(checkpoints(folder), checkpoints(runFolder(library, id)));
    await rm(folder, { recursive: true, force: true });
  } catch (error) {
    throw asStorageError(error, library);
  } finally {
    await lock.release();
  }
}

/** Whether the weights that a run's events tell of are gone from it: removed, or never brought in with its archive. */
export async function missingWeights(library: string, id: string, events: readonly StoredEvent[]): Promise<RunRecord['weightsMissing']> {
  if (!events.some(({ type }) => type === 'checkpoint') || (await checkpointSteps(library, id)).length > 0) return null;
  const binned = await stat(binnedWeightsFolder(library, id)).catch(() => null);
  return { binnedAt: binned?.ctime.toISOString() ?? null };
}

const checkpoints = (folder: string) => join(folder, 'checkpoints');
