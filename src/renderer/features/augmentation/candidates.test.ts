import { expect, it } from 'vitest';
import { candidatesOf, following, stepFrom } from './candidates';

const data = { train: Uint32Array.of(1, 2, 5, 8, 9), labels: Uint8Array.of(0, 1, 0, 1, 1, 1, 0, 0, 0, 1) };

it('offers what a run trains on, of one class or of all', () => {
  expect([...candidatesOf(data, null)]).toEqual([1, 2, 5, 8, 9]);
  expect([...candidatesOf(data, 1)]).toEqual([1, 5, 9]);
});

it('goes from image to image and around, also from one that is not offered', () => {
  const { train } = data;
  expect([stepFrom(train, 2, 1), stepFrom(train, 9, 1), stepFrom(train, 1, -1), stepFrom(train, 5, 3)]).toEqual([5, 1, 9, 1]);
  expect([stepFrom(train, 6, 1), stepFrom(train, 6, -1)]).toEqual([8, 5]);
  expect(stepFrom(new Uint32Array(0), 6, 1)).toBeNull();
});

it('shows the ones after it, never itself', () => {
  expect(following(data.train, 5, 3)).toEqual([8, 9, 1]);
  expect(following(data.train, 5, 9)).toEqual([8, 9, 1, 2]);
  expect(following(data.train, 6, 2)).toEqual([8, 9]);
  expect(following(Uint32Array.of(5), 5, 4)).toEqual([]);
});
