import type { RunConfigInput } from '../../src/core/config/run';
import { parametersOf } from '../../src/core/model/parameters';
import { networkPlan } from '../../src/core/model/plan';
import { CounterRandom } from '../../src/core/random/philox';
import { encodeSafetensors } from '../../src/engine/checkpoint/safetensors';
import { initialWeights } from '../../src/engine/model/initialWeights';
import { averageFile, weightsFile, writeCheckpoint } from '../../src/library/checkpoints';
import { waitingRun } from './trainingLibrary';

/**
 * A run on "dots" with one checkpoint, without training: first weights, and batch norms that are not the identity, so that whatever is
 * left out or swapped shows. With `emaDecay` it has an average too, of other values.
 */
export async function exportableRun(library: string, change: RunConfigInput = {}): Promise<string> {
  const runId = await waitingRun(library, change);
  const architecture = networkPlan({ architecture: change.model?.architecture ?? 'resnet18', stem: change.model?.stem ?? 'imagenet' }, 3, 3);
  const random = new CounterRandom(7, 'exportable', 0);
  const tensors = parametersOf(architecture).map((spec) => {
    const data = initialWeights(spec, architecture.classifier.features, 1);
    if (spec.kind.startsWith('norm')) data.forEach((value, i) => { data[i] = value + 0.2 * random.normal(); });
    if (spec.kind === 'runningMean') data.forEach((_, i) => { data[i] = 0.1 * random.normal(); });
    if (spec.kind === 'runningVariance') data.forEach((_, i) => { data[i] = 0.5 + random.float(); });
    return { name: spec.name, shape: spec.shape, data };
  });
  const position = {
    step: 4, epochsDone: 1, sums: { loss: 0, correct: 0, images: 0 }, elapsedMs: 1, validationAccuracy: 0.5, configHash: 'none', dataRevision: 'none', numericsVersion: 1,
  };
  const averages = tensors.map((tensor) => ({ ...tensor, data: tensor.data.map((value) => value * 0.9) }));
  await writeCheckpoint(library, runId, position, {
    [weightsFile]: encodeSafetensors(tensors, { format: 'pt' }),
    ...(typeof change.emaDecay === 'number' && { [averageFile]: encodeSafetensors(averages, { format: 'pt' }) }),
  });
  return runId;
}
