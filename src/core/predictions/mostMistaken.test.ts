import { expect, it } from 'vitest';
import { mostMistaken } from './mostMistaken';

const confusion = [[9, 0, 0, 0], [0, 5, 3, 0], [0, 0, 9, 0], [1, 0, 0, 8]];

it('takes the classes of the most mistakes, on either side of them', () => {
  expect(mostMistaken(confusion, 2)).toEqual([1, 2]);
  expect(mostMistaken(confusion, 3)).toEqual([0, 1, 2]);
  expect(mostMistaken(confusion, 9)).toEqual([0, 1, 2, 3]);
});

it('keeps those that have to be there', () => {
  expect(mostMistaken(confusion, 2, [3])).toEqual([1, 3]);
});
