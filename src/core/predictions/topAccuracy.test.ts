import { expect, it } from 'vitest';
import { topAccuracy } from './topAccuracy';

it('counts a label among the k most probable; of equal ones the first comes first', () => {
  const labels = [0, 1, 2, 2];
  const probabilities = [0.5, 0.3, 0.2, 0.5, 0.3, 0.2, 0.5, 0.3, 0.2, 0.4, 0.3, 0.3];
  expect([1, 2, 3].map((k) => topAccuracy(labels, probabilities, 3, k))).toEqual([0.25, 0.5, 1]);
});
