import { expect, it } from 'vitest';
import { roughAt } from './roughness';
import { reductionOf, tileLayout } from './tileLayout';

it('previews where exact tiles take longer than two frames, at the size that is shown or at half', () => {
  const large = { width: 224, height: 224 };
  expect(roughAt(large, 3, 20)).toBeNull();
  expect(roughAt(large, 3, 80)).toBe(3);
  expect(roughAt(large, 1, 80)).toBe(2);
  expect(roughAt({ width: 32, height: 32 }, 1, 500)).toBeNull();
});

it('asks for images at the size that the screen can hold', () => {
  expect([4, 1, 2 / 3, 1 / 2, 1 / 3, 1 / 12, 2 / 12].map(reductionOf)).toEqual([1, 1, 1, 2, 3, 12, 6]);
  const { scale, tileWidth } = tileLayout({ width: 900, height: 500, count: 64, imageWidth: 224, imageHeight: 224, words: 33, largest: 4 });
  expect(Math.ceil(224 / reductionOf(scale))).toBe(tileWidth);
});
