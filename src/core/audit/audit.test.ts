import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { CounterRandom } from '../random/philox';
import { conditionOf } from './condition';
import { confidentLearning } from './confidentLearning';
import { pairsOfGroup, pixelHash } from './exact';
import { featureCount, featuresEach, writeFeatures } from './features';
import { splitLeaks } from './leaks';
import { foundBytes, nearKernel, pagesFor, vectorBytes } from './nearKernel';
import { thumbnailSide } from './thumbnail';
import type { DatasetAudit, DuplicatePair } from './types';
import { comparePrepared, emptyPrepared, prepare } from './verify';

/** A scene of soft blobs with fine texture, another for each seed; moved, mirrored or lit otherwise on request. */
function scene(seed: number, { right = 0, mirrored = false, gain = 1, offset = 0 } = {}): Uint8Array {
  const random = new CounterRandom(seed, 'scene', 0);
  const blobs = Array.from({ length: 9 }, () => Array.from({ length: 6 }, () => random.float()));
  const texture = Array.from({ length: 64 * 64 }, () => random.float());
  return Uint8Array.from({ length: thumbnailSide ** 2 * 3 }, (_, i) => {
    const [c, place] = [i % 3, Math.floor(i / 3)];
    const [column, y] = [place % thumbnailSide, Math.floor(place / thumbnailSide)];
    const x = (mirrored ? thumbnailSide - 1 - column : column) - right;
    const light = blobs.reduce((sum, [bx, by, size, ...colours]) => sum + colours[c]! * Math.exp(-((x - bx! * 32) ** 2 + (y - by! * 32) ** 2) / (8 + 60 * size!)), 0.2);
    return Math.max(0, Math.min(255, offset + gain * (90 * light + 40 * texture[(y + 16) * 64 + x + 16]!)));
  });
}

const vector = (pixels: Uint8Array) => {
  const out = new Float32Array(featureCount);
  expect(writeFeatures(pixels, out, 0)).toBe(true);
  return out;
};

function distance(a: Uint8Array, b: Uint8Array, mirrored = false) {
  const [one, other] = [emptyPrepared(), emptyPrepared()];
  prepare(a, false, one);
  prepare(b, mirrored, other);
  return comparePrepared(one, other, 1);
}

describe('near duplicates', () => {
  it('lie close when shifted, lit otherwise or mirrored, and other scenes do not', () => {
    expect(distance(scene(1), scene(1, { gain: 0.7, offset: 20 })).distance).toBeLessThan(0.05);
    expect(distance(scene(1), scene(1, { right: 2 }))).toMatchObject({ right: -2, down: 0 });
    expect(distance(scene(1), scene(1, { right: 2 })).distance).toBeLessThan(0.1);
    expect(distance(scene(1), scene(1, { mirrored: true }), true).distance).toBeLessThan(0.01);
    for (let seed = 2; seed < 12; seed++) expect(distance(scene(1), scene(seed)).distance).toBeGreaterThan(0.45);
  });

  it('have features that turn the sign of their second half when mirrored', () => {
    const [plain, turned] = [vector(scene(3)), vector(scene(3, { mirrored: true }))];
    plain.forEach((value, i) => { expect(turned[i]).toBeCloseTo(i < featuresEach ? value : -value, 5); });
    expect(plain.reduce((sum, value) => sum + value * value, 0)).toBeCloseTo(1, 5);
    expect(writeFeatures(new Uint8Array(thumbnailSide ** 2 * 3).fill(90), new Float32Array(featureCount), 0)).toBe(false);
  });

  it('are found by the kernel as by plain sums', async () => {
    const count = 37;
    const vectors = Array.from({ length: count + 1 }, (_, seed) => vector(scene(seed)));
    const outAt = (count + 1) * vectorBytes;
    const { instance } = await WebAssembly.instantiate(nearKernel(pagesFor(outAt + count * foundBytes)));
    const { memory, near } = instance.exports as { memory: WebAssembly.Memory; near(a: number, b: number, count: number, least: number, out: number): number };
    vectors.forEach((own, i) => { new Float32Array(memory.buffer).set(own, i * featureCount); });
    const least = 0.1;
    const found = near(0, vectorBytes, count, least, outAt);
    const [places, cosines] = [new Uint32Array(memory.buffer, outAt), new Float32Array(memory.buffer, outAt)];
    const expected = vectors.slice(1).flatMap((other, i) => {
      const part = (from: number) => other.reduce((sum, value, k) => sum + (k >= from && k < from + featuresEach ? value * vectors[0]![k]! : 0), 0);
      const [even, odd] = [part(0), part(featuresEach)];
      return even + Math.abs(odd) >= least ? [{ i, plain: even + odd, turned: even - odd }] : [];
    });
    expect(found).toBe(expected.length);
    expect(found).toBeGreaterThan(3);
    expected.forEach(({ i, plain, turned }, n) => {
      expect(places[n * 3]).toBe(i);
      expect(cosines[n * 3 + 1]).toBeCloseTo(plain, 5);
      expect(cosines[n * 3 + 2]).toBeCloseTo(turned, 5);
    });
  });
});

it('equal pixels share a hash, and one changed pixel or place does not', () => {
  const pixels = scene(5);
  expect(pixelHash(Uint8Array.from(pixels))).toBe(pixelHash(pixels));
  expect(pixelHash(pixels.with(7, pixels[7]! ^ 1))).not.toBe(pixelHash(pixels));
  expect(pixelHash(Uint8Array.from(pixels).reverse())).not.toBe(pixelHash(pixels));
  expect(pairsOfGroup([3, 5, 9])).toEqual({ pairs: [[3, 5], [3, 9], [5, 9]], whole: true });
  expect(pairsOfGroup(Array.from({ length: 1000 }, (_, i) => i)).pairs.length).toBeLessThan(2000);
});

it('an image without colour, or with nothing in it, is told', () => {
  const grey = scene(6).map((_, i, all) => all[i - (i % 3)]!);
  expect([scene(6), grey, new Uint8Array(300).fill(7), Uint8Array.from({ length: 300 }, (_, i) => 7 + (i % 2))].map(conditionOf)).toEqual([null, 'grey', 'constant', 'nearConstant']);
});

describe('leaks of a split', () => {
  const pair = (a: number, b: number, distance: number): DuplicatePair => ({ a, b, kind: distance === 0 ? 'exact' : 'near', distance, mirrored: false, shift: [0, 0] });
  const audit = { counts: { train: 10, test: 4 }, labels: Object.fromEntries(Array.from({ length: 14 }, (_, i) => [i, i % 2])), pairs: [pair(0, 5, 0), pair(1, 11, 0.1), pair(2, 11, 0.2), pair(5, 12, 0.3), pair(0, 1, 0.1), pair(3, 13, 0.4)] } as unknown as DatasetAudit;
  it('follow from what the run trains on, and from the threshold', () => {
    const split = { train: Uint32Array.from([0, 1, 2, 3, 4]), validation: Uint32Array.from([5, 6]) };
    expect(splitLeaks(audit, split, 0.35).groups).toEqual([
      { between: 'train-validation', exact: 1, near: 0, images: 1 }, { between: 'train-test', exact: 0, near: 2, images: 1 }, { between: 'validation-test', exact: 0, near: 1, images: 1 },
    ]);
    // Without its image 1 and 5, one pair is left.
    expect(splitLeaks(audit, { train: Uint32Array.from([0, 2, 3]), validation: Uint32Array.from([6]) }, 0.35).pairs.map(({ a, b }) => [a, b])).toEqual([[2, 11]]);
  });
});

it('label errors are those that cleanlab names, in its order', () => {
  const file = new URL('../../../test/fixtures/label-issues.json', import.meta.url);
  const { classes, labels, probabilities, thresholds, issues } = JSON.parse(readFileSync(file, 'utf8')) as { classes: number; labels: number[]; probabilities: number[][]; thresholds: number[]; issues: number[] };
  const found = confidentLearning({ labels: Uint8Array.from(labels), probabilities: Float32Array.from(probabilities.flat()), classes, indices: Uint32Array.from(labels.keys()) });
  expect(found.issues.map(({ index }) => index)).toEqual(issues);
  expect(issues.length).toBeGreaterThan(5);
  found.thresholds.forEach((threshold, c) => { expect(threshold).toBeCloseTo(thresholds[c]!, 5); });
});
