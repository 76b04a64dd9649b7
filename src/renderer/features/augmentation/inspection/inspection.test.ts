import { expect, it, vi } from 'vitest';
import type { InspectedData } from '../../../../contracts/calls/inspection';
import type { Augmentation } from '../../../../core/config/augmentation';
import { Session, toRgba } from '../../../../core/inspection';
import { InspectionClient, type WorkerLike } from './client';
import { PixelCache } from './pixelCache';
import { tileOf, type CountsStand, type FromWorker, type MomentsStand, type Tiles, type ToWorker } from './protocol';
import { WorkerDesk } from './workerDesk';

const [width, height] = [8, 6];
const bytes = width * height * 3;
const image = (index: number) => Uint8Array.from({ length: bytes }, (_, i) => (i * 7 + index * 31) % 256);
const data: InspectedData = {
  datasetId: 'dots', datasetName: '点', revision: 'a'.repeat(64), width, height, classes: ['a', 'b'], labels: new Uint8Array(40), train: Uint32Array.from({ length: 30 }, (_, i) => i), validation: Uint32Array.of(30, 31), batchSize: 7, run: null,
};
const mixed: Augmentation = 'crop-flip-mixup';
const places = (epochs: number, index = 3) => Array.from({ length: epochs }, (_, i) => ({ epoch: i + 1, index }));

/** Every tile's bytes, one after another. */
const all = ({ parts }: Tiles) => Uint8ClampedArray.from(parts.flatMap(({ rgba }) => [...rgba]));
const differ = (a: Uint8ClampedArray, b: Uint8ClampedArray) => Buffer.compare(Buffer.from(a), Buffer.from(b));

/** A worker's own desk, whose messages wait as they do between threads. */
function threadOf(): WorkerLike & { readonly heard: ToWorker[] } {
  const listeners: ((event: { data: FromWorker }) => void)[] = [];
  const desk = new WorkerDesk((message) => { queueMicrotask(() => { for (const listener of listeners) listener({ data: structuredClone(message) }); }); }, () => new Promise((go) => { setImmediate(go); }));
  const heard: ToWorker[] = [];
  return {
    heard,
    postMessage: (message) => { const copy = structuredClone(message); heard.push(copy); setImmediate(() => { desk.hear(copy); }); },
    addEventListener: (_, listener) => { listeners.push(listener); }, terminate: () => { listeners.length = 0; },
  };
}

function clientOf(threads = 1, fetchImages = async (_: string, __: string, indices: readonly number[]) => {
  const pixels = new Uint8Array(indices.length * bytes);
  indices.forEach((index, i) => { pixels.set(image(index), i * bytes); });
  return Promise.resolve({ pixels });
}) {
  const workers: ReturnType<typeof threadOf>[] = [];
  const fetched = vi.fn(fetchImages);
  const client = new InspectionClient(() => { workers.push(threadOf()); return workers.at(-1)!; }, fetched, threads);
  client.open(data);
  return { client, workers, fetched };
}

function expectedRgba(augmentation: Augmentation, seed: number, epochs: number) {
  const rgba = new Uint8ClampedArray(epochs * width * height * 4);
  new Session(data).draws(augmentation, seed, places(epochs), image, (pixels, i) => { toRgba(pixels, rgba.subarray(i * width * height * 4, (i + 1) * width * height * 4)); });
  return rgba;
}

it('draws what training feeds, partners fetched, and asks for each image once', async () => {
  const { client, fetched } = clientOf();
  const tiles = await client.draws('A', { augmentation: mixed, seed: 5, places: places(16) });
  expect(tiles!.drawn.some(({ mix }) => mix !== null)).toBe(true);
  expect(differ(all(tiles!), expectedRgba(mixed, 5, 16))).toBe(0);
  expect(fetched).toHaveBeenCalledTimes(1);
  await client.draws('A', { augmentation: mixed, seed: 5, places: places(16) });
  expect(fetched).toHaveBeenCalledTimes(1);
});

it('does of what is asked while it works only the last, and answers what is under way', async () => {
  const { client, workers } = clientOf();
  const answers = await Promise.all([1, 2, 3, 4].map((seed) => client.draws('A', { augmentation: 'crop-flip', seed, places: places(4) })));
  expect(answers.map((one) => one !== null)).toEqual([true, false, false, true]);
  expect(differ(all(answers[3]!), expectedRgba('crop-flip', 4, 4))).toBe(0);
  expect(workers[0]!.heard.filter(({ type }) => type === 'work')).toHaveLength(2);
  const [a, b] = await Promise.all([client.draws('A', { augmentation: 'none', seed: 1, places: places(1) }), client.draws('B', { augmentation: 'none', seed: 1, places: places(1) })]);
  expect([a, b]).not.toContain(null);
});

it('shares out what is much among the workers, and keeps it in order', async () => {
  const { client, workers } = clientOf(3);
  const tiles = (await client.draws('A', { augmentation: 'crop-flip', seed: 2, places: places(7400) }))!;
  expect(tiles.parts.map(({ count }) => count)).toEqual([2466, 2467, 2467]);
  expect(workers.map(({ heard }) => heard.filter(({ type }) => type === 'work').length)).toEqual([1, 1, 1, 0]);
  expect(tiles.drawn.map(({ epoch }) => epoch)).toEqual(places(7400).map(({ epoch }) => epoch));
  for (const tile of [0, 2465, 2466, 7399]) {
    const alone = (await client.draws('B', { augmentation: 'crop-flip', seed: 2, places: [{ epoch: tile + 1, index: 3 }] }))!;
    expect(differ(tileOf(tiles, tile), tileOf(alone, 0)), `tile ${tile}`).toBe(0);
  }
  expect(() => tileOf(tiles, 7400)).toThrow(RangeError);
});

it('gives way, in parts, to what is asked meanwhile, and is whole where nothing is', async () => {
  const { client, workers } = clientOf();
  const many = places(16_000);
  const exact = client.draws('A', { augmentation: 'crop-flip', seed: 1, places: many }, true);
  const next = client.draws('A', { augmentation: 'crop-flip', seed: 2, places: places(4) });
  expect(await exact).toBeNull();
  expect(differ(all((await next)!), expectedRgba('crop-flip', 2, 4))).toBe(0);
  const parts = () => workers[0]!.heard.filter(({ type }) => type === 'work').length;
  expect(parts()).toBe(2);
  const whole = (await client.draws('A', { augmentation: 'crop-flip', seed: 1, places: many }, true))!;
  expect(parts()).toBe(5);
  expect([whole.count, whole.drawn.length, whole.drawn[15_999]!.epoch]).toEqual([16_000, 16_000, 16_000]);
});

it('draws at one over a whole number: exactly what is fed, made smaller, or a preview of it', async () => {
  const { client } = clientOf();
  const at = (resolution?: { by: number; rough: boolean }) => client.draws('A', { augmentation: 'crop-flip-cutout', seed: 4, places: places(6), resolution }).then((tiles) => tiles!);
  const [full, exact, rough] = [await at(), await at({ by: 2, rough: false }), await at({ by: 2, rough: true })];
  for (const tiles of [exact, rough]) expect([tiles.parts[0]!.rgba.length, tiles.drawn]).toEqual([6 * 4 * 3 * 4, full.drawn]);
  const fed = tileOf(full, 5);
  expect(tileOf(exact, 5)[0]).toBe(Math.floor((fed[0]! + fed[4]! + fed[width * 4]! + fed[width * 4 + 4]! + 2) / 4));
});

it('draws a strip and a mixture from what is given', async () => {
  const { client } = clientOf();
  const tiles = await client.applied('strip', { index: 2, tiles: [[], [{ kind: 'flip', flipped: true }], { mix: { kind: 'mixup', weight: 0 }, partner: 9 }] });
  const rgba = new Uint8ClampedArray(width * height * 4);
  toRgba(image(9), rgba);
  expect(differ(all(tiles!).slice(2 * rgba.length), rgba)).toBe(0);
  toRgba(image(2), rgba);
  expect(differ(all(tiles!).slice(0, rgba.length), rgba)).toBe(0);
  expect(differ(all(tiles!).slice(rgba.length, 2 * rgba.length), rgba)).not.toBe(0);
});

it('refines moments and counts to their end, and stops when told', async () => {
  const { client } = clientOf();
  const failed = (error: unknown) => { throw error as Error; };
  const all = await new Promise<MomentsStand>((resolve) => { client.moments({ augmentation: 'crop-flip', seed: 1, index: 4, from: 1, count: 500 }, (stand, last) => { if (last) resolve(stand); }, failed); });
  expect(all.draws).toBe(500);
  expect(all.largest).toBeGreaterThan(all.average);
  expect(all.average).toBeGreaterThan(0);
  const counts = await new Promise<CountsStand>((resolve) => { client.counts({ augmentation: mixed, seed: 1, from: 1, count: 60 }, (stand, last) => { if (last) resolve(stand); }, failed); });
  expect(counts.rows.map(({ trials, of }) => [of, trials])).toEqual([['images', 60], ['images', 60], ['batches', 10]]);
  let told = 0;
  await new Promise<void>((resolve) => {
    const stop = client.moments({ augmentation: 'crop-flip', seed: 1, index: 4, from: 1, count: 1e12 }, () => { told++; stop(); resolve(); }, failed);
  });
  const { client: other } = clientOf();
  await other.draws('A', { augmentation: 'none', seed: 1, places: places(1) });
  expect(told).toBe(1);
});

it('hands on why an image cannot be read, and goes on with the next question', async () => {
  const { client } = clientOf(1, (_, __, indices) => (indices.includes(8) ? Promise.reject(new Error('images.bin ends too early')) : Promise.resolve({ pixels: image(indices[0]!) })));
  const broken = client.draws('A', { augmentation: 'none', seed: 1, places: places(1, 8) });
  const next = client.draws('A', { augmentation: 'none', seed: 1, places: places(1, 3) });
  await expect(broken).rejects.toThrow('images.bin ends too early');
  expect((await next)!.count).toBe(1);
  await expect(client.draws('A', { augmentation: 'none', seed: -1, places: places(1) })).rejects.toThrow(/seed/);
});

it('answers with nothing what another data set has overtaken', async () => {
  const { client } = clientOf();
  const old = client.draws('A', { augmentation: 'crop-flip', seed: 1, places: places(4) });
  client.open({ ...data, revision: 'b'.repeat(64) });
  expect(await old).toBeNull();
  expect(await client.draws('A', { augmentation: 'none', seed: 1, places: places(2) })).toMatchObject({ count: 2 });
});

it('keeps images up to a number of bytes, the least used going first, never what is needed now', () => {
  const cache = new PixelCache(3);
  const put = (index: number, kept: number[] = []) => { cache.put(index, Uint8Array.of(index), new Set(kept)); };
  [1, 2, 3].forEach((index) => { put(index); });
  expect(cache.missing([1])).toEqual([]);
  put(4);
  expect(cache.missing([1, 2, 3, 4])).toEqual([2]);
  [5, 6, 7, 8].forEach((index) => { put(index, [5, 6, 7, 8]); });
  expect(cache.missing([5, 6, 7, 8])).toEqual([]);
});
