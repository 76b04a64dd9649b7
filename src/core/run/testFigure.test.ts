import { expect, it } from 'vitest';
import { testFigure } from './testFigure';

const asked = (list: string, images: readonly number[]) => ({ list, sha256: list.repeat(64).slice(0, 64), at: '2026-11-26T00:00:00.000Z', images });

it('gives the plain figure, and beside it one a list over the images that it leaves', () => {
  const predicted = { step: 7, classes: ['a', 'b'], indices: Uint32Array.of(10, 11, 12, 13), labels: Uint8Array.of(0, 1, 0, 1), probabilities: Float32Array.of(0.9, 0.1, 0.9, 0.1, 0.5, 0.5, 0.2, 0.8) };
  // Right: 10, 12 (a tie is the first class) and 13. Image 3 is one of training, and 99 is none of the test set.
  const { without, overImages, ...plain } = testFigure(predicted, [asked('a', [3, 11, 99]), asked('b', [10, 11]), asked('c', [10, 11, 12, 13])]);
  expect(plain).toEqual({ step: 7, images: 4, right: 3, accuracy: 0.75 });
  expect([overImages.low.toFixed(3), overImages.high.toFixed(3)]).toEqual(['0.301', '0.954']); // Wilson, 3 of 4
  expect(without).toMatchObject([{ list: 'a', leftOut: 1, images: 3, right: 3, accuracy: 1 }, { list: 'b', leftOut: 2, images: 2, right: 2, accuracy: 1 }]);
  expect(without).toHaveLength(2);
});
