import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { elements } from '../../core/model/parameters';
import { enlarge, relative } from '../../core/predictions/heat';
import { inScratchFolder } from '../testing/runGraph';
import { initialState, openNetwork, type NetworkSpec } from '../step/network';
import { inspectedSpecs } from './buildInspection';
import { openInspection, type Inspection } from './inspection';

/** PyTorch's values: test/fixtures/make_grad_cam.py. */
const expected = JSON.parse(readFileSync(join(import.meta.dirname, '../../../test/fixtures/grad-cam.json'), 'utf8')) as {
  readonly classes: number[]; readonly logits: number[][]; readonly maps: number[][][]; readonly features: number[][]; readonly enlargedRows: number[][][];
};
const [images, size] = [3, 32];
const spec: NetworkSpec = {
  architecture: 'resnet18', stem: 'cifar', classes: 5, height: size, width: size, channels: 3, mean: [0.5, 0.5, 0.5], deviation: [0.25, 0.25, 0.25], labelSmoothing: 0.1,
  optimizer: { kind: 'sgd', momentum: 0.9, nesterov: false, weightDecay: 0 }, clipNorm: null, precision: 'float32', device: 'cpu',
};

/** The generator's formula. */
function tensorOf(name: string, shape: readonly number[]): Float32Array {
  const start = [...name].reduce((sum, letter) => sum + letter.codePointAt(0)!, 0);
  const scaled = (value: number) => {
    if (name.endsWith('running_var')) return 1 + 0.5 * value;
    if (name.endsWith('running_mean')) return 0.1 * value;
    if (shape.length === 4) return value * Math.sqrt(2 / (shape[1]! * shape[2]! * shape[3]!));
    if (name === 'fc.weight') return value / Math.sqrt(shape[1]!);
    return name.endsWith('weight') ? 1 + 0.2 * value : 0.1 * value;
  };
  return Float32Array.from({ length: elements(shape) }, (_, i) => scaled(Math.sin(start + 0.7 * i + 0.001 * ((i * i) % 6283))));
}
const state = inspectedSpecs(spec).map(({ name, shape, role }) => ({ name, shape, role, data: tensorOf(name, shape) }));
const pixels = Uint8Array.from({ length: images * size * size * 3 }, (_, i) => (i * 7919 + Math.floor(i / 96) * 31) % 256);

let network: Inspection;
beforeAll(async () => { network = await inScratchFolder((folder) => openInspection(spec, state, folder)); });
afterAll(() => { network.close(); });

const worst = (got: ArrayLike<number>, wanted: readonly number[]) => {
  expect(got.length).toBe(wanted.length);
  return Math.max(...wanted.map((value, i) => Math.abs(got[i]! - value)));
};

it('Grad-CAM of a class is PyTorch\'s, as is the map as large as the image', () => {
  const { logits, maps } = network.gradCam(pixels, Int32Array.from(expected.classes));
  expect(network.mapSize).toEqual([4, 4]);
  expect(worst(logits, expected.logits.flat())).toBeLessThan(1e-4);
  expect(worst(maps, expected.maps.flat(2))).toBeLessThan(1e-5);
  expected.enlargedRows.forEach((rows, i) => {
    const enlarged = enlarge(maps.subarray(i * 16, (i + 1) * 16), [4, 4], [size, size]);
    rows.forEach((row, n) => { expect(worst(enlarged.subarray(n * 8 * size, (n * 8 + 1) * size), row)).toBeLessThan(1e-5); });
  });
  expect(Math.max(...relative(maps.subarray(0, 16)))).toBe(1);
});

it('another class has another map, and an image has its own whatever stands beside it', () => {
  const alone = network.gradCam(pixels.subarray(0, size * size * 3), Int32Array.of(0)).maps;
  const [zeros, threes] = [network.gradCam(pixels, Int32Array.of(0, 0, 0)).maps, network.gradCam(pixels, Int32Array.of(3, 3, 3)).maps];
  expect(worst(zeros.subarray(0, 16), [...alone])).toBeLessThan(1e-6);
  expect(worst(threes.subarray(0, 16), [...alone])).toBeGreaterThan(1e-2);
});

it('features are what PyTorch\'s classifier sees, and logits those that an evaluation reads, to the bit', async () => {
  const { features, logits } = network.features(pixels, images);
  expect(network.featureCount).toBe(512);
  expect(worst(features.filter((_, i) => i % 64 === 0), expected.features.flat())).toBeLessThan(1e-5);
  expect([...network.logits(pixels, images)]).toEqual([...logits]);
  await inScratchFolder(async (folder) => {
    const trained = await openNetwork(spec, folder);
    const own = new Map(state.map((tensor) => [tensor.name, tensor]));
    trained.writeState(initialState(spec, 1).map((tensor) => own.get(tensor.name) ?? tensor));
    expect([...trained.evaluate({ pixels, labels: new Int32Array(images) }).logits]).toEqual([...logits]);
    trained.close();
  });
});
