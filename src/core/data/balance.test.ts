import { expect, it } from 'vitest';
import { classBalance } from './balance';

it('names the smallest and the largest class, the first of equal ones, and their ratio', () => {
  expect(classBalance([40, 10, 30, 10])).toEqual({ least: { label: 1, images: 10 }, most: { label: 0, images: 40 }, ratio: 4 });
  expect(classBalance([5, 5])).toEqual({ least: { label: 0, images: 5 }, most: { label: 0, images: 5 }, ratio: 1 });
});

it('an empty class has no ratio', () => {
  expect(classBalance([0, 7]).ratio).toBeNull();
});
