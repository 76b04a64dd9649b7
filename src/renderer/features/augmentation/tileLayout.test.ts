import { expect, it } from 'vitest';
import { scaleWithin, tileLayout } from './tileLayout';

const small = { width: 473, height: 620, count: 16, imageWidth: 32, imageHeight: 32, words: 36, largest: 4 };

it('shows sixteen small images whole, as large as they fit, at whole multiples', () => {
  expect(tileLayout(small)).toMatchObject({ scale: 3, columns: 4, rows: 4 });
  expect(tileLayout({ ...small, width: 1600, height: 1600 })).toMatchObject({ scale: 4, columns: 8, rows: 2 });
});

it('shows small images larger where there is more room, up to what is asked for', () => {
  const room = { ...small, width: 1640, height: 1690 };
  expect(tileLayout({ ...room, largest: 8 })).toMatchObject({ scale: 8, columns: 6, rows: 3, tileWidth: 256 });
  expect(tileLayout({ ...room, count: 64, largest: 8 })).toMatchObject({ scale: 5, columns: 8, rows: 8 });
  expect(tileLayout({ ...small, largest: 8 })).toEqual(tileLayout(small));
});

it('gives the words what is left of the width', () => {
  expect(tileLayout({ ...small, width: 430, height: 470, words: 48 })).toMatchObject({ scale: 2, columns: 4, rows: 4, stepX: 110 });
});

it('scrolls before images become too small to see', () => {
  const layout = tileLayout({ ...small, width: 320, height: 300, count: 64 });
  expect(layout).toMatchObject({ scale: 2, columns: 4 });
  expect(layout.height).toBeGreaterThan(300);
});

it('shows large images smaller, by whole parts', () => {
  const layout = tileLayout({ ...small, imageWidth: 224, imageHeight: 224 });
  expect(1 / layout.scale).toBe(3);
  expect(layout.tileWidth).toBe(75);
  expect(layout.columns * layout.stepX - 10).toBeLessThanOrEqual(473);
});

it('shows one image as large as its place lets it', () => {
  expect([[32, 128], [32, 256], [28, 80], [200, 128], [256, 128]].map(([side, room]) => scaleWithin(room!, { width: side!, height: 8 }, 8))).toEqual([4, 8, 2, 1 / 2, 1 / 2]);
  expect(scaleWithin(256, { width: 8, height: 32 }, 4)).toBe(4);
});

it('keeps a tile in a pane that is narrower than it', () => {
  expect(tileLayout({ ...small, width: 10, height: 10 }).columns).toBe(1);
  expect(tileLayout({ ...small, count: 0 })).toMatchObject({ rows: 0, height: 0 });
});
