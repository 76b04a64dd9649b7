import type { Scalar } from '@tensorflow/tfjs-node-gpu';
import { isUsingGpuDevice, Session, type TensorFlow } from '../src/engine/backend';
import { Graph, type Value } from '../src/engine/graph/graph';
import { cast, matMul, slice } from '../src/engine/graph/ops';
import { writeSavedModel } from '../src/engine/graph/savedModel';
import type { StemName } from '../src/core/model/architecture';
import { initialState, openNetwork, type NetworkSpec } from '../src/engine/step/network';
import { eagerResnet50 } from './eagerResnet50';

/** Something that is timed. `run` does one unit of work and gives its result: a loss, or a number of a product. */
export interface Contestant {
  run(): number | Promise<number>;
  /** Processor time it has taken so far, in milliseconds: what else runs on the machine adds nothing to it, but for shared caches. */
  processorMs(): number;
  close(): void;
}

/** Of this process: the contestants in it take turns. */
const processorMs = (): number => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
};

export const imageSize = 32;
const [mean, deviation] = [[0.4914, 0.4822, 0.4465], [0.247, 0.2435, 0.2616]];
const learningRate = 0.001;

/** Pixels do not change the time, so noise does. */
const noise = (count: number) => ({
  pixels: Uint8Array.from({ length: count * imageSize * imageSize * 3 }, (_, i) => Math.imul(i, 0x9e3779b1) >>> 24),
  labels: Int32Array.from({ length: count }, (_, i) => i % 10),
});

/** Training steps of the engine, `steps` in a unit of work: SGD with momentum and weight decay. */
export async function engine(tf: TensorFlow, stem: StemName, batchSize: number, precision: NetworkSpec['precision'], folder: string, steps = 1): Promise<Contestant> {
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
  const run = () => {
    let loss = 0;
    for (let step = 0; step < steps; step++) loss = finite(network.trainStep(batch, learningRate).loss);
    return loss;
  };
  return { run, processorMs, close: () => network.close() };
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
    processorMs,
    close: () => {
      tf.dispose([images, targets]);
      optimizer.dispose();
      model.dispose();
    },
  };
}

/** Sides of the square matrices whose product stands for the machine's peak, and how many products one after the other, so that casting the first ones counts for little. */
const matrixSizes = { cpu: { side: 2048, products: 4 }, gpu: { side: 8192, products: 16 } } as const;
export const matrixProductFlops = (device: 'cpu' | 'gpu'): number => matrixSizes[device].products * 2 * matrixSizes[device].side ** 3;

/** Large matrix products, by the way that the engine's own take. */
export async function matrixProduct(precision: NetworkSpec['precision'], device: 'cpu' | 'gpu', folder: string): Promise<Contestant> {
  const graph = new Graph();
  const { side, products } = matrixSizes[device];
  const shape = [side, side];
  // Variables, since constants would be multiplied when the graph is loaded.
  const [a, b] = ['a', 'b'].map((name) => cast(graph, graph.read(graph.variable(name, shape, 1 / 64)), precision)) as [Value, Value];
  let product = a;
  for (let i = 0; i < products; i++) product = matMul(graph, product, b);
  graph.signature('run', {}, { corner: cast(graph, slice(graph, product, [0, 0], [1, 1]), 'float32') });
  const session = await Session.open(writeSavedModel(graph, folder), { run: {} });
  return { run: () => finite(session.call('run', {})['corner']![0]!), processorMs, close: () => session.close() };
}

export function finite(value: number): number {
  if (!Number.isFinite(value)) throw new Error(`A timed step gave ${value}: what is measured is no training.`);
  return value;
}
