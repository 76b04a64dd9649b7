import { expect, it } from 'vitest';
import { fitted, inPolygon, middles, moved, nearest, nextTowards, onScreen, rectangle, within, zoomed } from './geometry';

const points = [0, 0, 10, 0, 10, 5, 0, 5];

it('shows all points, up being up, and keeps a pixel in its place when it zooms', () => {
  const view = fitted(points, 132, 82);
  expect([...onScreen(points, view)]).toEqual([16, 66, 116, 66, 116, 16, 16, 16]);
  const near = zoomed(view, 3, [116, 16]);
  expect([...onScreen(points, near)].slice(4, 6)).toEqual([116, 16]);
  expect([...onScreen(points, moved(near, 5, -7))].slice(4, 6)).toEqual([121, 9]);
  expect(fitted([], 100, 50)).toEqual({ scale: 1, left: 50, top: 25 });
  expect(Number.isFinite(fitted([3, 3, 3, 3], 100, 50).scale)).toBe(true);
});

it('finds the nearest point within reach', () => {
  const screen = [10, 10, 20, 10, 50, 50];
  expect([nearest(screen, [18, 11], 8), nearest(screen, [35, 30], 8), nearest(screen, [51, 52], 8)]).toEqual([1, -1, 2]);
});

it('goes to the next point in a direction, not to one far aside, and stops at the edge', () => {
  const screen = [0, 0, 10, 1, 8, 7, 30, 0, 0, 20];
  expect(nextTowards(screen, 0, [1, 0])).toBe(1);
  expect(nextTowards(screen, 1, [1, 0])).toBe(3);
  expect(nextTowards(screen, 3, [1, 0])).toBe(-1);
  expect(nextTowards(screen, 0, [0, 1])).toBe(4);
});

it('chooses what a lasso or a rectangle holds, also where the lasso crosses itself', () => {
  const notch = [[0, 0], [10, 0], [10, 10], [5, 4], [0, 10]] as const;
  expect([inPolygon(notch, [5, 2]), inPolygon(notch, [5, 8]), inPolygon(notch, [1, 8])]).toEqual([true, false, true]);
  expect(within([5, 2, 5, 8, 40, 40], rectangle([10, 10], [0, 0]))).toEqual([0, 1]);
  expect(within([5, 5], [])).toEqual([]);
});

it('puts a class at the medians of its points', () => {
  expect(middles([0, 0, 1, 1, 100, 2, 7, 7], [0, 0, 0, 2], 3)).toEqual([[1, 1], null, [7, 7]]);
});
