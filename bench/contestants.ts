import type { Scalar } from '@tensorflow/tfjs-node-gpu';
import { isUsingGpuDevice, type TensorFlow } from '../src/engine/backend';
import type { StemName } from '../src/core/model/architecture';
import { initialState, openNetwork, type NetworkSpec } from '../src/engine/step/network';
import { eagerResnet50 } from './eagerResnet50';

/** Something that is timed. `run` does one unit of work and waits for its result. */
export interface Contestant {
  run(): void;
  close(): void;
}

export const imageSize = 32;
const [mean, deviation] = [[0.4914, 0.4822, 0.4465], [0.247, 0.2435, 0.2616]];
const learningRate = 0.001;

/** Pixels do not change the time, so noise does. */
const noise = (count: number) => ({
  pixels: Uint8Array.from({ length: count * imageSize * imageSize * 3 }, (_, i) => Math.imul(i, 0x9e3779b1) >>> 24),
  labels: Int32Array.from({ length: count }, (_, i) => i % 10),
});

/** A training step of the engine: SGD with momentum and weight decay. */
export async function engine(tf: TensorFlow, stem: StemName, batchSize: number, precision: NetworkSpec['precision'], folder: string): Promise<Contestant> {
  const spec: NetworkSpec = {
    architecture: 'resnet50',
    stem,
    classes: 10,
    height: imageSize,
    width: imageSize,
    channels: 3,
    mean,
    deviation,
    labelSmoothing: 0,
    optimizer: { kind: 'sgd', momentum: 0.9, nesterov: false, weightDecay: 5e-4 },
    clipNorm: null,
    precision,
    device: isUsingGpuDevice(tf) ? 'gpu' : 'cpu',
  };
  const network = await openNetwork(spec, folder);
  network.writeState(initialState(spec, 1));
  const batch = noise(batchSize);
  return { run: () => finite(network.trainStep(batch, learningRate).loss), close: () => network.close() };
}

/** The same through tfjs layers and optimizer.minimize: SGD with momentum, without the weight decay that tfjs does not have. */
export function eager(tf: TensorFlow, stem: StemName, batchSize: number): Contestant {
  const model = eagerResnet50(tf, stem, imageSize);
  const optimizer = tf.train.momentum(learningRate, 0.9);
  const batch = noise(batchSize);
  const images = tf.tidy(() => {
    const bytes = tf.tensor4d(Float32Array.from(batch.pixels), [batchSize, imageSize, imageSize, 3]);
    return bytes.div(255).sub(tf.tensor1d(mean)).div(tf.tensor1d(deviation));
  });
  const targets = tf.oneHot(tf.tensor1d(batch.labels, 'int32'), 10);
  const step = () =>
    tf.tidy(() => {
      const loss = () => tf.losses.softmaxCrossEntropy(targets, model.apply(images, { training: true }) as typeof images) as Scalar;
      return optimizer.minimize(loss, true)!.dataSync()[0]!;
    });
  return {
    run: () => finite(step()),
    close: () => {
      tf.dispose([images, targets]);
      optimizer.dispose();
      model.dispose();
    },
  };
}

/** Sides of the square matrices whose product stands for the machine's peak. */
const matrixSide = 2048;
export const matrixProductFlops = 2 * matrixSide ** 3;

/** One large float32 matrix product. */
export function matrixProduct(tf: TensorFlow): Contestant {
  const [a, b] = [tf.randomUniform([matrixSide, matrixSide]), tf.randomUniform([matrixSide, matrixSide])];
  return {
    run: () => {
      const product = tf.matMul(a, b);
      // Reading one element waits for the whole product.
      const corner = product.slice([0, 0], [1, 1]);
      finite(corner.dataSync()[0]!);
      tf.dispose([product, corner]);
    },
    close: () => tf.dispose([a, b]),
  };
}

function finite(value: number): void {
  if (!Number.isFinite(value)) throw new Error(`A timed step gave ${value}: what is measured is no training.`);
}
