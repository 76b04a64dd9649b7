import { afterAll, expect, it } from 'vitest';
import { CounterRandom } from '../../core/random/philox';
import { inScratchFolder } from '../testing/runGraph';
import { initialState, openNetwork, type Batch, type Network, type NetworkSpec, type StateTensor } from './network';

const spec: NetworkSpec = {
  architecture: 'resnet18', stem: 'imagenet', classes: 4, height: 32, width: 32, channels: 3, mean: [0.5, 0.4, 0.6], deviation: [0.25, 0.2, 0.3],
  labelSmoothing: 0, optimizer: { kind: 'sgd', momentum: 0.9, nesterov: false, weightDecay: 5e-4 }, clipNorm: 1, precision: 'bfloat16', device: 'cpu',
};
const images = 16;
function batch(index: number): Batch {
  const random = new CounterRandom(4, 'precision', index);
  return {
    pixels: Uint8Array.from({ length: images * spec.height * spec.width * 3 }, () => random.integer(256)),
    labels: Int32Array.from({ length: images }, () => random.integer(spec.classes)),
  };
}
const start = initialState(spec, 1);
const open: Network[] = [];
afterAll(() => { for (const network of open) network.close(); });

async function network(precision: NetworkSpec['precision']): Promise<Network> {
  const opened = await inScratchFolder((folder) => openNetwork({ ...spec, precision }, folder));
  opened.writeState(start);
  open.push(opened);
  return opened;
}
const train = (net: Network, from: number, to: number) => Array.from({ length: to - from }, (_, i) => net.trainStep(batch(from + i), 0.02).loss);
const movements = (after: readonly StateTensor[], role: StateTensor['role']) =>
  after.flatMap((tensor, i) => (tensor.role === role ? [{ name: tensor.name, by: tensor.data.map((x, n) => x - start[i]!.data[n]!) }] : []));
const dot = (a: Float32Array, b: Float32Array) => a.reduce((sum, x, i) => sum + x * b[i]!, 0);

it('one step goes where float32 goes, for every parameter and statistic, and its weights keep float32\'s digits', async () => {
  const [single, mixed] = [await network('float32'), await network('bfloat16')];
  // The same weights are judged alike, to the bit.
  expect(mixed.evaluate(batch(9))).toEqual(single.evaluate(batch(9)));
  const [exact, rounded] = [train(single, 0, 1)[0]!, train(mixed, 0, 1)[0]!];
  expect(rounded).not.toBe(exact);
  expect(Math.abs(rounded / exact - 1)).toBeLessThan(0.02);
  const [a, b] = [single.readState(), mixed.readState()];
  for (const role of ['parameter', 'statistic'] as const) {
    const wanted = movements(a, role);
    movements(b, role).forEach(({ name, by }, i) => {
      const other = wanted[i]!.by;
      expect(dot(by, other) / Math.sqrt(dot(by, by) * dot(other, other)), name).toBeGreaterThan(0.8);
    });
  }
  const stem = b.find(({ name }) => name === 'conv1.weight')!.data;
  expect(new Uint32Array(stem.buffer, stem.byteOffset, stem.length).some((word) => (word & 0xffff) !== 0)).toBe(true);
});

it('a resumed run equals an uninterrupted one, bit for bit', async () => {
  const [straight, stopped, resumed] = [await network('bfloat16'), await network('bfloat16'), await network('bfloat16')];
  const losses = train(straight, 0, 4);
  const first = train(stopped, 0, 2);
  resumed.writeState(stopped.readState());
  expect([...first, ...train(resumed, 2, 4)]).toEqual(losses);
  const [a, b] = [resumed.readState(), straight.readState()];
  expect(a.filter(({ data }, i) => !Buffer.from(data.buffer, data.byteOffset, data.byteLength).equals(Buffer.from(b[i]!.data.buffer, b[i]!.data.byteOffset, b[i]!.data.byteLength))).map(({ name }) => name)).toEqual([]);
});
