import { describe, expect, it } from 'vitest';
import { CounterRandom } from '../../core/random/philox';
import { symmetricEigen } from './symmetricEigen';
import { whiteningFilters } from './whitening';

describe('eigenvalues of a symmetric matrix', () => {
  it('satisfy A·v = λ·v, and their sum is the trace', () => {
    const n = 12;
    const random = new CounterRandom(3, 'symmetric');
    const matrix = new Float64Array(n * n);
    for (let i = 0; i < n; i++) for (let j = 0; j <= i; j++) matrix[i * n + j] = matrix[j * n + i] = random.normal();
    const pairs = symmetricEigen(matrix, n);
    expect(pairs.reduce((sum, { value }) => sum + value, 0)).toBeCloseTo(Array.from({ length: n }, (_, i) => matrix[i * n + i]!).reduce((a, b) => a + b), 10);
    for (const { value, vector } of pairs) {
      for (let i = 0; i < n; i++) expect(vector.reduce((sum, x, j) => sum + matrix[i * n + j]! * x, 0)).toBeCloseTo(value * vector[i]!, 10);
      expect(vector.reduce((sum, x) => sum + x * x, 0)).toBeCloseTo(1, 12);
    }
    expect(symmetricEigen(Float64Array.of(2, 1, 1, 2), 2).map(({ value }) => value)).toEqual([3, 1].map((value) => expect.closeTo(value, 12) as number));
  });
});

describe('whitening', () => {
  // Neighbours that go together, and channels that do: what natural images have.
  const [width, height, images] = [12, 12, 40];
  const random = new CounterRandom(5, 'patches');
  const pixels = new Uint8Array(new SharedArrayBuffer(images * width * height * 3));
  let last = 128;
  for (let i = 0; i < pixels.length; i++) pixels[i] = last = Math.max(0, Math.min(255, Math.round(0.9 * last + 12.8 + 20 * random.normal())));
  const store = { pixels, labels: new Uint8Array(new SharedArrayBuffer(images)), width, height, channels: 3 } as const;
  const [mean, deviation] = [[0.5, 0.5, 0.5], [0.2, 0.25, 0.3]];
  const indices = Uint32Array.from({ length: images }, (_, i) => i);
  const filters = whiteningFilters({ store, indices, mean, deviation }, 2);

  it('makes patches whose second moments are the identity', () => {
    const responses: number[][] = [];
    for (let n = 0; n < images; n++) {
      for (let y = 0; y < height - 1; y++) {
        for (let x = 0; x < width - 1; x++) {
          const at = (c: number, dy: number, dx: number) => (pixels[((n * height + y + dy) * width + x + dx) * 3 + c]! / 255 - mean[c]!) / deviation[c]!;
          responses.push(Array.from({ length: 24 }, (_, f) => [0, 1, 2].reduce((sum, c) => sum + [0, 1, 2, 3].reduce((s, t) => s + filters[f * 12 + c * 4 + t]! * at(c, t >> 1, t & 1), 0), 0)));
        }
      }
    }
    const moment = (a: number, b: number) => responses.reduce((sum, r) => sum + r[a]! * r[b]!, 0) / responses.length;
    for (let a = 0; a < 12; a++) {
      expect(moment(a, a)).toBeGreaterThan(0.95);
      expect(moment(a, a)).toBeLessThan(1.0001);
      for (let b = 0; b < a; b++) expect(Math.abs(moment(a, b))).toBeLessThan(1e-5);
      expect(moment(a, 12 + a)).toBeCloseTo(-moment(a, a), 10);
    }
  });

  it('hangs on the images alone, to the last bit', () => {
    expect(whiteningFilters({ store, indices: indices.slice(), mean, deviation }, 2)).toEqual(filters);
    expect(whiteningFilters({ store, indices: indices.slice(1), mean, deviation }, 2)).not.toEqual(filters);
  });
});
