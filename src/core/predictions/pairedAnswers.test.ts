import { expect, it } from 'vitest';
import { mcNemarP } from '../statistics/proportions';
import { pairAnswers } from './pairedAnswers';

it('says which images the second answers correct and spoil, and how sure the difference is', () => {
  const labels = [0, 0, 1, 1, 2, 2];
  const paired = pairAnswers(labels, [0, 1, 1, 0, 2, 0], [0, 0, 0, 1, 2, 1]);
  expect(paired).toMatchObject({ images: 6, corrected: [1, 3], spoiled: [2], mcNemarP: mcNemarP(2, 1) });
  expect(paired.differencePoints).toBeCloseTo(100 / 6, 12);
  expect(paired.intervalPoints.low).toBeLessThan(paired.differencePoints);
  expect(paired.intervalPoints.high).toBeGreaterThan(paired.differencePoints);
});

it('equal answers differ by nothing, surely', () => {
  expect(pairAnswers([0, 1], [0, 0], [0, 0])).toMatchObject({ corrected: [], spoiled: [], differencePoints: 0, intervalPoints: { low: 0, high: 0 }, mcNemarP: 1 });
});

it('answers to other images are no pairs', () => {
  expect(() => pairAnswers([0, 1], [0], [0, 1])).toThrow(RangeError);
  expect(() => pairAnswers([], [], [])).toThrow(RangeError);
});
