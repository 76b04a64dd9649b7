import { expect, it } from 'vitest';
import { meanDifference, mirrored, pixelDifference } from './difference';

const image = new Uint8Array([1, 2, 3, 10, 20, 30, 100, 110, 120, 200, 210, 220]);

it('is black for equal images and the distance of each channel else', () => {
  expect([...pixelDifference(image, image)]).toEqual(Array.from({ length: 12 }, () => 0));
  expect([...pixelDifference(new Uint8Array([0, 255, 9]), new Uint8Array([255, 250, 9]))]).toEqual([255, 5, 0]);
  expect(meanDifference(new Uint8Array([255, 5, 1]))).toBe(87);
});

it('mirrors left and right, rows in their place', () => {
  expect([...mirrored(image, 2)]).toEqual([10, 20, 30, 1, 2, 3, 200, 210, 220, 100, 110, 120]);
  expect(mirrored(mirrored(image, 2), 2)).toEqual(image);
});
