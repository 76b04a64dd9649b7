import { expect, it } from 'vitest';
import { around, panned, zoomed } from './range';

it('zooms about a point, stays inside, and ends at the whole', () => {
  expect(zoomed([0, 100], 100, 50, 0.5)).toEqual([25, 75]);
  expect(zoomed([25, 75], 100, 25, 0.5)).toEqual([25, 50]);
  expect(zoomed([0, 20], 100, 0, 2)).toEqual([0, 40]);
  expect(zoomed([60, 100], 100, 60, 2)).toEqual([20, 100]);
  expect(zoomed([25, 75], 100, 50, 2)).toBeNull();
  const [from, to] = zoomed([50, 50.01], 100, 50, 1e-9)!;
  expect(to - from).toBeCloseTo(0.01, 9);
});
it('pans as far as there is anything, and follows a reading out of view', () => {
  expect(panned([25, 75], 100, 10)).toEqual([35, 85]);
  expect(panned([25, 75], 100, 90)).toEqual([50, 100]);
  expect(panned([25, 75], 100, -90)).toEqual([0, 50]);
  expect(around([25, 75], 100, 80)).toEqual([30, 80]);
  expect(around([25, 75], 100, 20)).toEqual([20, 70]);
  expect(around([25, 75], 100, 50)).toEqual([25, 75]);
});
