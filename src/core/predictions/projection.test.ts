import { expect, it } from 'vitest';
import { CounterRandom } from '../random/philox';
import { heatColour, overlaid } from './heat';
import { project } from './projection';

/** Three clouds far apart in the first columns, noise in the others; the first axis of the clouds varies most. */
function clouds(images: number, columns: number): Float32Array {
  const random = new CounterRandom(1, 'clouds');
  const centres = [[-20, 0], [10, 12], [10, -12]] as const;
  return Float32Array.from({ length: images * columns }, (_, i) => (centres[Math.floor(i / columns) % 3]![i % columns] ?? 0) + random.normal());
}
const column = (points: Float32Array, axis: 0 | 1) => points.filter((_, i) => i % 2 === axis);
const correlation = (a: ArrayLike<number>, b: ArrayLike<number>) => {
  const mean = (x: ArrayLike<number>) => Array.from(x).reduce((sum, value) => sum + value, 0) / x.length;
  const [ma, mb] = [mean(a), mean(b)];
  const sums = Array.from(a, (value, i) => [(value - ma) * (b[i]! - mb), (value - ma) ** 2, (b[i]! - mb) ** 2]).reduce((s, v) => s.map((x, k) => x + v[k]!));
  return sums[0]! / Math.sqrt(sums[1]! * sums[2]!);
};

it.each([8, 300])('PCA finds the directions that vary most, in %i columns, with their shares of the variance', (columns) => {
  const features = clouds(150, columns);
  const { points, explainedVariance } = project(features, columns, 'pca', 0);
  const original = (axis: number) => Array.from({ length: 150 }, (_, i) => features[i * columns + axis]!);
  expect(Math.abs(correlation(column(points, 0), original(0)))).toBeGreaterThan(0.99);
  expect(Math.abs(correlation(column(points, 1), original(1)))).toBeGreaterThan(0.99);
  // Variances between the centres beside noise of 1 a column.
  const variances = [200, 96].map((between) => between + 1);
  const whole = variances[0]! + variances[1]! + columns - 2;
  variances.forEach((variance, i) => { expect(explainedVariance![i]).toBeCloseTo(variance / whole, 1); });
  expect(correlation(column(points, 0), column(points, 1))).toBeCloseTo(0, 6);
});

it('UMAP keeps clouds apart, and the same seed gives the same map', () => {
  const features = clouds(60, 20);
  const map = project(features, 20, 'umap', 4);
  const told: number[] = [];
  expect(project(features, 20, 'umap', 4, (share) => told.push(share)).points).toEqual(map.points);
  expect(told).toEqual(Array.from({ length: 25 }, (_, i) => (20 * i) / 500));
  // The nearest neighbour of each point is of its own cloud.
  const at = (i: number) => [map.points[2 * i]!, map.points[2 * i + 1]!] as const;
  const distance = (i: number, j: number) => Math.hypot(at(i)[0] - at(j)[0], at(i)[1] - at(j)[1]);
  for (let i = 0; i < 60; i++) {
    const nearest = Array.from({ length: 60 }, (_, j) => j).filter((j) => j !== i).reduce((best, j) => (distance(i, j) < distance(i, best) ? j : best));
    expect(nearest % 3).toBe(i % 3);
  }
});

it('too few images make no map', () => { expect(() => project(new Float32Array(6), 2, 'pca', 0)).toThrow(RangeError); });

it('more heat is lighter, and stays within the colours there are', () => {
  const light = (value: number) => { const [r, g, b] = heatColour(value); return 0.2126 * r + 0.7152 * g + 0.0722 * b; };
  const steps = Array.from({ length: 21 }, (_, i) => light(i / 20));
  expect(steps).toEqual([...steps].sort((a, b) => a - b));
  expect(heatColour(-1)).toEqual(heatColour(0));
  expect([...overlaid(Uint8Array.of(255, 255, 255), Float32Array.of(0))]).toEqual([128, 128, 130]);
});
