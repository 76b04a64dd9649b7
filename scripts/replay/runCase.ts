import { pixelsOf } from '../../test/support/pixelsOf';
import type { OpenDataset } from '../../src/contracts/dataset';
import { openNetwork, type Batch, type NetworkSpec } from '../../src/engine/step/network';
import { referenceState } from './referenceState';
import type { TrajectoryCase, TrajectoryFile, TrajectoryResult } from './trajectories';

const testImages = 8;

/** Trains a case through the engine, on the training images in their order, and evaluates the first test images. */
export async function runCase(
  trajectory: TrajectoryCase,
  { mean, std }: Pick<TrajectoryFile, 'mean' | 'std'>,
  { store, splits }: OpenDataset,
  names: readonly string[],
  device: NetworkSpec['device'],
  scratch: string,
): Promise<TrajectoryResult> {
  const { arch, stem, batch: size, steps, optimizer, lr, weightDecay, nesterov, eps, labelSmoothing, clipNorm } = trajectory;
  const spec: NetworkSpec = {
    architecture: arch,
    stem,
    classes: 10,
    height: store.height,
    width: store.width,
    channels: 3,
    mean,
    deviation: std,
    labelSmoothing,
    optimizer:
      optimizer === 'sgd'
        ? { kind: 'sgd', momentum: 0.9, nesterov, weightDecay }
        : { kind: optimizer, beta1: 0.9, beta2: 0.999, epsilon: eps, weightDecay },
    clipNorm: clipNorm || null,
    precision: 'float32',
    device,
  };
  const batch = (start: number, count: number): Batch => {
    const bytes = store.height * store.width * store.channels;
    return {
      pixels: pixelsOf(store).subarray(start * bytes, (start + count) * bytes),
      labels: Int32Array.from(store.labels.subarray(start, start + count)),
    };
  };
  const network = await openNetwork(spec, scratch);
  try {
    network.writeState(referenceState(spec));
    const [loss, correct]: [number[], number[]] = [[], []];
    for (let step = 0; step < steps; step++) {
      const learningRate = (lr * (1 + Math.cos((Math.PI * step) / steps))) / 2;
      const result = network.trainStep(batch(splits.train.start + step * size, size), learningRate);
      loss.push(result.loss);
      correct.push(result.correct);
    }
    const { logits } = network.evaluate(batch(splits.test.start, testImages));
    const state = new Map(network.readState().map((tensor) => [tensor.name, tensor.data]));
    return {
      loss,
      correct,
      logits: Array.from({ length: testImages }, (_, i) => [...logits.subarray(i * spec.classes, (i + 1) * spec.classes)]),
      l2: Object.fromEntries(names.map((name) => [name, norm(state.get(name))])),
    };
  } finally {
    network.close();
  }
}

/** NaN for a tensor that the network does not have, which no tolerance lets pass. */
const norm = (data: Float32Array | undefined): number =>
  data ? Math.sqrt(data.reduce((sum, value) => sum + value * value, 0)) : Number.NaN;
