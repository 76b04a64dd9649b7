import { describe, expect, it } from 'vitest';
import { decimate, smooth, valueAt } from './decimate';

const x = Array.from({ length: 10_000 }, (_, i) => i);

describe('decimate', () => {
  it('keeps every spike, the first and the last point', () => {
    const y = x.map((i) => Math.sin(i / 500) + (i === 4321 ? 50 : 0) - (i === 7777 ? 40 : 0));
    const points = decimate({ x, y }, 200);
    expect(points.length).toBeLessThanOrEqual(401);
    expect(points).toContainEqual([4321, y[4321]]);
    expect(points).toContainEqual([7777, y[7777]]);
    expect(points.at(-1)![0]).toBe(9999);
    expect(points.every(([at], i) => i === 0 || at >= points[i - 1]![0])).toBe(true);
  });
  it('leaves short lines whole but for what is not finite', () => {
    expect(decimate({ x: [0, 1, 2], y: [1, Number.NaN, 3] }, 10)).toEqual([[0, 1], [2, 3]]);
    expect(decimate({ x, y: x.map(() => Number.NaN) }, 10)).toEqual([]);
  });
});

describe('valueAt', () => {
  it('is the last value at or before', () => {
    const line = { x: [1, 2, 4], y: [10, 20, 40] };
    expect([0.5, 1, 3.9, 9].map((at) => valueAt(line, at))).toEqual([undefined, 10, 20, 40]);
  });
});

describe('smooth', () => {
  it('starts at the first value and follows a constant exactly', () => {
    const { y } = smooth({ x: [0, 1, 2], y: [3, 3, 3] }, 0.9);
    expect([...Array.from(y)].map((value) => Number(value.toFixed(12)))).toEqual([3, 3, 3]);
  });
});
