import { expect, test } from 'vitest';
import { cellUnder, matrixGeometry, shortened } from './matrixGeometry';

test('a hundred classes fit every width from the smallest window on, and have names where a line of words fits', () => {
  for (const width of [620, 900, 1150, 2400, 3500]) {
    const { cell, left, named } = matrixGeometry(width, 100);
    expect(left + cell * 100).toBeLessThanOrEqual(width);
    expect(named).toBe(width >= 120 + 900);
  }
});

test('a point finds its cell, and none beside them', () => {
  const geometry = matrixGeometry(1150, 100);
  const { cell, left, top } = geometry;
  expect(cellUnder(geometry, 100, left, top)).toEqual([0, 0]);
  expect(cellUnder(geometry, 100, left + 7 * cell + 1, top + 3 * cell + 1)).toEqual([3, 7]);
  expect(cellUnder(geometry, 100, left + 100 * cell, top)).toBeNull();
  expect(cellUnder(geometry, 100, left - 1, top)).toBeNull();
});

test('names are cut at letters, also those of two code units', () => {
  const widthOf = (text: string) => Array.from(text).length;
  expect(shortened('鱈', 4, widthOf)).toBe('鱈');
  expect(shortened('𩸽𩸽𩸽𩸽𩸽', 4, widthOf)).toBe('𩸽𩸽𩸽…');
});
