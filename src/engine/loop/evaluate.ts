import type { ImageStore } from '../../contracts/dataset';
import type { Score } from '../../core/run/events';
import { plainBatches } from '../input';
import type { Batch, Network } from '../step/network';

/** Images in an evaluation's batch. Fixed, so that a score does not depend on the training batch. */
export const evaluationBatch = 250;

/**
 * Loss and accuracy on plain images with running statistics.
 * @param proceed asked between batches; false ends the evaluation
 * @param of the weights themselves or their moving average
 * @param see gets each batch and its logits [n, classes]
 * @returns null where it was ended
 */
export async function score(network: Network, store: ImageStore, indices: Uint32Array, proceed: () => Promise<boolean>, see?: (batch: Batch, logits: Float32Array) => void, of: 'weights' | 'average' = 'weights'): Promise<Score | null> {
  let [loss, correct] = [0, 0];
  for (const batch of plainBatches(store, indices, evaluationBatch)) {
    if (!(await proceed())) return null;
    const result = network.evaluate(batch, of);
    loss += result.lossSum;
    correct += result.correct;
    see?.(batch, result.logits);
  }
  return { loss: loss / indices.length, accuracy: correct / indices.length, images: indices.length };
}
