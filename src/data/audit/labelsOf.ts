import type { LabelAudit } from '../../core/audit/types';
import { confidentLearning } from '../../core/audit/confidentLearning';
import { readPredictions } from '../../library/predictions';
import { readRun } from '../../library/runs';

/**
 * Likely label errors from a run's kept predictions on its validation images, which it was not trained on.
 * @returns null where none are kept for the run's last weights
 * @throws CultivarError run-unknown, run-damaged
 */
export async function labelsOf(library: string, runId: string): Promise<LabelAudit | null> {
  const [run, found] = [await readRun(library, runId), await readPredictions(library, runId, 'validation')];
  if (!found || found.step !== run.summary.step || found.dataRevision !== run.dataset.revision) return null;
  const { labels, probabilities, indices, classes, step, dataRevision } = found;
  return {
    runId, datasetId: run.dataset.id, dataRevision, step, split: 'validation', images: labels.length, classes,
    ...confidentLearning({ labels, probabilities, indices, classes: classes.length }),
  };
}
