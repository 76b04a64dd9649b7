import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { augmentImage, Augmenter, isOperationName, operations, Policy, trivialAugmentSpace, type Draw } from './index';

interface VectorFile {
  spaces?: Record<string, unknown>;
  vectors: { op: string; magnitude: number; height: number; width: number; input: string; output: string }[];
}
const load = (name: string) => JSON.parse(readFileSync(new URL(`../../../test/fixtures/${name}.json`, import.meta.url), 'utf8')) as VectorFile;
const files = ['augmentation-vectors', 'augmentation-vectors-odd', 'augmentation-vectors-edges'];

describe("torchvision's operations", () => {
  it.each(files)('give every byte of %s', (name) => {
    const { vectors } = load(name);
    expect(new Set(vectors.map(({ op }) => op))).toEqual(new Set(Object.keys(operations)));
    for (const { op, magnitude, height, width, input, output } of vectors) {
      if (!isOperationName(op)) throw new Error(op);
      const image = Buffer.from(input, 'base64');
      const out = new Uint8Array(image.length).fill(77); // what was there before must not shine through
      operations[op](image, out, { width, height }, magnitude);
      expect(Buffer.from(out).toString('base64'), `${op} ${magnitude} on ${width} × ${height}`).toBe(output);
      expect(image.toString('base64'), `${op} changed its input`).toBe(input);
    }
  });

  it("have TrivialAugment's magnitudes to the last bit", () => {
    const ours = Object.fromEntries(trivialAugmentSpace().map(({ name, magnitudes, signed }) => [name, [magnitudes.length > 0 ? magnitudes : 0, signed]]));
    expect(ours).toEqual(load('augmentation-vectors').spaces?.['TrivialAugmentWide(31)']);
  });
});

const [width, height] = [7, 5];
const image = Uint8Array.from({ length: width * height * 3 }, (_, i) => i + 1);
const pixel = (from: Uint8Array, x: number, y: number) =>
  x >= 0 && x < width && y >= 0 && y < height ? [...from.subarray((y * width + x) * 3, (y * width + x) * 3 + 3)] : [0, 0, 0];

describe('crop and flip', () => {
  it('move the image by at most the padding, with zeros outside, and mirror it', () => {
    const augmenter = new Augmenter({ width, height });
    const out = new Uint8Array(image.length);
    for (let top = 0; top <= 8; top++) {
      for (let left = 0; left <= 8; left++) {
        for (const flipped of [false, true]) {
          out.fill(77);
          augmenter.apply([{ kind: 'crop', left, top, padding: 4, fill: 'zero' }, { kind: 'flip', flipped }], image, out);
          for (let y = 0; y < height; y++) {
            for (let x = 0; x < width; x++) expect(pixel(out, flipped ? width - 1 - x : x, y)).toEqual(pixel(image, x + left - 4, y + top - 4));
          }
        }
      }
    }
  });
});

describe('drawing', () => {
  const policy = new Policy('crop-flip-trivialaugment', { width, height }, 3);
  const draws = Array.from({ length: 28_000 }, (_, i) => policy.draw(1, i));
  const shareOf = (test: (draw: Draw) => boolean) => draws.filter((each) => each.some(test)).length / draws.length;
  const near = (share: number, expected: number) => expect(Math.abs(share - expected)).toBeLessThan(4.5 * Math.sqrt((expected * (1 - expected)) / draws.length));

  it('takes each place, side, operation, strength and sign as often', () => {
    for (let at = 0; at <= 8; at++) {
      near(shareOf((draw) => draw.kind === 'crop' && draw.left === at), 1 / 9);
      near(shareOf((draw) => draw.kind === 'crop' && draw.top === at), 1 / 9);
    }
    near(shareOf((draw) => draw.kind === 'flip' && draw.flipped), 1 / 2);
    for (const { name, magnitudes, signed } of trivialAugmentSpace()) {
      near(shareOf((draw) => draw.kind === 'operation' && draw.name === name), 1 / 14);
      if (!signed) continue;
      for (const sign of [1, -1]) near(shareOf((draw) => draw.kind === 'operation' && draw.name === name && draw.magnitude * sign > 0), (30 / 31) / 28);
      near(shareOf((draw) => draw.kind === 'operation' && draw.name === name && Math.abs(draw.magnitude) === magnitudes[30]), 1 / 14 / 31);
    }
  });

  it('depends on seed, epoch and image alone, and its draws can be stored and applied again', () => {
    const augmenter = new Augmenter({ width, height });
    const make = (seed: number, epoch: number, index: number) => {
      const out = new Uint8Array(image.length);
      const drawn = augmentImage(new Policy('crop-flip-trivialaugment', { width, height }, seed), epoch, index, augmenter, image, out);
      const again = new Uint8Array(image.length);
      new Augmenter({ width, height }).apply(JSON.parse(JSON.stringify(drawn)) as Draw[], image, again);
      expect(again).toEqual(out);
      return JSON.stringify(drawn);
    };
    const keys: [number, number, number][] = [[1, 1, 0], [1, 1, 1], [1, 2, 0], [2, 1, 0]];
    const first = keys.map((key) => make(...key));
    expect(new Set(first).size).toBe(keys.length);
    expect([...keys].reverse().map((key) => make(...key))).toEqual([...first].reverse());
  });

  it('leaves images alone where the policy is none', () => {
    const out = new Uint8Array(image.length);
    expect(augmentImage(new Policy('none', { width, height }, 1), 1, 0, new Augmenter({ width, height }), image, out)).toEqual([]);
    expect(out).toEqual(image);
  });

  // Runs of version 0.1 are counted as equal to new ones of the same config: these names mean the same bytes for good.
  it.each([
    ['none', '7f2f3bebf4bde6b2b065322707b87c1a', '1ed404d1bd32bd1888fa85d433ddd560'],
    ['crop-flip', 'a5c99e83d25cc65569cfe090a3c9c613', '4a86abf5fd3e7ef4567c4e316cccc15b'],
    ['crop-flip-trivialaugment', '8163ce2542df27d8ae373ae37004ab1f', '69ac71688242b26bc92ffedeb5ab78f8'],
  ] as const)('gives the same bytes as ever for %s', (name, ...expected) => {
    const found = [{ width: 32, height: 32 }, { width: 7, height: 5 }].map((size) => {
      const bytes = size.width * size.height * 3;
      const noise = Uint8Array.from({ length: bytes }, (_, i) => (i * 2654435761) >>> 24);
      const [hash, out, ofSize, augmenter] = [createHash('sha256'), new Uint8Array(bytes), new Policy(name, size, 3), new Augmenter(size)];
      for (let i = 0; i < 600; i++) {
        augmentImage(ofSize, 2, i, augmenter, noise, out);
        hash.update(out);
      }
      return hash.digest('hex').slice(0, 32);
    });
    expect(found).toEqual(expected);
  });
});
