import { expect, it } from 'vitest';
import { runConfigSchema } from '../../core/config/run';
import type { RunManifest } from '../../library/runManifest';
import { earlierDeviation } from './earlierDeviation';

type Run = Parameters<typeof earlierDeviation>[1] extends ReadonlyMap<string, infer R> ? R : never;
const completed = (accuracy: number): Run => ({
  status: 'completed', dataset: { revision: 'a' } as RunManifest['dataset'], summary: { lastValidation: { accuracy, epoch: 1 } } as RunManifest['summary'], config: { resolved: runConfigSchema.parse({}) } as RunManifest['config'],
});
/** Two arms of two seeds: values by arm. */
const scattered = (values: readonly (readonly [number, number])[]) => earlierDeviation(
  [{ arms: values.map((_, a) => ({ key: String(a), levels: {}, runIds: [`${a} 1`, `${a} 2`], seeds: [1, 2] })) }],
  new Map(values.flatMap((pair, a) => pair.map((value, s): [string, Run] => [`${a} ${s + 1}`, completed(value)]))), 'a');

it('is the deviation of the differences of one seed', () => {
  // Differences of 1 and 2 points: a deviation of 1 / √2.
  expect(scattered([[0.8, 0.81], [0.81, 0.83]])!.points).toBeCloseTo(Math.SQRT1_2, 9);
});

it('is not zero where seeds agree to the image: no design finds every difference', () => {
  expect(scattered([[0.8, 0.81], [0.82, 0.83]])!.points).toBeCloseTo(100 * Math.SQRT2 / 5000 / Math.sqrt(12), 9);
});
