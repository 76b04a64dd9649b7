import { CultivarError } from '../../contracts/errors';
import { readEvents } from '../../library/events';
import { readExperiment } from '../../library/experiments';
import { readRunManifest } from '../../library/runs';
import type { ArchiveManifest } from './manifest';

/**
 * Reads what was unpacked as a library would: a file with a right hash may still have been made wrongly.
 * @throws CultivarError archive-damaged
 */
export async function checkStaged(path: string, staged: string, { runs, experiments }: ArchiveManifest): Promise<void> {
  try {
    for (const { id, dataset } of runs) {
      const run = await readRunManifest(staged, id);
      if (run.dataset.id !== dataset.id || run.dataset.revision !== dataset.revision) throw new Error(`the run ${id} is of other data than the archive says`);
      await readEvents(staged, id);
    }
    const packed = new Set(runs.map(({ id }) => id));
    for (const { id } of experiments) {
      const experiment = await readExperiment(staged, id);
      const missing = experiment.id !== id ? id : experiment.arms.flatMap(({ runIds }) => runIds).find((runId) => !packed.has(runId));
      if (missing !== undefined) throw new Error(`the experiment ${id} is not whole: ${missing}`);
    }
  } catch (error) {
    throw new CultivarError({
      code: 'archive-damaged', message: `${path} cannot be imported: what it holds cannot be read.`, remedy: 'Nothing of it was placed in the library. Get the file again, or make the archive anew.',
      detail: (error as Error).message,
    }, { cause: error });
  }
}
