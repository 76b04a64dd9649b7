import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { averageDecayAt } from '../../core/schedule/averageDecay';
import { CounterRandom } from '../../core/random/philox';
import { averagesOfWeights, initialState, openNetwork, type Batch, type Network, type NetworkSpec, type StateTensor } from './network';
import { partsOf } from './parts';

const folder = mkdtempSync(join(tmpdir(), 'cultivar-training-'));
const open: Network[] = [];
afterAll(() => {
  for (const network of open) network.close();
  rmSync(folder, { recursive: true, force: true });
});

const sgd = { kind: 'sgd', momentum: 0.9, nesterov: true, weightDecay: 5e-4 } as const;
const plainSgd = { kind: 'sgd', momentum: 0, nesterov: false, weightDecay: 0 } as const;
const adamw = { kind: 'adamw', beta1: 0.9, beta2: 0.999, epsilon: 1e-8, weightDecay: 0.01 } as const;
const muon = { kind: 'muon', momentum: 0.9, nesterov: true, weightDecay: 5e-4, filterRate: 2, filterMomentum: 0.9, filterWeightDecay: 0.1, newtonSchulzSteps: 3, normalizeFilters: true } as const;
const base: NetworkSpec = {
  architecture: 'resnet18', stem: 'imagenet', classes: 5, height: 8, width: 8, channels: 3, mean: [0.5, 0.4, 0.6], deviation: [0.25, 0.2, 0.3],
  labelSmoothing: 0.1, optimizer: sgd, clipNorm: null, precision: 'float32', device: 'cpu',
};

async function network(changes: Partial<NetworkSpec>): Promise<Network> {
  const spec = { ...base, ...changes };
  const opened = await openNetwork(spec, folder);
  open.push(opened);
  opened.writeState(averagesOfWeights(initialState(spec, 1)));
  return opened;
}

function batch(index: number, count = 8): Batch {
  const random = new CounterRandom(9, 'batch', index);
  return { pixels: Uint8Array.from({ length: count * 8 * 8 * 3 }, () => random.integer(256)), labels: Int32Array.from({ length: count }, () => random.integer(5)) };
}

const bytes = ({ data }: StateTensor) => Buffer.from(data.buffer, data.byteOffset, data.byteLength);
const differing = (a: readonly StateTensor[], b: readonly StateTensor[]) => {
  const other = new Map(b.map((tensor) => [tensor.name, tensor]));
  return a.filter((tensor) => other.has(tensor.name) && !bytes(tensor).equals(bytes(other.get(tensor.name)!))).map(({ name }) => name);
};
const furthest = (a: ArrayLike<number>, b: ArrayLike<number>) => Array.from(a).reduce((most, value, i) => Math.max(most, Math.abs(value - b[i]!)), 0);
const values = (state: readonly StateTensor[], name: string) => state.find((tensor) => tensor.name === name)!.data;

describe('gradient accumulation', () => {
  it('in one part is the plain step, bit for bit', async () => {
    const [whole, parted] = [await network({ clipNorm: 1 }), await network({ clipNorm: 1, microBatch: 8 })];
    for (let step = 0; step < 3; step++) expect(parted.trainStep(batch(step), 0.01)).toEqual(whole.trainStep(batch(step), 0.01));
    expect(differing(whole.readState(), parted.readState())).toEqual([]);
  });

  it('moves by the mean of the parts\' gradients, each weighed by its images', async () => {
    const spec = { ...base, optimizer: plainSgd, microBatch: 4 };
    const given = batch(0, 10);
    const parts = partsOf(spec, given);
    expect(parts.map(({ labels }) => labels.length)).toEqual([3, 3, 4]);
    const accumulated = await network(spec);
    const before = accumulated.readState();
    const result = accumulated.trainStep(given, 1);
    const after = accumulated.readState();
    const single = await network({ optimizer: plainSgd });
    const each = parts.map((part) => {
      single.writeState(before);
      return { ...single.trainStep(part, 1), state: single.readState(), weight: part.labels.length / 10 };
    });
    expect(result.loss).toBeCloseTo(each.reduce((sum, { loss, weight }) => sum + loss * weight, 0), 5);
    expect(result.correct).toBe(each.reduce((sum, { correct }) => sum + correct, 0));
    for (const name of ['conv1.weight', 'layer3.0.conv2.weight', 'layer2.0.downsample.1.bias', 'fc.weight', 'fc.bias']) {
      const start = values(before, name);
      const wanted = start.map((value, i) => value + each.reduce((sum, { state, weight }) => sum + weight * (values(state, name)[i]! - value), 0));
      const size = furthest(wanted, start);
      expect(size).toBeGreaterThan(0);
      expect(furthest(values(after, name), wanted), name).toBeLessThan(1e-4 * size + 1e-6);
    }
  });

  it('never leaves a single image to a part', () => {
    for (const images of [2, 3, 5, 7, 31, 33]) for (const microBatch of [2, 3, 16]) {
      const sizes = partsOf({ ...base, microBatch }, batch(0, images)).map(({ labels }) => labels.length);
      expect(Math.min(...sizes)).toBeGreaterThanOrEqual(2);
      expect(sizes.reduce((sum, size) => sum + size)).toBe(images);
    }
  });
});

describe('a frozen backbone', () => {
  it('moves in nothing, its running statistics included, while the classifier learns', async () => {
    const net = await network({ freezable: true, labelSmoothing: 0 });
    const before = net.readState();
    // As torch with requires_grad_(False) and eval(): the loss is that of the running statistics.
    const { lossSum } = net.evaluate(batch(0));
    expect(net.trainStep(batch(0), 0.01, { frozen: true }).loss).toBeCloseTo(lossSum / 8, 5);
    expect(differing(before, net.readState())).toEqual(['fc.weight', 'fc.bias', 'optimizer.momentum_buffer.fc.weight', 'optimizer.momentum_buffer.fc.bias']);
  });

  it('starts Adam\'s own count when it thaws, as torch counts the steps of each parameter', async () => {
    const net = await network({ optimizer: adamw, freezable: true });
    for (let step = 0; step < 3; step++) net.trainStep(batch(step), 0.01, { frozen: true });
    const thawing = net.readState();
    expect(values(thawing, 'optimizer.frozenSteps')[0]).toBe(3);
    net.trainStep(batch(3), 0.01);
    const fresh = await network({ optimizer: adamw });
    fresh.writeState(fresh.readState().map((tensor) => (tensor.role === 'optimizer' ? tensor : { ...tensor, data: values(thawing, tensor.name) })));
    fresh.trainStep(batch(3), 0.01);
    const other = differing(fresh.readState(), net.readState());
    expect(other.every((name) => /fc\.|optimizer\.step/.test(name)), other.join()).toBe(true);
    expect(other).toContain('fc.weight');
  });
});

describe('moving averages', () => {
  it('follow weights and running statistics, are evaluated beside them, and change no weight', async () => {
    const [net, plain] = [await network({ averages: true }), await network({})];
    const names = ['conv1.weight', 'bn1.running_mean', 'layer4.1.bn2.running_var', 'fc.bias'];
    let expected = names.map((name) => Float64Array.from(values(net.readState(), name)));
    for (let step = 1; step <= 4; step++) {
      const share = 1 - averageDecayAt(0.5, true, step);
      expect(net.trainStep(batch(step), 0.05, { averageShare: share })).toEqual(plain.trainStep(batch(step), 0.05));
      const state = net.readState();
      expected = expected.map((average, i) => average.map((value, at) => value + share * (values(state, names[i]!)[at]! - value)));
      names.forEach((name, i) => expect(furthest(values(state, `average.${name}`), expected[i]!), name).toBeLessThan(1e-5));
    }
    const state = net.readState();
    expect(differing(plain.readState(), state)).toEqual([]);
    plain.writeState(plain.readState().map((tensor) => (tensor.role === 'optimizer' ? tensor : { ...tensor, data: values(state, `average.${tensor.name}`) })));
    expect(net.evaluate(batch(0), 'average').logits).toEqual(plain.evaluate(batch(0)).logits);
    expect(net.evaluate(batch(0), 'average').logits).not.toEqual(net.evaluate(batch(0)).logits);
  });
});

describe('muon', () => {
  it('moves the first convolution, the classifier, norms and biases as SGD, and hidden filters by orthogonal updates', async () => {
    const optimizer = { ...muon, filterWeightDecay: 0, normalizeFilters: false };
    const [net, plain] = [await network({ optimizer }), await network({ optimizer: sgd })];
    const before = net.readState();
    expect(net.trainStep(batch(0), 0.01)).toEqual(plain.trainStep(batch(0), 0.01));
    const after = net.readState();
    const hidden = before.filter(({ shape, name }) => shape.length === 4 && name !== 'conv1.weight' && !name.startsWith('optimizer.')).map(({ name }) => name);
    expect(hidden).toHaveLength(19);
    // SGD's momentum holds its weight decay, Muon's the gradient alone.
    expect(differing(plain.readState(), after)).toEqual([...hidden, ...hidden.map((name) => `optimizer.momentum_buffer.${name}`)]);
    const shapes = new Map(before.map(({ name, shape }) => [name, shape]));
    for (const name of hidden) {
      const [out, ...window] = shapes.get(name)! as [number, ...number[]];
      const fanIn = window.reduce((a, b) => a * b);
      const [start, end] = [values(before, name), values(after, name)];
      const moved = Math.sqrt(end.reduce((sum, value, i) => sum + (value - start[i]!) ** 2, 0));
      // The norm of a matrix whose singular values are 1 is the root of their number.
      const orthogonal = 0.01 * muon.filterRate * Math.sqrt(Math.max(1, out / fanIn)) * Math.sqrt(Math.min(out, fanIn));
      // Three iterations on a gradient of 8 images, which is of low rank.
      expect(moved / orthogonal, name).toBeGreaterThan(0.05);
      expect(moved / orthogonal, name).toBeLessThan(1.2);
    }
  });
});

describe('all of it together', () => {
  it.each([['sgd', sgd], ['adamw', adamw], ['muon', muon]] as const)('%s: resumed at any step equals an uninterrupted training, bit for bit', async (_, optimizer) => {
    const all = { optimizer: { ...optimizer, decayNormAndBias: false }, clipNorm: 1, averages: true, microBatch: 3, freezable: true };
    const train = (on: Network, from: number, to: number) => Array.from({ length: to - from }, (_unused, i) =>
      on.trainStep(batch(from + i), 0.01, { frozen: from + i < 2, averageShare: 1 - averageDecayAt(0.9, true, from + i + 1) }).loss);
    const net = await network(all);
    const start = net.readState();
    const losses = train(net, 0, 4);
    const expected = net.readState();
    net.writeState(start);
    const found: number[] = [];
    // Once in the frozen stretch, once after it.
    for (const [from, to] of [[0, 1], [1, 3], [3, 4]] as const) {
      found.push(...train(net, from, to));
      const state = net.readState().map((tensor) => ({ ...tensor, data: tensor.data.slice() }));
      net.writeState(state.map((tensor) => ({ ...tensor, data: new Float32Array(tensor.data.length) })));
      net.writeState(state);
    }
    expect(found).toEqual(losses);
    expect(differing(expected, net.readState())).toEqual([]);
  });
});
