import { expect, it } from 'vitest';
import type { DuplicatePair } from '../../../core/audit/types';
import { countsBySplit, filterPairs, goesFirst, imbalance, numberInSplit, shownOrder, summaryOf } from './pairs';

const counts = { train: 100, test: 20 };
const pair = (a: number, b: number, distance: number): DuplicatePair => ({ a, b, kind: distance === 0 ? 'exact' : 'near', distance, mirrored: false, shift: [0, 0] });
const audit = { counts, pairs: [pair(1, 100, 0), pair(3, 4, 0), pair(2, 100, 0.04), pair(5, 101, 0.08), pair(6, 7, 0.12), pair(102, 103, 0.2)], labels: { 1: 0, 100: 0, 3: 0, 4: 1, 2: 0, 5: 2, 101: 0, 6: 1, 7: 1, 102: 0, 103: 0 } };

it('counts images, not pairs, of the test set, and follows the threshold', () => {
  expect(summaryOf(audit, 0.2)).toEqual({ across: 3, within: 3, testImages: 2, exactTestImages: 1, classDiffers: 2 });
  expect(summaryOf(audit, 0.05)).toEqual({ across: 2, within: 1, testImages: 1, exactTestImages: 1, classDiffers: 1 });
  expect(summaryOf(audit, 0)).toMatchObject({ across: 1, within: 1 });
});

it('filters by place, kind, class and distance together', () => {
  const all = { where: 'across', kind: 'all', classDiffers: false, threshold: 1 } as const;
  const ids = (filter: Parameters<typeof filterPairs>[1]) => filterPairs(audit, filter).map(({ a, b }) => [a, b]);
  expect(ids(all)).toEqual([[1, 100], [2, 100], [5, 101]]);
  expect(ids({ ...all, where: 'within' })).toEqual([[3, 4], [6, 7], [102, 103]]);
  expect(ids({ ...all, kind: 'near', threshold: 0.05 })).toEqual([[2, 100]]);
  expect(ids({ ...all, kind: 'exact' })).toEqual([[1, 100]]);
  expect(ids({ ...all, classDiffers: true })).toEqual([[5, 101]]);
});

it('lets the training image go across splits, and the later one inside a split', () => {
  expect(goesFirst(pair(1, 100, 0), counts)).toBe(1);
  expect(shownOrder(pair(1, 100, 0), counts)).toEqual([100, 1]);
  expect(goesFirst(pair(3, 4, 0), counts)).toBe(4);
  expect(shownOrder(pair(3, 4, 0), counts)).toEqual([3, 4]);
  expect(numberInSplit(103, counts)).toBe(3);
  expect(countsBySplit([1, 4, 100], counts)).toEqual({ train: 2, test: 1 });
});

it('says how far the classes are apart, where there are two', () => {
  expect(imbalance([50, 0, 10])).toBe(5);
  expect(imbalance([7, 0])).toBeNull();
});
