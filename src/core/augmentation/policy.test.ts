import { describe, expect, it } from 'vitest';
import { defaultOperation, policies, augmentationSchema, type Augmentation, type PolicyOperation } from '../config/augmentation';
import { beta } from '../random/beta';
import { CounterRandom } from '../random/philox';
import { Augmenter, augmentImage, changesNothing, cifar10SubPolicies, mixesLabels, operationsOf, Policy, type Draw } from './index';

const size = { width: 20, height: 12 };
const count = 4000;
const near = (share: number, expected: number, n = count) => expect(Math.abs(share - expected)).toBeLessThan(4.5 * Math.sqrt((expected * (1 - expected)) / n) + 1e-9);
const drawsOf = (augmentation: Augmentation, epoch = 1, n = count) => {
  const policy = new Policy(augmentation, size, 7);
  return Array.from({ length: n }, (_, i) => policy.draw(epoch, i));
};
const shareOf = (all: readonly Draw[][], test: (draw: Draw) => boolean) => all.filter((draws) => draws.some(test)).length / all.length;

describe('presets', () => {
  it.each(policies)('%s is a policy that a config may write out, with the same draws', (name) => {
    const list = [...operationsOf(name)];
    expect(augmentationSchema.parse(JSON.parse(JSON.stringify(list)))).toEqual(list);
    expect(drawsOf(list, 2, 40)).toEqual(drawsOf(name, 2, 40));
    expect(mixesLabels(name)).toBe(/mixup|cutmix/.test(name));
  });
});

describe('operations of a policy', () => {
  it('are drawn in order from one stream: a later one changes no earlier draw', () => {
    const [crop, flip] = [defaultOperation('randomCrop'), defaultOperation('flip')];
    const [short, long] = [drawsOf([crop, flip], 1, 50), drawsOf([crop, flip, defaultOperation('cutout')], 1, 50)];
    expect(long.map((draws) => draws.slice(0, 2))).toEqual(short);
  });

  it('alternating flip draws sides once, then turns every image in each second epoch', () => {
    const sides = [1, 2, 3, 4].map((epoch) => drawsOf([{ kind: 'alternatingFlip' }], epoch).map(([draw]) => draw?.kind === 'flip' && draw.flipped));
    near(sides[0]!.filter(Boolean).length / count, 0.5);
    expect(sides[1]).toEqual(sides[0]!.map((side) => !side));
    expect(sides.slice(2)).toEqual(sides.slice(0, 2));
    expect(new Policy([{ kind: 'alternatingFlip' }], size, 8).draw(1, 0)).toHaveLength(1);
    const other = new Policy([{ kind: 'alternatingFlip' }], size, 8);
    expect(sides[0]!.map((_, i) => other.draw(1, i)[0])).not.toEqual(drawsOf([{ kind: 'alternatingFlip' }]).map(([draw]) => draw));
  });

  it('RandAugment draws so many operations, all at its bin', () => {
    const all = drawsOf([{ kind: 'randAugment', operations: 3, magnitude: 10, bins: 11 }]);
    expect(all.every((draws) => draws.length === 3)).toBe(true);
    for (const draw of all.flat()) if (draw.kind === 'operation' && draw.name === 'Rotate') expect(Math.abs(draw.magnitude)).toBe(30);
    near(shareOf(all.map(([first]) => [first!]), (draw) => draw.kind === 'operation' && draw.name === 'ShearX' && draw.magnitude < 0), 1 / 28);
  });

  it('AutoAugment draws a sub-policy, each of its two operations with its probability', () => {
    const all = drawsOf([{ kind: 'autoAugment', policy: 'cifar10' }], 1, 10_000);
    const [, rotateThenTranslate] = cifar10SubPolicies;
    const ofSecond = all.filter(([draw]) => draw?.kind === 'operation' && draw.by === 'autoAugment' && draw.subPolicy === 1);
    near(ofSecond.length / all.length, 1 / 25, all.length);
    rotateThenTranslate!.forEach(([name, probability], place) => {
      for (const draws of ofSecond) expect(draws[place]).toMatchObject({ name });
      near(ofSecond.filter((draws) => !changesNothing(draws[place]!)).length / ofSecond.length, probability, ofSecond.length);
    });
    // Probability 0.9 at bin 9 of ten: the strongest translation, either way.
    const far = all.flat().flatMap((draw) => (draw.kind === 'operation' && draw.name === 'TranslateY' && draw.bin === 9 ? [draw.magnitude] : []));
    expect(new Set(far)).toEqual(new Set([Math.fround((150 / 331) * 12), -Math.fround((150 / 331) * 12)]));
  });

  it('colour jitter draws each order as often, and factors over their range', () => {
    const all = drawsOf([{ ...defaultOperation('colorJitter'), brightness: 0.5, contrast: 2, hue: 0.25 }]);
    const orders = new Map<string, number>();
    for (const draws of all) {
      const order = draws.map((draw) => (draw.kind === 'adjust' ? draw.name : '')).join();
      orders.set(order, (orders.get(order) ?? 0) + 1);
    }
    expect(orders.size).toBe(6);
    for (const times of orders.values()) near(times / count, 1 / 6);
    const factors = (name: string) => all.flat().flatMap((draw) => (draw.kind === 'adjust' && draw.name === name ? [draw.factor] : []));
    for (const [name, low, high] of [['brightness', 0.5, 1.5], ['contrast', 0, 3], ['hue', -0.25, 0.25]] as const) {
      const found = factors(name);
      expect(Math.min(...found)).toBeGreaterThanOrEqual(low);
      expect(Math.max(...found)).toBeLessThanOrEqual(high);
      for (const quarter of [0, 1, 2, 3]) near(found.filter((factor) => Math.floor(((factor - low) / (high - low)) * 4) === quarter).length / found.length, 1 / 4);
    }
  });

  it('Cutout erases a square about any pixel, cut off at the border', () => {
    const windows = drawsOf([{ kind: 'cutout', side: 5, value: 9 }]).flatMap(([draw]) => (draw?.kind === 'erase' && draw.window ? [draw.window] : []));
    expect(windows).toHaveLength(count);
    // 5 wide but where the middle is within 2 of a border: 4 of 20 columns.
    near(windows.filter(({ width }) => width === 5).length / count, 16 / 20);
    near(windows.filter(({ height }) => height === 5).length / count, 8 / 12);
    expect(windows.every(({ left, top, width, height }) => left >= 0 && top >= 0 && left + width <= 20 && top + height <= 12 && width >= 3 && height >= 3)).toBe(true);
  });

  it('are applied one after another, what changes nothing left out', () => {
    const image = Uint8Array.from({ length: 20 * 12 * 3 }, (_, i) => (i * 37) & 255);
    const augmenter = new Augmenter(size);
    const draws: Draw[] = [
      { kind: 'flip', flipped: false }, { kind: 'crop', left: 1, top: 6, padding: 3, fill: 'reflect' }, { kind: 'erase', by: 'cutout', window: null, value: 0 }, { kind: 'flip', flipped: true },
      { kind: 'adjust', name: 'brightness', factor: 1 }, { kind: 'erase', by: 'cutout', window: { left: 2, top: 1, width: 3, height: 4 }, value: [1, 2, 3] }, { kind: 'crop', left: 3, top: 3, padding: 3, fill: 'zero' },
    ];
    const whole = new Uint8Array(image.length);
    augmenter.apply(draws, image, whole);
    const one = draws.reduce((current, draw) => {
      const out = new Uint8Array(image.length);
      new Augmenter(size).apply([draw], current, out);
      return out;
    }, image);
    expect(whole).toEqual(one);
    expect(whole).not.toEqual(image);
  });
});

describe('mixing', () => {
  const mixesOf = (list: PolicyOperation[], n = count) => {
    const policy = new Policy(list, size, 7);
    return Array.from({ length: n }, (_, batch) => policy.mix(3, batch));
  };
  it('happens to so many batches, by either operation', () => {
    const mixes = mixesOf([{ kind: 'mixup', alpha: 1, probability: 0.5 }, { kind: 'cutmix', alpha: 1, probability: 0.9, switchProbability: 0.3 }]);
    near(mixes.filter((mix) => mix?.kind === 'mixup').length / count, 0.7 * 0.5);
    near(mixes.filter((mix) => mix?.kind === 'cutmix').length / count, 0.3 * 0.9);
  });
  it('leaves the images\' own draws as they are', () => {
    const image = Uint8Array.from({ length: 20 * 12 * 3 }, (_, i) => i & 255);
    const [a, b] = ['crop-flip', 'crop-flip-mixup'] as const;
    const out = [a, b].map((name) => { const into = new Uint8Array(image.length); augmentImage(new Policy(name, size, 7), 5, 6, new Augmenter(size), image, into); return into; });
    expect(out[0]).toEqual(out[1]);
  });
  it('depends on seed, epoch and batch alone', () => {
    const list: PolicyOperation[] = [{ kind: 'mixup', alpha: 0.4, probability: 1 }];
    const [policy, again, other] = [7, 7, 8].map((seed) => new Policy(list, size, seed));
    const keys = [[1, 0], [1, 1], [2, 0]] as const;
    const found = keys.map(([epoch, batch]) => JSON.stringify(policy!.mix(epoch, batch)));
    expect(new Set(found).size).toBe(3);
    expect([...keys].reverse().map(([epoch, batch]) => JSON.stringify(again!.mix(epoch, batch)))).toEqual([...found].reverse());
    expect(other!.mix(1, 0)).not.toEqual(policy!.mix(1, 0));
  });
});

it.each([[0.1, 0.1], [0.2, 0.2], [1, 1], [0.5, 3], [8, 2]])('Beta(%d, %d) has its mean, variance and third moment', (a, b) => {
  const random = new CounterRandom(1, 'beta');
  const n = 20_000;
  const values = Array.from({ length: n }, () => beta(a, b, random));
  expect(values.every((value) => value >= 0 && value <= 1)).toBe(true);
  // E[x^k] = Π (a + r) / (a + b + r); the error of a mean of x^k is at most that of its variance, E[x^2k] - E[x^k]².
  const moment = (k: number) => Array.from({ length: k }, (_, r) => (a + r) / (a + b + r)).reduce((x, y) => x * y, 1);
  for (const k of [1, 2, 3]) {
    const found = values.reduce((sum, value) => sum + value ** k, 0) / n;
    expect(Math.abs(found - moment(k)), `moment ${k}`).toBeLessThan(4.5 * Math.sqrt((moment(2 * k) - moment(k) ** 2) / n));
  }
});
