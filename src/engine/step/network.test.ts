import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { CultivarError } from '../../contracts/errors';
import { CounterRandom } from '../../core/random/philox';
import { loadTensorFlow } from '../backend';
import { initialState as drawState, openNetwork, type Batch, type Network, type NetworkSpec, type StateTensor } from './network';

const folder = mkdtempSync(join(tmpdir(), 'cultivar-network-'));
const open: Network[] = [];
afterAll(() => {
  for (const network of open) network.close();
  rmSync(folder, { recursive: true, force: true });
});

const spec: NetworkSpec = {
  architecture: 'resnet18',
  stem: 'imagenet',
  classes: 5,
  height: 16,
  width: 16,
  channels: 3,
  mean: [0.5, 0.4, 0.6],
  deviation: [0.25, 0.2, 0.3],
  labelSmoothing: 0.1,
  optimizer: { kind: 'sgd', momentum: 0.9, nesterov: true, weightDecay: 5e-4 },
  clipNorm: null,
  precision: 'float32',
  device: 'cpu',
};
const adam = { kind: 'adamw', beta1: 0.9, beta2: 0.999, epsilon: 1e-8, weightDecay: 0.01 } as const;

async function network(changes: Partial<NetworkSpec> = {}): Promise<Network> {
  const opened = await openNetwork({ ...spec, ...changes }, folder);
  open.push(opened);
  return opened;
}

function batch(index: number, count = 8, { height, width, classes } = spec): Batch {
  const random = new CounterRandom(9, 'batch', index);
  return {
    pixels: Uint8Array.from({ length: count * height * width * 3 }, () => random.integer(256)),
    labels: Int32Array.from({ length: count }, () => random.integer(classes)),
  };
}

const drawn = new Map<string, StateTensor[]>();
/** Drawn once for each kind of optimizer and seed; tests that change it take a copy. */
function initialState({ optimizer }: NetworkSpec, seed: number): StateTensor[] {
  const key = `${optimizer.kind} ${seed}`;
  const state = drawn.get(key) ?? drawState({ ...spec, optimizer }, seed);
  drawn.set(key, state);
  return state.map((tensor) => ({ ...tensor, data: tensor.data.slice() }));
}

const bytes = ({ data }: StateTensor) => Buffer.from(data.buffer, data.byteOffset, data.byteLength);
const sameBits = (a: readonly StateTensor[], b: readonly StateTensor[]) => a.every((tensor, i) => tensor.name === b[i]!.name && bytes(tensor).equals(bytes(b[i]!)));
const train = (net: Network, from: number, to: number) => Array.from({ length: to - from }, (_, i) => net.trainStep(batch(from + i), 0.01).loss);
function errorOf(work: () => unknown): CultivarError {
  try {
    work();
  } catch (error) {
    if (error instanceof CultivarError) return error;
    throw error;
  }
  throw new Error('nothing was thrown');
}

describe('state', () => {
  it('comes back bit for bit, in torchvision\'s names and layouts', async () => {
    const net = await network({ optimizer: adam });
    const written = initialState({ ...spec, optimizer: adam }, 1).map((tensor, i) =>
      tensor.role === 'optimizer' && tensor.name !== 'optimizer.step' ? { ...tensor, data: tensor.data.map((_, n) => (n % 97) + i) } : tensor,
    );
    net.writeState(written);
    const read = net.readState();
    expect(sameBits(read, written)).toBe(true);
    expect(read.find(({ name }) => name === 'conv1.weight')!.shape).toEqual([64, 3, 7, 7]);
    expect(read.find(({ name }) => name === 'optimizer.exp_avg_sq.fc.weight')).toMatchObject({ shape: [5, 512], role: 'optimizer' });
    expect(read.at(-1)).toMatchObject({ name: 'optimizer.step', shape: [], role: 'optimizer' });
    expect(net.parameterCount).toBe(11_689_512 - 995 * 513);
  });

  it('is a copy on both ways', async () => {
    const net = await network();
    const state = initialState(spec, 1);
    net.writeState(state);
    const before = net.readState();
    for (const { data } of state) data.fill(7);
    expect(sameBits(net.readState(), before)).toBe(true);
    const held = before.map((tensor) => ({ ...tensor, data: tensor.data.slice() }));
    train(net, 0, 1);
    expect(sameBits(before, held)).toBe(true);
    expect(sameBits(net.readState(), before)).toBe(false);
  });

  it.each([['sgd', spec.optimizer], ['adamw', adam]] as const)('%s: a resumed run equals an uninterrupted one, bit for bit', async (_, optimizer) => {
    const [straight, stopped, resumed] = [await network({ optimizer }), await network({ optimizer }), await network({ optimizer })];
    for (const net of [straight, stopped]) net.writeState(initialState({ ...spec, optimizer }, 1));
    const losses = train(straight, 0, 6);
    const first = train(stopped, 0, 3);
    resumed.writeState(stopped.readState());
    expect([...first, ...train(resumed, 3, 6)]).toEqual(losses);
    expect(sameBits(straight.readState(), resumed.readState())).toBe(true);
  });

  it('refuses what does not fit, names it, and changes nothing', async () => {
    const net = await network();
    const state = initialState(spec, 1);
    net.writeState(state);
    const wrong = [
      ...state.filter(({ name }) => name !== 'bn1.bias' && name !== 'fc.bias'),
      { name: 'fc.bias', shape: [6], data: new Float32Array(6), role: 'parameter' as const },
      { name: 'head.weight', shape: [], data: new Float32Array(1), role: 'parameter' as const },
    ];
    const error = errorOf(() => net.writeState(wrong));
    expect(error.code).toBe('checkpoint-damaged');
    expect(error.message).toMatch(/unknown: head\.weight; missing: bn1\.bias; of another shape: fc\.bias \[6\] with 6 values, wanted \[5\]/);
    expect(errorOf(() => net.writeState([...state, state[0]!])).message).toMatch(/given twice: conv1\.weight/);
    expect(sameBits(net.readState(), state)).toBe(true);
  });
});

describe('training', () => {
  it('learns a batch by heart, and evaluation sees it', async () => {
    const net = await network({ labelSmoothing: 0 });
    net.writeState(initialState(spec, 1));
    const before = net.evaluate(batch(0));
    for (let i = 0; i < 40; i++) net.trainStep(batch(0), 0.02);
    const step = net.trainStep(batch(0), 0);
    const after = net.evaluate(batch(0));
    expect(step).toMatchObject({ correct: 8 });
    expect(step.loss).toBeLessThan(0.05);
    expect(after.correct).toBe(8);
    expect(after.lossSum).toBeLessThan(before.lossSum / 5);
    expect(after.logits).toHaveLength(8 * 5);
    // evaluate() adds up what its own logits say.
    const losses = Array.from({ length: 8 }, (_, n) => {
      const row = [...after.logits.subarray(n * 5, n * 5 + 5)];
      return Math.log(row.reduce((sum, z) => sum + Math.exp(z), 0)) - row[batch(0).labels[n]!]!;
    });
    expect(after.lossSum).toBeCloseTo(losses.reduce((a, b) => a + b), 4);
  });

  it('gives the same bits for pixels at any address, in shared memory too', async () => {
    const net = await network();
    net.writeState(initialState(spec, 1));
    const plain = batch(0);
    const lossOf = (pixels: Uint8Array) => net.evaluate({ ...plain, pixels }).lossSum;
    const shifted = new Uint8Array(plain.pixels.length + 1).subarray(1);
    const shared = new Uint8Array(new SharedArrayBuffer(plain.pixels.length));
    for (const copy of [shifted, shared]) copy.set(plain.pixels);
    expect([lossOf(shifted), lossOf(shared)]).toEqual([lossOf(plain.pixels), lossOf(plain.pixels)]);
  });

  it('takes images whose bytes 4 does not divide', async () => {
    const odd = { height: 15, width: 17 };
    const net = await network(odd);
    net.writeState(initialState(spec, 1));
    const { pixels, labels } = batch(0, 3, { ...spec, ...odd });
    const all = net.evaluate({ pixels, labels }).logits;
    // Each image alone gives its own row: none has slipped into its neighbour.
    for (let i = 0; i < 3; i++) {
      const size = 15 * 17 * 3;
      const { logits } = net.evaluate({ pixels: pixels.slice(i * size, (i + 1) * size), labels: labels.slice(i, i + 1) });
      logits.forEach((z, c) => expect(z).toBeCloseTo(all[i * 5 + c]!, 3));
    }
    expect(new Set(all).size).toBe(15);
  });

  // A ResNet50 of real size: with several ops at once its filter gradients on 2×2 maps differed from step to step.
  it('the same step gives the same bits', async () => {
    const large: Partial<NetworkSpec> = { architecture: 'resnet50', height: 32, width: 32 };
    const net = await network(large);
    const state = drawState({ ...spec, ...large }, 1);
    const same = batch(0, 64, { ...spec, ...large });
    const [first, ...others] = Array.from({ length: 4 }, () => {
      net.writeState(state);
      net.trainStep(same, 0.01);
      return net.readState();
    });
    net.close();
    expect(others.map((other) => sameBits(other, first!))).toEqual([true, true, true]);
  });

  it('300 steps leave no tensor behind', async () => {
    const net = await network({ height: 8, width: 8 });
    net.writeState(initialState(spec, 1));
    const small = batch(0, 2, { ...spec, height: 8, width: 8 });
    const tf = loadTensorFlow();
    const before = tf.memory().numTensors;
    for (let i = 0; i < 300; i++) net.trainStep(small, 1e-4);
    net.evaluate(small);
    net.readState();
    expect(tf.memory().numTensors).toBe(before);
  });
});

describe('bad input', () => {
  it('is refused before the call, which leaves the network usable', async () => {
    const net = await network();
    net.writeState(initialState(spec, 1));
    const { pixels, labels } = batch(0);
    expect(errorOf(() => net.trainStep({ pixels: pixels.subarray(1), labels }, 0.1)).message).toMatch(/8 images take 6144 bytes, not 6143/);
    expect(errorOf(() => net.trainStep({ pixels, labels: labels.map(() => 5) }, 0.1)).message).toMatch(/label 5 is not one of 5 classes/);
    expect(errorOf(() => net.evaluate({ pixels: new Uint8Array(), labels: new Int32Array() })).message).toMatch(/it is empty/);
    expect(errorOf(() => net.trainStep({ pixels: pixels.subarray(0, 768), labels: labels.subarray(0, 1) }, 0.1)).message).toMatch(/more than one value a channel/);
    expect(sameBits(net.readState(), initialState(spec, 1))).toBe(true);
  });

  it('a GPU that is not there is said', async () => {
    await expect(openNetwork({ ...spec, device: 'gpu' }, folder)).rejects.toMatchObject({ code: 'gpu-unusable' });
  });

  it('close removes the graph\'s folder and ends the network', async () => {
    const parent = join(folder, 'closing');
    const net = await openNetwork(spec, parent);
    expect(readdirSync(parent)).toHaveLength(1);
    net.close();
    net.close();
    expect(readdirSync(parent)).toHaveLength(0);
    expect(existsSync(parent)).toBe(true);
    expect(errorOf(() => net.evaluate(batch(0))).message).toBe('The network is closed.');
  });
});
