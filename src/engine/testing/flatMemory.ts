import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { loadTensorFlow } from '../backend';
import { initialState, openNetwork, type Batch, type NetworkSpec } from '../step/network';
import { inScratchFolder } from './runGraph';

const bytes = 32 * 32 * 3;
const spec: NetworkSpec = {
  architecture: 'resnet18', stem: 'imagenet', classes: 10, height: 32, width: 32, channels: 3, mean: [0.5, 0.5, 0.5], deviation: [0.25, 0.25, 0.25],
  labelSmoothing: 0, optimizer: { kind: 'sgd', momentum: 0.9, nesterov: false, weightDecay: 5e-4 }, clipNorm: null, precision: 'float32', device: 'cpu',
};

export interface MemoryReading {
  readonly step: number;
  /** The process's resident memory, after JavaScript's garbage was collected. */
  readonly residentBytes: number;
  /** Of it, memory of batches and results, as JavaScript counts it. */
  readonly arrayBytes: number;
  /** Tensors that tfjs knows of. */
  readonly tensors: number;
}

/**
 * For tests: trains a small network on batches of its own, each in fresh memory, evaluates now and then, and reads what the process holds.
 * @param images of a batch. A batch kept in each step has to come to more than the noise: 64 images (196,608 bytes) do within 100 steps, 8 within 1,000
 * @returns readings once pools have grown to their size, and after all steps
 */
export async function memoryOfTraining(steps: number, images: number): Promise<{ early: MemoryReading; late: MemoryReading }> {
  const network = await inScratchFolder((folder) => openNetwork(spec, folder));
  try {
    network.writeState(initialState(spec, 1));
    const noise = Uint8Array.from({ length: images * bytes + 97 }, (_, i) => Math.imul(i, 0x9e3779b1) >>> 24);
    let early: MemoryReading | null = null;
    for (let step = 1; step <= steps; step++) {
      const batch: Batch = {
        pixels: noise.slice(step % 97, (step % 97) + images * bytes),
        labels: Int32Array.from({ length: images }, (_, i) => (i + step) % 10),
      };
      network.trainStep(batch, 1e-3);
      if (step % 20 === 0) {
        network.evaluate(batch);
        // Often, so that what it frees is gone before a reading.
        await collectGarbage();
      }
      if (step === settledAfter) early = await reading(step);
    }
    return { early: early!, late: await reading(steps) };
  } finally {
    network.close();
  }
}

/** Steps until the pools have their size, evaluations included. */
const settledAfter = 60;

setFlagsFromString('--expose-gc');
const gc = runInNewContext('gc') as (options: { readonly type: 'major'; readonly execution: 'async' }) => Promise<void>;
const collectGarbage = () => gc({ type: 'major', execution: 'async' });

/** Arrays that were collected are given back by a thread of its own, late on a busy machine; the next collection waits for it. */
async function reading(step: number): Promise<MemoryReading> {
  await collectGarbage();
  return { step, residentBytes: process.memoryUsage.rss(), arrayBytes: process.memoryUsage().arrayBuffers, tensors: loadTensorFlow().memory().numTensors };
}

/** Of arrays nothing may stay: ten batches are far less than what a batch kept in each step comes to. */
export const arrayNoiseBytes = (images: number): number => 10 * images * bytes;

/** What comes and goes without a leak: arenas of the allocators. */
export const memoryNoiseBytes = 8e6;
