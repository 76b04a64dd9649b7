import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { CounterRandom } from '../../core/random/philox';
import { initialState, openNetwork, type Batch, type Network, type NetworkSpec, type StateTensor } from './network';

const folder = mkdtempSync(join(tmpdir(), 'cultivar-mixed-'));
const open: Network[] = [];
afterAll(() => {
  for (const network of open) network.close();
  rmSync(folder, { recursive: true, force: true });
});

const spec: NetworkSpec = {
  architecture: 'resnet18', stem: 'imagenet', classes: 5, height: 8, width: 8, channels: 3, mean: [0.5, 0.4, 0.6], deviation: [0.25, 0.2, 0.3], mixesLabels: true,
  labelSmoothing: 0.1, optimizer: { kind: 'sgd', momentum: 0, nesterov: false, weightDecay: 0 }, clipNorm: null, precision: 'float32', device: 'cpu',
};
const start = initialState(spec, 1);
async function network(changes: Partial<NetworkSpec> = {}): Promise<Network> {
  const opened = await openNetwork({ ...spec, ...changes }, folder);
  open.push(opened);
  opened.writeState(start);
  return opened;
}

const random = new CounterRandom(9, 'batch');
const pixels = Uint8Array.from({ length: 8 * 8 * 8 * 3 }, () => random.integer(256));
const [labels, others] = [Int32Array.from([0, 1, 2, 3, 4, 0, 1, 2]), Int32Array.from([2, 0, 2, 1, 3, 4, 0, 1])];
const step = (net: Network, batch: Omit<Batch, 'pixels'>): { loss: number; correct: number; state: StateTensor[] } => {
  net.writeState(start);
  return { ...net.trainStep({ pixels, ...batch }, 0.5), state: net.readState() };
};
const bytes = (data: Float32Array) => Buffer.from(data.buffer, data.byteOffset, data.byteLength);
const weightsOf = (state: readonly StateTensor[]) => state.filter(({ role }) => role === 'parameter');

describe('a step with mixed labels', () => {
  it('is the plain one where a batch is not mixed', async () => {
    const [plain, mixing] = [step(await network({ mixesLabels: false }), { labels }), step(await network(), { labels })];
    expect(mixing.correct).toBe(plain.correct);
    expect(mixing.loss).toBeCloseTo(plain.loss, 5);
  });

  // Cross entropy is linear in its targets, so that the gradients are those of either label, each by its weight.
  it.each([[0.7, null], [0.2, null], [0.7, 3]] as const)('moves by the gradients of both labels: weight %d, parts of %s', async (weight, microBatch) => {
    const net = await network({ microBatch });
    const [own, other, mixed] = [step(net, { labels }), step(net, { labels: others }), step(net, { labels, mix: { others, weight } })];
    expect(mixed.loss).toBeCloseTo(weight * own.loss + (1 - weight) * other.loss, 5);
    // What counts as right is the label of the larger weight.
    expect(mixed.correct).toBe(weight > 0.5 ? own.correct : other.correct);
    weightsOf(mixed.state).forEach(({ name, data }, i) => {
      const [from, a, b] = [start, own.state, other.state].map((state) => weightsOf(state)[i]!.data);
      let [off, size] = [0, 0];
      for (let n = 0; n < data.length; n++) {
        const wanted = weight * (a![n]! - from![n]!) + (1 - weight) * (b![n]! - from![n]!);
        off += (data[n]! - from![n]! - wanted) ** 2;
        size += wanted ** 2;
      }
      expect(Math.sqrt(off), name).toBeLessThan(1e-3 * Math.sqrt(size) + 1e-6);
    });
  });

  it('is the same step whichever of the two comes first, bit for bit, and repeats', async () => {
    const net = await network();
    const given = step(net, { labels, mix: { others, weight: 0.25 } });
    for (const batch of [{ labels: others, mix: { others: labels, weight: 0.75 } }, { labels, mix: { others, weight: 0.25 } }]) {
      const again = step(net, batch);
      expect([again.loss, again.correct]).toEqual([given.loss, given.correct]);
      expect(again.state.filter(({ data }, i) => Buffer.compare(bytes(data), bytes(given.state[i]!.data)) !== 0)).toEqual([]);
    }
  });

  it('refuses another label that is no class', async () => {
    const net = await network();
    expect(() => net.trainStep({ pixels, labels, mix: { others: others.map(() => 5), weight: 0.9 } }, 0.1)).toThrow(/label 5 is not one of 5 classes/);
  });
});
