import { expect, it } from 'vitest';
import { gridWindow, moveInGrid } from './gridWindow';

const size = { count: 10_000, width: 640, height: 600, scrolled: 0, tileWidth: 210, tileHeight: 150 };

it('holds what is in sight and two rows more, of ten thousand tiles', () => {
  expect(gridWindow(size)).toEqual({ columns: 3, from: 0, to: 18, height: 3334 * 150 });
  expect(gridWindow({ ...size, scrolled: 30_000 })).toEqual({ columns: 3, from: 594, to: 618, height: 3334 * 150 });
  expect(gridWindow({ ...size, scrolled: 3334 * 150 })).toMatchObject({ from: 9996, to: 10_000 });
});

it('keeps one column in a pane narrower than a tile, and no tile where there is none', () => {
  expect(gridWindow({ ...size, width: 100 }).columns).toBe(1);
  expect(gridWindow({ ...size, count: 0 })).toMatchObject({ from: 0, to: 0, height: 0 });
  expect(gridWindow({ ...size, count: 4, scrolled: 90_000 })).toMatchObject({ to: 4 });
});

it('moves by keys and stops at the ends', () => {
  const move = (key: string, at: number, shiftKey = false) => moveInGrid({ key, shiftKey }, at, 20, 3, 4);
  expect([move('ArrowRight', 0), move('ArrowDown', 0), move('ArrowUp', 1), move('ArrowRight', 0, true), move('End', 3), move('Home', 9), move('PageDown', 2)]).toEqual([1, 3, 0, 10, 19, 0, 14]);
  expect(move('ArrowDown', 19)).toBe(19);
  expect(move('x', 3)).toBeNull();
  expect(moveInGrid({ key: 'End', shiftKey: false }, 0, 0, 3, 4)).toBeNull();
});
