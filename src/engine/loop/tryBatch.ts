import type { RunConfig } from '../../core/config/run';
import { uncountedSteps } from '../../core/tuning/batchSearch';
import { openPractice } from './practice';

/** Small enough to harm no network in a few steps; what is measured does not hang on it. */
const learningRate = 1e-4;

/**
 * Trains a few real steps at a batch size, input and all.
 * @param steps of which the first two, which choose kernels and take memory, are not counted
 * @returns the median of the steps' rates; null where it was ended
 * @throws CultivarError out-of-memory, and as `openPractice`
 */
export async function tryBatch(library: string, config: RunConfig, batchSize: number, steps: number, proceed: () => Promise<boolean>): Promise<{ imagesPerSecond: number } | null> {
  const practice = await openPractice(library, { ...config, batchSize }, steps);
  try {
    const rates: number[] = [];
    for (let step = 0; step < steps; step++) {
      if (!(await proceed())) return null;
      const { images, ms } = await practice.step(learningRate);
      if (step >= uncountedSteps) rates.push((images * 1000) / ms);
    }
    rates.sort((a, b) => a - b);
    return { imagesPerSecond: (rates[(rates.length - 1) >> 1]! + rates[rates.length >> 1]!) / 2 };
  } finally {
    await practice.close();
  }
}
