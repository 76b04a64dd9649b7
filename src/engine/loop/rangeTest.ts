import type { RunConfig } from '../../core/config/run';
import { DivergenceWatch, rangeRate, type RangePoint, type RangeTestSettings } from '../../core/tuning/rangeTest';
import { openPractice } from './practice';

/** Points are told about so often. */
const everyMs = 100;

/**
 * Trains a network from its start for a few steps at a growing rate (core/tuning/rangeTest.ts).
 * @param proceed asked before each step; false ends the test
 * @param tell gets the points as they come
 * @returns whether the loss had left before the last rate; null where it was ended
 * @throws CultivarError as `openPractice`
 */
export async function rangeTest(library: string, config: RunConfig, settings: RangeTestSettings, proceed: () => Promise<boolean>, tell: (points: readonly RangePoint[]) => Promise<void>): Promise<{ diverged: boolean } | null> {
  const practice = await openPractice(library, config, settings.steps);
  const watch = new DivergenceWatch();
  let [waiting, toldAtMs]: [RangePoint[], number] = [[], performance.now()];
  const flush = async () => {
    await tell(waiting);
    [waiting, toldAtMs] = [[], performance.now()];
  };
  try {
    for (let step = 0; step < settings.steps; step++) {
      if (!(await proceed())) return null;
      const learningRate = rangeRate(settings, step);
      const { loss } = await practice.step(learningRate);
      waiting.push({ learningRate, loss });
      const diverged = watch.add(loss);
      if (diverged || step === settings.steps - 1 || performance.now() - toldAtMs > everyMs) await flush();
      if (diverged) return { diverged: true };
    }
    return { diverged: false };
  } finally {
    await practice.close();
  }
}
