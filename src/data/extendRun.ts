import { createHash } from 'node:crypto';
import { constants, copyFile, link, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { CultivarError } from '../contracts/errors';
import type { RunConfig, ScheduleConfig } from '../core/config/run';
import { numericsVersion } from '../core/run/numericsVersion';
import { writeJsonAtomic } from '../library/atomic';
import { checkpointFile, checkpointSteps, optimizerFile, readCheckpointFile, readPosition, type CheckpointPosition } from '../library/checkpoints';
import { configHash } from '../library/configHash';
import type { RunManifest } from '../library/runManifest';
import { createRun, readRun } from '../library/runs';
import { excludedOfRun, keepExcluded } from './audit/excludeLists';
import { asJson, checkedRunConfig } from './newRuns';
import { readDatasetManifest } from './openDataset';

/** A warm restart (Loshchilov and Hutter 2017): from the run's peak to zero again, over the added epochs; the optimizer is warm already. */
const restart = ({ schedule: { learningRate } }: RunConfig): ScheduleConfig => ({ kind: 'cosine', learningRate, warmupEpochs: 0 });

/**
 * A new, waiting run that goes on where a completed one ended: with its weights, its optimizer's state and its averages, on the order and draws of
 * the epochs that come next. Its schedule is its own, over the added epochs.
 * @param schedule of the added epochs; a warm restart where it is left out
 * @throws CultivarError config-invalid where the run has not ended, or its state was not kept or is of other numerics; dataset-unknown where its data are gone
 */
export async function extendRun(library: string, runId: string, epochs: number, schedule?: unknown): Promise<RunManifest> {
  const parent = await readRun(library, runId);
  const before = parent.config.resolved;
  const refused = (message: string, remedy: string) => new CultivarError({ code: 'config-invalid', message, remedy });
  if (parent.status !== 'completed') throw refused(`The run ${runId} is ${parent.status}, not completed.`, 'Resume it; a completed run can be extended.');
  if (parent.numericsVersion !== numericsVersion) throw refused(`The run ${runId} was trained by other numerics than there are now.`, 'Start a new run.');
  await readDatasetManifest(library, parent.dataset.id, parent.dataset.revision);
  const step = (await checkpointSteps(library, runId)).at(-1);
  const position = step === undefined ? null : await readPosition(library, runId, step);
  if (!position?.files[optimizerFile]) {
    throw refused(`The optimizer's state of the run ${runId} was not kept, so it cannot be extended as it was.`, 'Train it with "keepOptimizerState": true, or start a new run from its weights.');
  }
  // Read whole, so that no damage is handed on.
  for (const name of Object.keys(position.files)) await readCheckpointFile(library, runId, position, name);
  const sha256 = createHash('sha256').update(JSON.stringify(Object.entries(position.files).map(([name, file]) => [name, file.sha256]).sort())).digest('hex');
  const document = {
    ...before, name: `${before.name || runId} +${epochs}`, epochs, schedule: schedule ?? restart(before), earlyStopping: null, timeBudgetMinutes: null,
    continues: { runId, sha256, epochs: (before.continues?.epochs ?? 0) + position.epochsDone, steps: (before.continues?.steps ?? 0) + position.step },
  };
  const resolved = checkedRunConfig(document);
  return createRun(library, { name: resolved.name, config: { given: asJson(document), resolved }, dataset: parent.dataset, numericsVersion }, async (folder) => {
    await keepExcluded(folder, parent.dataset.revision, await excludedOfRun(library, parent));
    const start = join(folder, 'checkpoints', '0');
    await mkdir(start, { recursive: true });
    for (const name of Object.keys(position.files)) await linked(checkpointFile(library, runId, position.step, name), join(start, name));
    const { files, dataRevision } = position;
    await writeJsonAtomic(join(start, 'position.json'), {
      schemaVersion: 1, step: 0, epochsDone: 0, sums: { loss: 0, correct: 0, images: 0 }, elapsedMs: 0, validationAccuracy: null, configHash: configHash(resolved), dataRevision, numericsVersion, files,
    } satisfies CheckpointPosition);
  });
}

/** The same bytes under two names where the disk can: a checkpoint's files are never written again. */
const linked = (from: string, to: string) => link(from, to).catch(() => copyFile(from, to, constants.COPYFILE_FICLONE));
