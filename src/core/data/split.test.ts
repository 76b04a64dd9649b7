import { expect, test } from 'vitest';
import { splitIndices, trainCheckSize } from './split';

/** 10 classes of 5,000 in a scrambled order, as in CIFAR-10's training set. */
const labels = Uint8Array.from({ length: 50_000 }, (_, i) => (i * 7 + (i >> 3)) % 10);
const countOf = (indices: Uint32Array, of = labels) => Array.from({ length: 10 }, (_, c) => indices.filter((i) => of[i] === c).length);

test('CIFAR-10: 500 a class held out, the rest trains, nothing twice', () => {
  const { train, validation, trainCheck } = splitIndices(labels, { validation: 5000, seed: 0 });
  expect(countOf(validation)).toEqual(Array<number>(10).fill(500));
  expect(countOf(trainCheck)).toEqual(Array<number>(10).fill(500));
  expect(train.length).toBe(45_000);
  expect(new Set([...train, ...validation]).size).toBe(50_000);
  const inTrain = new Set(train);
  expect(trainCheck.every((i) => inTrain.has(i))).toBe(true);
  expect([...validation]).toEqual([...validation].sort((a, b) => a - b));
});

test('as many training images are measured plain as validation has, within 1,000 and 5,000 and what there is', () => {
  expect([[848, 49_152], [2500, 40_000], [8000, 40_000], [848, 700]].map(([held, trained]) => trainCheckSize(held!, trained!))).toEqual([1000, 2500, 5000, 700]);
  expect(splitIndices(labels, { validation: 848, seed: 0 }).trainCheck).toHaveLength(1000);
});

test('the seed decides, and nothing else', () => {
  const split = (seed: number) => splitIndices(labels, { validation: 5000, seed });
  expect(split(3)).toEqual(split(3));
  expect(split(3).validation).not.toEqual(split(4).validation);
});

test('a smaller training set is part of a larger one, with the same validation images', () => {
  const [small, large] = [2000, 15_000].map((trainImages) => splitIndices(labels, { validation: 5000, seed: 0, trainImages }));
  expect(small!.validation).toEqual(large!.validation);
  expect(countOf(small!.train)).toEqual(Array<number>(10).fill(200));
  expect(small!.trainCheck).toEqual(small!.train);
  const inLarge = new Set(large!.train);
  expect(small!.train.every((i) => inLarge.has(i))).toBe(true);
});

test('excluded images are nowhere', () => {
  const exclude = [0, 17, 49_999];
  const { train, validation } = splitIndices(labels, { validation: 5000, seed: 0, exclude });
  expect(train.length + validation.length).toBe(49_997);
  expect(exclude.some((i) => train.includes(i) || validation.includes(i))).toBe(false);
});

test('classes of unequal size keep their shares, to one image', () => {
  const uneven = Uint8Array.from({ length: 1000 }, (_, i) => (i < 700 ? 0 : i < 950 ? 1 : 3));
  const { train, validation } = splitIndices(uneven, { validation: 101, seed: 1, trainImages: 333 });
  expect(validation.length).toBe(101);
  expect(train.length).toBe(333);
  expect(countOf(validation, uneven).slice(0, 4)).toEqual([71, 25, 0, 5]);
});

test.each([
  [{ validation: 50_000 }, /validation part can have 1 to 49999/],
  [{ validation: 0 }, /validation/],
  [{ validation: 1.5 }, /validation/],
  [{ validation: 5000, trainImages: 45_001 }, /training part can have 1 to 45000 images of this data set, not 45001/],
])('%j is refused', (options, message) => {
  expect(() => splitIndices(labels, { seed: 0, ...options })).toThrow(message);
});
