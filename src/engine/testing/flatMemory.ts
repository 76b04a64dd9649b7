import { loadTensorFlow } from '../backend';
import { initialState, openNetwork, type Batch, type NetworkSpec } from '../step/network';
import { inScratchFolder } from './runGraph';

/** One batch is 196,608 bytes: one that is kept in each step shows within a hundred steps. */
const images = 64;
const bytes = 32 * 32 * 3;
const spec: NetworkSpec = {
  architecture: 'resnet18', stem: 'imagenet', classes: 10, height: 32, width: 32, channels: 3, mean: [0.5, 0.5, 0.5], deviation: [0.25, 0.25, 0.25],
  labelSmoothing: 0, optimizer: { kind: 'sgd', momentum: 0.9, nesterov: false, weightDecay: 5e-4 }, clipNorm: null, precision: 'float32', device: 'cpu',
};

export interface MemoryReading {
  readonly step: number;
  /** The process's resident memory: the median of readings around that step, since garbage comes and goes. */
  readonly residentBytes: number;
  /** Tensors that tfjs knows of. */
  readonly tensors: number;
}

/**
 * For tests: trains a small network on batches of its own, each in fresh memory, evaluates now and then, and reads what the process holds.
 * @param steps at least twice `settledAfter`
 * @returns readings once pools have grown to their size, and after all steps
 */
export async function memoryOfTraining(steps: number): Promise<{ early: MemoryReading; late: MemoryReading }> {
  const network = await inScratchFolder((folder) => openNetwork(spec, folder));
  try {
    network.writeState(initialState(spec, 1));
    const readings: MemoryReading[] = [];
    const noise = Uint8Array.from({ length: images * bytes + 97 }, (_, i) => Math.imul(i, 0x9e3779b1) >>> 24);
    for (let step = 1; step <= steps; step++) {
      const batch: Batch = {
        pixels: noise.slice(step % 97, (step % 97) + images * bytes),
        labels: Int32Array.from({ length: images }, (_, i) => (i + step) % 10),
      };
      network.trainStep(batch, 1e-3);
      if (step % 20 === 0) network.evaluate(batch);
      readings.push({ step, residentBytes: process.memoryUsage.rss(), tensors: loadTensorFlow().memory().numTensors });
    }
    const around = (end: number): MemoryReading => {
      const part = readings.slice(end - window, end);
      return { step: end, residentBytes: part.map(({ residentBytes }) => residentBytes).toSorted((a, b) => a - b)[part.length >> 1]!, tensors: part.at(-1)!.tensors };
    };
    return { early: around(settledAfter), late: around(steps) };
  } finally {
    network.close();
  }
}

/** Steps until the pools have their size, evaluations included. */
const settledAfter = 100;
/** Steps that a reading is the median of. */
const window = 40;

/** What comes and goes without a leak: pages of the garbage collector, arenas of the allocators. */
export const memoryNoiseBytes = 16e6;
