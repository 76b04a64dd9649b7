import { makeLabels, type Labels } from '../../core/data/labels';
import type { Embeddings } from '../../contracts/tools';
import type { EvaluationSplit } from '../../contracts/trainer';
import { openRunData } from '../loop/evaluateRun';
import { loadWeights } from '../checkpoint/checkpoint';
import { plainBatches } from '../input';
import type { RunManifest } from '../../library/runManifest';
import { openRunInspection } from './openRunInspection';

const batchSize = 250;

/**
 * The penultimate layer of every image of a split, by a run's last whole checkpoint, on the CPU.
 * @param most images: of a larger split as many, evenly spread over it; null takes all
 * @param proceed asked between batches; false ends it
 * @returns null where it was ended
 * @throws CultivarError as `evaluateRun`
 */
export async function embedRun(library: string, run: RunManifest, split: EvaluationSplit, most: number | null, proceed: () => Promise<boolean>, tell: (done: number, images: number) => void): Promise<Embeddings | null> {
  const { dataset, indices: all } = await openRunData(library, run, split);
  const indices = most === null || all.length <= most ? all : Uint32Array.from({ length: most }, (_, i) => all[Math.floor((i * all.length) / most)]!);
  const weights = await loadWeights(library, run.id);
  const network = await openRunInspection(run.config.resolved, dataset.manifest, weights.tensors, weights.step);
  const { featureCount, classes } = network;
  const features = new Float32Array(indices.length * featureCount);
  const [labels, predicted] = [0, 1].map(() => makeLabels(dataset.classes.length, indices.length, () => 0)) as [Labels, Labels];
  let done = 0;
  try {
    for (const batch of plainBatches(dataset.store, indices, batchSize)) {
      if (!(await proceed())) return null;
      const count = batch.labels.length;
      const answer = network.features(batch.pixels, count);
      features.set(answer.features, done * featureCount);
      labels.set(batch.labels, done);
      for (let i = 0; i < count; i++) predicted[done + i] = largest(answer.logits.subarray(i * classes, (i + 1) * classes));
      done += count;
      tell(done, indices.length);
    }
  } finally {
    await network.close();
  }
  return { split, step: weights.step, epochsDone: weights.epochsDone, classes: dataset.classes, splitImages: all.length, indices: Uint32Array.from(indices), labels, predicted, features, featureCount };
}

const largest = (logits: Float32Array) => logits.reduce((best, value, i) => (value > logits[best]! ? i : best), 0);
