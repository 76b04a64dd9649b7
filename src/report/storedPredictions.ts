import type { StoredPredictions } from '../contracts/calls/experiments';
import { readPredictions } from '../library/predictions';
import { readRun } from '../library/runs';

/**
 * A run's validation predictions, as stored for its last step; null where there are none, or older ones.
 * @throws CultivarError run-unknown, run-damaged
 */
export async function storedPredictions(library: string, runId: string): Promise<StoredPredictions | null> {
  const [run, found] = [await readRun(library, runId), await readPredictions(library, runId, 'validation')];
  if (!found || found.step !== run.summary.step || found.dataRevision !== run.dataset.revision) return null;
  const { split, step, classes, dataRevision, indices, labels, probabilities } = found;
  return { runId, split, step, classes, dataRevision, indices, labels, probabilities };
}
