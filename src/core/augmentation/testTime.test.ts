import { describe, expect, it } from 'vitest';
import { testTimeAugmentations, testTimeViews, viewed } from './testTime';

const size = { width: 3, height: 2, channels: 1 } as const;
const pixels = Uint8Array.of(1, 2, 3, 4, 5, 6, 11, 12, 13, 14, 15, 16);

describe('views of test-time augmentation', () => {
  it('mirror, and mirror back', () => {
    const flip = { flip: true, dx: 0, dy: 0 };
    expect([...viewed(pixels, size, flip)]).toEqual([3, 2, 1, 6, 5, 4, 13, 12, 11, 16, 15, 14]);
    expect(viewed(viewed(pixels, size, flip), size, flip)).toEqual(pixels);
  });
  it('move, and reflect what comes in', () => {
    // numpy: np.pad(image, 1, mode='reflect')[0:2, 0:3] of [[1, 2, 3], [4, 5, 6]] is [[5, 4, 5], [2, 1, 2]]
    expect([...viewed(pixels.subarray(0, 6), size, { flip: false, dx: 1, dy: 1 })]).toEqual([5, 4, 5, 2, 1, 2]);
    // [2:4, 2:5]
    expect([...viewed(pixels.subarray(0, 6), size, { flip: false, dx: -1, dy: -1 })]).toEqual([5, 6, 5, 2, 3, 2]);
  });
  it('keep channels together', () => {
    expect([...viewed(Uint8Array.of(1, 2, 3, 4, 5, 6), { width: 2, height: 1, channels: 3 }, { flip: true, dx: 0, dy: 0 })]).toEqual([4, 5, 6, 1, 2, 3]);
  });
  it.each(testTimeAugmentations)('%s: weights sum to one, mirror images come in pairs', (name) => {
    const views = testTimeViews[name];
    expect(views.reduce((sum, { weight }) => sum + weight, 0)).toBe(1);
    for (const { flip, ...rest } of views) expect(views).toContainEqual({ flip: !flip, ...rest });
  });
});
