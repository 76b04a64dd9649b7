import { expect, it } from 'vitest';
import { compareRuns } from '../../../../core/judgement/compareRuns';
import type { SimpleContrast } from '../../../../core/judgement/comparison';
import { experiment, run } from '../../../../core/judgement/testing/runs';
import { luckOf, ofHundred } from './luck';

const judged = (none: readonly number[], crop: readonly number[]) => {
  const comparison = compareRuns(experiment({ augmentation: ['none', 'crop-flip'] }, [none, crop].flatMap((values, a) => values.map((value, i) => run({ levels: { augmentation: ['none', 'crop-flip'][a]! }, seed: i + 1, value }))), none.map((_, i) => i + 1)));
  return { comparison, contrast: comparison.contrasts[0] as SimpleContrast };
};

it('of several seeds is that of their mean, and says what the test says', () => {
  const { comparison, contrast } = judged([0.8, 0.82, 0.79], [0.83, 0.81, 0.8]);
  const luck = luckOf(comparison, contrast, 0.4)!;
  expect(luck).toMatchObject({ seeds: 3, degreesOfFreedom: 2 });
  expect(luck.deviation).toBeCloseTo(contrast.standardErrorPoints!, 12);
  expect(ofHundred(luck, contrast.differencePoints!)).toBe(Math.round(100 * contrast.p!));
});

it('of one seed is that of a pair: these arms’ own, else earlier experiments’, else unknown', () => {
  const { comparison, contrast } = judged([0.8], [0.81]);
  expect(luckOf(comparison, contrast, 0.5)).toMatchObject({ seeds: 1, deviation: 0.5 });
  // Two deviations of a normal curve.
  expect(ofHundred(luckOf(comparison, contrast, 0.5)!, contrast.differencePoints!)).toBe(5);
  expect([luckOf(comparison, contrast, null), luckOf(comparison, contrast, 0)]).toEqual([null, null]);
  const pooled = { pooledDeviation: { points: 0.5 / Math.SQRT2, degreesOfFreedom: 1 } };
  // One degree of freedom: the deviation itself may be far off (t of 2 with df 1: p 0.295).
  expect(ofHundred(luckOf(pooled, contrast, 9)!, 1)).toBe(30);
});
