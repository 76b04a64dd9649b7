import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { PolicyOperation } from '../config/augmentation';
import { applyMix, Augmenter, autoAugmentSpace, cifar10SubPolicies, operations, partnerOf, Policy, randAugmentSpace, trivialAugmentSpace, type Draw, type OperationSpace, type Window } from './index';

interface Sized {
  readonly height: number;
  readonly width: number;
}
interface VectorFile {
  readonly vectors: readonly (Sized & { draw: Draw; input: string; output: string })[];
  readonly hashed: readonly (Sized & { draw: Draw; offset: number; sha256: string })[];
  readonly hues: readonly { factor: number; sha256: string }[];
  readonly mixes: Sized & {
    input: string;
    labels: number[];
    mixup: readonly { weight: number; output: number[]; targets: number[][] }[];
    cutmix: readonly { weight: number; window: Window; output: string; targets: number[][] }[];
  };
  readonly distributions: readonly (Sized & { operation: PolicyOperation; share: number; mean: number[]; deviation: number[] })[];
  readonly spaces: Readonly<Record<string, unknown>>;
}
const load = <T>(name: string) => JSON.parse(readFileSync(new URL(`../../../test/fixtures/${name}.json`, import.meta.url), 'utf8')) as T;
const torchvision = load<VectorFile>('augmentation-draws');
const older = load<{ spaces: Record<string, unknown> }>('augmentation-vectors').spaces;
const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');

function applied(draw: Draw, size: Sized, image: Uint8Array): Uint8Array {
  const before = sha256(image);
  const out = new Uint8Array(image.length).fill(77); // what was there before must not shine through
  new Augmenter(size).apply([draw], image, out);
  expect(sha256(image), 'the input was changed').toBe(before);
  return out;
}

describe("torchvision's transforms, their parameters given", () => {
  it.each(['crop', 'resizedCrop', 'adjust', 'erase'] as const)('%s gives every byte', (kind) => {
    const vectors = torchvision.vectors.filter(({ draw }) => draw.kind === kind);
    expect(vectors.length).toBeGreaterThan(20);
    for (const { draw, input, output, ...size } of vectors) expect(Buffer.from(applied(draw, size, Buffer.from(input, 'base64'))).toString('base64'), JSON.stringify({ draw, ...size })).toBe(output);
  });

  it('give every byte of images of 28 to 256 pixels', () => {
    for (const { draw, offset, sha256: expected, ...size } of torchvision.hashed) {
      const image = Uint8Array.from({ length: size.height * size.width * 3 }, (_, i) => ((i + offset) * 2654435761) >>> 24);
      expect(sha256(applied(draw, size, image)), JSON.stringify({ draw, ...size })).toBe(expected);
    }
  });

  it('turn the hue of every colour alike', () => {
    const level = (i: number) => i * 4 + (i >> 4);
    const cube = Uint8Array.from({ length: 64 ** 3 * 3 }, (_, i) => { const pixel = Math.floor(i / 3); return level((pixel >> (12 - 6 * (i % 3))) & 63); });
    for (const { factor, sha256: expected } of torchvision.hues) expect(sha256(applied({ kind: 'adjust', name: 'hue', factor }, { width: 512, height: 512 }, cube)), String(factor)).toBe(expected);
  });

  it('mix batches and labels', () => {
    const { mixup, cutmix, labels, input, ...size } = torchvision.mixes;
    const batch = new Uint8Array(Buffer.from(input, 'base64'));
    const targetsOf = (weight: number) => labels.map((label, i) => [0, 1, 2, 3].map((c) => weight * Number(c === label) + (1 - weight) * Number(c === labels[partnerOf(i, 5)])));
    for (const { weight, output, targets } of mixup) {
      const mixed = batch.slice();
      applyMix({ kind: 'mixup', weight }, mixed, size);
      // A weight is drawn in 65536ths; these are not, so that a half may fall to either side.
      output.forEach((value, i) => expect(Math.abs(mixed[i]! - value), `${i} at ${weight}`).toBeLessThanOrEqual(0.505));
      targets.forEach((row, i) => row.forEach((value, c) => expect(targetsOf(weight)[i]![c]).toBeCloseTo(value, 6)));
    }
    for (const { weight, window, output, targets } of cutmix) {
      const mixed = batch.slice();
      applyMix({ kind: 'cutmix', weight, window }, mixed, size);
      expect(Buffer.from(mixed).toString('base64')).toBe(output);
      targets.forEach((row, i) => row.forEach((value, c) => expect(targetsOf(weight)[i]![c]).toBeCloseTo(value, 6)));
    }
  });
});

describe('search spaces', () => {
  const table = (spaces: readonly OperationSpace[]) => Object.fromEntries(spaces.map(({ name, magnitudes, signed }) => [name, [magnitudes.length > 0 ? magnitudes : 0, signed]]));
  const auto = (size: Sized) => table((Object.keys(operations) as (keyof typeof operations)[]).filter((name) => name !== 'Identity').map((name) => autoAugmentSpace(name, size)));
  it("are torchvision's to the last bit", () => {
    const odd = { height: 29, width: 23 };
    expect(table(trivialAugmentSpace({ bins: 7, strengths: {}, operations: null }))).toEqual(torchvision.spaces['TrivialAugmentWide(7)']);
    expect(table(randAugmentSpace(31, { height: 32, width: 32 }))).toEqual(older['RandAugment(31, 32x32)']);
    expect(table(randAugmentSpace(11, odd))).toEqual(torchvision.spaces['RandAugment(11, 29x23)']);
    expect(auto({ height: 32, width: 32 })).toEqual(older['AutoAugment(10, 32x32)']);
    expect(auto(odd)).toEqual(torchvision.spaces['AutoAugment(10, 29x23)']);
    expect(cifar10SubPolicies).toEqual(older['AutoAugment CIFAR10 policy']);
  });
  it('reach as far as a policy says, over the operations that it names', () => {
    const space = trivialAugmentSpace({ bins: 5, strengths: { Rotate: 10, Posterize: 6, Solarize: 128 }, operations: ['Solarize', 'Rotate', 'Posterize'] });
    expect(space.map(({ name, magnitudes }) => [name, ...magnitudes])).toEqual([['Rotate', 0, 2.5, 5, 7.5, 10], ['Posterize', 8, 8, 7, 6, 6], ['Solarize', 255, 223.25, 191.5, 159.75, 128]]);
  });
});

describe('drawn windows and weights', () => {
  const count = 6000;
  const drawn = (operation: PolicyOperation, size: Sized): number[][] => {
    const policy = new Policy([operation], size, 11);
    return Array.from({ length: count }, (_, i) => {
      const draw = policy.mix(1, i) ?? policy.draw(1, i)[0]!;
      if (draw.kind === 'mixup') return [draw.weight];
      if (!('window' in draw) || draw.window === null) return [];
      const { left, top, width, height } = draw.window;
      expect(left >= 0 && top >= 0 && left + width <= size.width && top + height <= size.height, JSON.stringify(draw)).toBe(true);
      return [left, top, width, height];
    }).filter((row) => row.length > 0);
  };
  it.each(torchvision.distributions.map((one) => [JSON.stringify(one.operation), one] as const))("are like torchvision's: %s", (_, { operation, share, mean, deviation, ...size }) => {
    const rows = drawn(operation, size);
    expect(Math.abs(rows.length / count - share)).toBeLessThan(0.02);
    mean.forEach((expected, i) => {
      const found = rows.reduce((sum, row) => sum + row[i]!, 0) / rows.length;
      // Both sides are means of draws: torchvision's of 10,000 at least.
      expect(Math.abs(found - expected), `mean ${i}`).toBeLessThan(4.5 * deviation[i]! * Math.sqrt(1 / rows.length + 1 / 10_000));
      const spread = Math.sqrt(rows.reduce((sum, row) => sum + (row[i]! - found) ** 2, 0) / rows.length);
      expect(Math.abs(spread / deviation[i]! - 1), `deviation ${i}`).toBeLessThan(0.06);
    });
  });
});
