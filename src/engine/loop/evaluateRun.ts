import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { OpenDataset } from '../../contracts/dataset';
import { CultivarError } from '../../contracts/errors';
import type { AugmentedProbabilities, EvaluationResult, EvaluationSplit, SplitPredictions } from '../../contracts/trainer';
import { excludedOfRun } from '../../data/audit/excludeLists';
import { datasetSplit } from '../../data/datasetSplit';
import { openDataset } from '../../data/openDataset';
import { checkWeightsKept } from '../../library/checkpoints';
import type { RunManifest } from '../../library/runManifest';
import { isUsingGpuDevice, loadTensorFlow } from '../backend';
import { loadWeights } from '../checkpoint/checkpoint';
import { initialState, openNetwork } from '../step/network';
import type { WeightsKind } from '../../core/run/weightsKind';
import { testTimeViews, viewed, type TestTimeAugmentation } from '../../core/augmentation/testTime';
import { topAccuracy } from '../../core/predictions/topAccuracy';
import { addSoftmax, CollectedPredictions } from './collectPredictions';
import { score } from './evaluate';
import { networkSpec } from './trainRun';

/**
 * Measures the last whole checkpoint of a run on plain images.
 * @param kind the weights themselves or their moving average
 * @param tta also the mean over views of each image, reported beside the plain result and never in its place
 * @param proceed asked between batches; false ends it, with an error
 * @param tell images that are done, of all
 * @throws CultivarError checkpoint-damaged where there is none; config-invalid where the data are another revision or have no such split, or the run keeps no average
 */
export async function evaluateRun(library: string, run: RunManifest, split: EvaluationSplit, tta: TestTimeAugmentation | null, kind: WeightsKind, proceed: () => Promise<boolean>, tell: (done: number, images: number) => void = () => undefined): Promise<{ result: EvaluationResult; predictions: SplitPredictions; augmented: AugmentedProbabilities | null }> {
  const { id, config: { resolved: config } } = run;
  checkWeightsKept(id, config, kind);
  const { dataset, indices } = await openRunData(library, run, split);
  const weights = await loadWeights(library, id, kind);
  const device = isUsingGpuDevice(loadTensorFlow()) ? 'gpu' : 'cpu';
  const spec = networkSpec(config, dataset.manifest, device);
  const scratch = await mkdtemp(join(tmpdir(), 'cultivar-evaluate-'));
  const network = await openNetwork(spec, scratch);
  try {
    const stored = new Map(weights.tensors.map((tensor) => [tensor.name, tensor]));
    // A completed run keeps no optimizer state, and none is needed here.
    network.writeState(initialState(spec, config.seed).map((tensor) => (tensor.role === 'optimizer' ? tensor : { ...tensor, ...found(stored.get(tensor.name), tensor.name, weights.step) })));
    const classes = dataset.classes.length;
    const confusion = dataset.classes.map(() => new Array<number>(classes).fill(0));
    const plain = new CollectedPredictions(indices, classes);
    const averaged = new Float32Array(tta === null ? 0 : indices.length * classes);
    let [seen, viewsMs] = [0, 0];
    const begun = performance.now();
    const measured = await score(network, dataset.store, indices, proceed, (batch, logits) => {
      const { labels, pixels } = batch;
      plain.add(labels, logits);
      const viewsBegun = performance.now();
      for (const view of tta === null ? [] : testTimeViews[tta]) {
        const isPlain = !view.flip && view.dx === 0 && view.dy === 0;
        const outputs = isPlain ? logits : network.evaluate({ labels, pixels: viewed(pixels, dataset.store, view) }).logits;
        addSoftmax(outputs, classes, view.weight, averaged.subarray(seen * classes, (seen + labels.length) * classes));
      }
      viewsMs += performance.now() - viewsBegun;
      seen += labels.length;
      tell(seen, indices.length);
      labels.forEach((label, i) => { confusion[label]![largest(logits.subarray(i * classes, (i + 1) * classes))]! += 1; });
    });
    if (!measured) throw new Error('the evaluation was ended');
    const predictions = plain.all;
    // The plain look is one of the views, and its answer is used again.
    const [allMs, images] = [performance.now() - begun, Math.max(1, indices.length)];
    const top = (k: number, probabilities: Float32Array) => topAccuracy(predictions.labels, probabilities, classes, k);
    return {
      predictions, augmented: tta && { kind: tta, probabilities: averaged, msPerImage: { plain: (allMs - viewsMs) / images, augmented: allMs / images } },
      result: {
        split, weights: kind, step: weights.step, epochsDone: weights.epochsDone, ...measured, top5: classes > 5 ? top(5, predictions.probabilities) : null,
        tta: tta && { kind: tta, views: testTimeViews[tta].length, accuracy: top(1, averaged), top5: classes > 5 ? top(5, averaged) : null },
        classes: dataset.classes, confusion, device, passedOver: weights.passedOver,
      },
    };
  } finally {
    network.close();
    await rm(scratch, { recursive: true, force: true });
  }
}

/**
 * The data a run was made on, and the images of one of its splits.
 * @throws CultivarError dataset-unknown; config-invalid where the data are another revision or have no such split
 */
export async function openRunData(library: string, run: RunManifest, split: EvaluationSplit): Promise<{ dataset: OpenDataset; indices: Uint32Array }> {
  const { config: { resolved: { data } }, dataset: { revision } } = run;
  const dataset = await openDataset(library, data.dataset, revision);
  if (dataset.revision !== revision) {
    throw new CultivarError({ code: 'config-invalid', message: `The data set "${data.dataset}" is another revision than the one this run was made for.`, remedy: 'Evaluate it on the data it was trained on.' });
  }
  return { dataset, indices: split === 'test' ? testIndices(dataset) : datasetSplit(dataset, data, await excludedOfRun(library, run)).validation };
}

function found<T>(tensor: T | undefined, name: string, step: number): T {
  if (!tensor) throw new CultivarError({ code: 'checkpoint-damaged', message: `Checkpoint ${step} lacks the tensor ${name}.` });
  return tensor;
}

function testIndices({ splits: { test }, manifest: { id, exclusions } }: OpenDataset): Uint32Array {
  if (test.count === 0) throw new CultivarError({ code: 'config-invalid', message: `The data set "${id}" has no test images.` });
  const excluded = new Set(exclusions);
  return Uint32Array.from({ length: test.count }, (_, i) => test.start + i).filter((index) => !excluded.has(index));
}

/** The first of the largest, as TensorFlow's ArgMax. */
const largest = (logits: Float32Array) => logits.reduce((best, value, i) => (value > logits[best]! ? i : best), 0);
