import { describe, expect, it } from 'vitest';
import { applyMix, augmentImage, Augmenter, changesNothing, operationsOf, Policy, trivialAugmentSpace } from '../augmentation';
import { augmentationSchema, defaultOperation, policies, type Augmentation } from '../config/augmentation';
import { epochOrder } from '../data/order';
import { CounterRandom } from '../random/philox';
import { drawFact, DrawCounts, drawShares, Inspector, labelText, labelWeights, Moments, policySwitches, Session, spread, stripSubjects, TrainingOrder, withoutSwitched } from './index';

const size = { width: 20, height: 12 };
const bytes = size.width * size.height * 3;
const random = new CounterRandom(3, 'pixels');
const images = Array.from({ length: 40 }, () => Uint8Array.from({ length: bytes }, () => random.integer(256)));
const pixelsOf = (index: number) => images[index]!;
/** Every other image; the last batch of an epoch has 2 of 6. */
const train = Uint32Array.from({ length: 20 }, (_, i) => 2 * i);
const batchSize = 6;
const mixed: Augmentation = [defaultOperation('randomCrop'), defaultOperation('flip'), defaultOperation('trivialAugmentWide'), { ...defaultOperation('mixup'), probability: 0.8 }, defaultOperation('cutmix')];

/** An epoch as BatchFiller makes it, batch by batch. */
function fed(augmentation: Augmentation, seed: number, epoch: number): Map<number, Uint8Array> {
  const [policy, augmenter] = [new Policy(augmentation, size, seed), new Augmenter(size)];
  const order = epochOrder(train, seed, epoch);
  const all = new Map<number, Uint8Array>();
  for (let first = 0, batch = 0; first < order.length; first += batchSize, batch++) {
    const indices = order.subarray(first, first + batchSize);
    const pixels = new Uint8Array(indices.length * bytes);
    indices.forEach((index, i) => augmentImage(policy, epoch, index, augmenter, pixelsOf(index), pixels.subarray(i * bytes, (i + 1) * bytes)));
    const mix = policy.mix(epoch, batch);
    if (mix) applyMix(mix, pixels, size);
    indices.forEach((index, i) => all.set(index, pixels.subarray(i * bytes, (i + 1) * bytes)));
  }
  return all;
}

describe('an image in an epoch', () => {
  it.each([mixed, 'crop-flip-autoaugment', 'crop-flip-cutmix'] as const)('is what its batch holds, byte for byte: %#', (augmentation) => {
    const session = new Session({ ...size, train, batchSize });
    let mixes = 0;
    for (const epoch of [1, 2, 5]) {
      const expected = fed(augmentation, 11, epoch);
      const places = [...train].map((index) => ({ epoch, index }));
      expect(session.needs(augmentation, 11, places).every((index) => index % 2 === 0)).toBe(true);
      session.draws(augmentation, 11, places, pixelsOf, (pixels, i) => expect(Buffer.compare(pixels, expected.get(train[i]!)!)).toBe(0))
        .forEach(({ mix }) => { if (mix) mixes++; });
    }
    expect(mixes > 0).toBe(augmentation !== 'crop-flip-autoaugment');
  });

  it('that is not trained on has no batch: it is drawn, and not mixed', () => {
    expect(new TrainingOrder(train, batchSize, 1).placeOf(1, 3)).toBeNull();
    const out = new Uint8Array(bytes);
    expect(new Inspector(mixed, size, 1, new TrainingOrder(train, batchSize, 1)).draw(1, 3, pixelsOf, out).mix).toBeNull();
  });

  it('has labels with the weights of the mixture, one where both are the same', () => {
    const mix = { draw: { kind: 'mixup', weight: 0.25 }, batch: 0, partner: 4, partnerDraws: [] } as const;
    expect(labelWeights({ index: 2, mix }, (index) => index)).toEqual([{ label: 4, weight: 0.75 }, { label: 2, weight: 0.25 }]);
    expect(labelWeights({ index: 2, mix }, () => 9)).toEqual([{ label: 9, weight: 1 }]);
    expect(labelWeights({ index: 2, mix: null }, (index) => index)).toEqual([{ label: 2, weight: 1 }]);
  });
});

describe('strips', () => {
  it.each(policies)('%s: go from what changes least to the strongest that is drawn', (name) => {
    const augmenter = new Augmenter(size);
    for (const subject of stripSubjects(name, size)) {
      const shown = spread(subject.steps, 9);
      expect(shown[0]).toBe(0);
      expect(shown.at(-1)).toBe(subject.steps - 1);
      for (const step of shown) {
        if (subject.of === 'batch') expect(subject.at(step).weight).toBeCloseTo(1 - step / (subject.steps - 1), subject.term === 'mixup' ? 12 : 0.5);
        else augmenter.apply([subject.at(step, 1), subject.at(step, -1)], images[0]!, new Uint8Array(bytes));
      }
      if (subject.of === 'image' && ['crop', 'flip', 'Rotate', 'ShearX', 'Posterize'].includes(subject.term)) expect(drawFact(subject.at(0, 1)).changes).toBe(false);
    }
  });

  it('hold every draw that TrivialAugment makes, to the last bit', () => {
    const subjects = stripSubjects('crop-flip-trivialaugment', size).filter(({ id }) => id.startsWith('2:'));
    const policy = new Policy('crop-flip-trivialaugment', size, 5);
    for (let i = 0; i < 600; i++) {
      const draw = policy.draw(1, i)[2]!;
      if (draw.kind !== 'operation') throw new Error('TrivialAugment draws operations');
      const subject = subjects.find(({ term }) => term === draw.name)!;
      expect(subject.of === 'image' && subject.at(draw.bin ?? 0, Object.is(Math.sign(draw.magnitude), -1) || Object.is(draw.magnitude, -0) ? -1 : 1)).toEqual(draw);
    }
  });
});

describe('switches', () => {
  it('take an operation out of the list, or a name out of TrivialAugment, and say what becomes of the rest', () => {
    const off = new Set(['1', '2:Rotate', '2:Solarize']);
    expect(policySwitches('crop-flip-trivialaugment').map(({ id }) => id).slice(0, 4)).toEqual(['0', '1', '2', '2:Identity']);
    const left = withoutSwitched('crop-flip-trivialaugment', off);
    expect(left.map(({ kind }) => kind)).toEqual(['randomCrop', 'trivialAugmentWide']);
    expect(augmentationSchema.parse(JSON.parse(JSON.stringify(left)))).toEqual(left);
    expect(trivialAugmentSpace(left[1] as never)).toHaveLength(12);
    const shares = new Map(drawShares('crop-flip-trivialaugment', off, size).map((share) => [share.id, share]));
    expect(shares.get('1')).toMatchObject({ before: 0.5, after: 0 });
    expect(shares.get('2:Rotate')).toMatchObject({ before: 1 / 14, after: 0 });
    expect(shares.get('2:ShearX')).toMatchObject({ before: 1 / 14, after: 1 / 12 });
    expect(withoutSwitched(mixed, new Set())).toEqual(mixed);
    expect(withoutSwitched('crop-flip-trivialaugment', new Set(policySwitches('crop-flip-trivialaugment').map(({ id }) => id)))).toEqual([]);
    // CutMix alone gets the batches that it shared with Mixup.
    expect(drawShares(mixed, new Set(['3']), size).find(({ id }) => id === '4')).toMatchObject({ before: 0.5, after: 1 });
  });
});

describe('counts', () => {
  const jittered: Augmentation = [{ ...defaultOperation('colorJitter'), hue: 0.2, contrast: 0.3 }, { ...defaultOperation('randomErasing'), scale: [0.3, 1] }, defaultOperation('cutout')];
  it.each([...policies, jittered, mixed])('%j: are as often as expected', (augmentation) => {
    const policy = new Policy(augmentation, size, 21);
    const counts = new DrawCounts(augmentation, size);
    for (let i = 0; i < 3000; i++) counts.add(policy.draw(1, i));
    for (let i = 0; i < 3000; i++) counts.addBatch(policy.mix(1, i));
    for (const { id, trials, found, expected, low, high, strengths } of counts.rows()) {
      expect(trials).toBe(3000);
      // The seed is fixed; 4.5 standard deviations are 2.3 of the band's half.
      expect(Math.abs(found - expected), id).toBeLessThanOrEqual(((high - low) / 2) * 2.3 + 1e-9);
      if (strengths) expect(strengths.reduce((a, b) => a + b, 0)).toBe(found);
    }
    expect(new Set(counts.rows().map(({ id }) => id)).size).toBe(counts.rows().length);
    if (operationsOf(augmentation).some(({ kind }) => kind === 'trivialAugmentWide')) expect(counts.rows().filter(({ strengths }) => strengths !== null)).toHaveLength(11);
  });
});

describe('mean and variance', () => {
  it('are those of the draws, added one by one', () => {
    const session = new Session({ ...size, train, batchSize });
    const more = session.moments(mixed, 4, 6, 1);
    more(pixelsOf(6), 3);
    const moments = more(pixelsOf(6), 4);
    expect(moments.count).toBe(7);
    const [policy, augmenter] = [new Policy(mixed, size, 4), new Augmenter(size)];
    const drawn = Array.from({ length: 7 }, (_, i) => {
      const out = new Uint8Array(bytes);
      augmentImage(policy, i + 1, 6, augmenter, pixelsOf(6), out);
      return out;
    });
    for (const at of [0, 100, bytes - 1]) {
      const values = drawn.map((one) => one[at]!);
      const mean = values.reduce((a, b) => a + b) / 7;
      expect(moments.mean()[at]).toBeCloseTo(mean, 10);
      expect(moments.variance()[at]).toBeCloseTo(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / 6, 8);
    }
    expect(drawn.some((one) => one.some((value, i) => value !== drawn[0]![i]))).toBe(true);
  });

  it('of equal images have no variance at all', () => {
    const moments = new Moments(2);
    for (let i = 0; i < 1000; i++) moments.add(Uint8Array.of(251, 3));
    expect([...moments.variance()]).toEqual([0, 0]);
    expect([...moments.mean()]).toEqual([251, 3]);
  });
});

it('draws that change nothing say so', () => {
  expect(changesNothing({ kind: 'flip', flipped: false })).toBe(true);
  expect(drawFact({ kind: 'operation', by: 'trivialAugmentWide', name: 'TranslateX', magnitude: -0.9, bin: 1, bins: 31 })).toMatchObject({ magnitude: -0, unit: 'px', changes: false });
  expect(drawFact({ kind: 'operation', by: 'trivialAugmentWide', name: 'Color', magnitude: 0.89, bin: 27, bins: 31 })).toMatchObject({ unit: 'factor', changes: true });
  expect(labelText({ draws: [{ kind: 'crop', left: 2, top: 7, padding: 4, fill: 'zero' }, { kind: 'flip', flipped: true }, { kind: 'operation', by: 'trivialAugmentWide', name: 'Color', magnitude: 0.89, bin: 27, bins: 31 }], mix: null }, 'en')).toBe('Color × 1.89, crop −2, +3, flip');
});
