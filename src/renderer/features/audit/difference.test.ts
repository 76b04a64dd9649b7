import { expect, it } from 'vitest';
import { meanDifference, pairDifference } from './difference';

const image = new Uint8Array([1, 2, 3, 10, 20, 30, 100, 110, 120, 200, 210, 220]);
const mirror = new Uint8Array([10, 20, 30, 1, 2, 3, 200, 210, 220, 100, 110, 120]);
const black = new Uint8Array(12);
const asIs = { mirrored: false, shift: [0, 0] } as const;

it('is black for equal images and the distance of each channel else', () => {
  expect(pairDifference(image, image, 2, asIs)).toEqual(black);
  expect([...pairDifference(new Uint8Array([0, 255, 9]), new Uint8Array([255, 250, 9]), 1, asIs)]).toEqual([255, 5, 0]);
  expect(meanDifference(new Uint8Array([255, 5, 1]))).toBe(87);
});

it('mirrors and moves the second image first', () => {
  expect(pairDifference(image, mirror, 2, { mirrored: true, shift: [0, 0] })).toEqual(black);
  expect(pairDifference(image, mirror, 2, asIs)).not.toEqual(black);
  // The second image's upper row lies in the first one's lower row; its own upper row has no partner.
  const lower = new Uint8Array([100, 110, 120, 200, 210, 220, 0, 0, 0, 0, 0, 0]);
  expect(pairDifference(image, lower, 2, { mirrored: false, shift: [0, 1] })).toEqual(black);
  expect([...pairDifference(image, lower, 2, { mirrored: false, shift: [1, 1] })]).toEqual([0, 0, 0, 0, 0, 0, 0, 0, 0, 100, 100, 100]);
});

it('is black while an image is not there yet', () => {
  expect(pairDifference(image, new Uint8Array(0), 2, asIs)).toEqual(black);
});
