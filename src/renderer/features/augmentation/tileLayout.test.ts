import { expect, it } from 'vitest';
import { tileLayout } from './tileLayout';

const small = { width: 473, height: 620, count: 16, imageWidth: 32, imageHeight: 32, words: 36 };

it('shows sixteen small images whole, as large as they fit, at whole multiples', () => {
  expect(tileLayout(small)).toMatchObject({ scale: 3, columns: 4, rows: 4 });
  expect(tileLayout({ ...small, width: 1600, height: 1600 })).toMatchObject({ scale: 4, columns: 8, rows: 2 });
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

it('keeps a tile in a pane that is narrower than it', () => {
  expect(tileLayout({ ...small, width: 10, height: 10 }).columns).toBe(1);
  expect(tileLayout({ ...small, count: 0 })).toMatchObject({ rows: 0, height: 0 });
});
