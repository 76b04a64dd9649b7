import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { pixelsOf } from '../../../test/support/pixelsOf';
import { tempFolder } from '../../../test/support/tempFolder';
import type { ImageStore } from '../../contracts/dataset';
import type { PolicyOperation } from '../../core/config/augmentation';
import { applyMix, augmentImage, Augmenter, partnerOf, Policy } from '../../core/augmentation';
import { openBatches, plainBatches } from './batches';
import { epochOrder } from '../../core/data/order';

const shared = (length: number, value: (i: number) => number) => {
  const bytes = new Uint8Array(new SharedArrayBuffer(length));
  for (let i = 0; i < length; i++) bytes[i] = value(i);
  return bytes;
};
const bytes = 8 * 8 * 3;
const store: ImageStore = { width: 8, height: 8, channels: 3, pixels: shared(40 * bytes, (i) => (i * 2654435761) >>> 24), labels: shared(40, (i) => i % 7) };
const indices = Uint32Array.from({ length: 22 }, (_, i) => i + 9);
const plan = { store, indices, batchSize: 4, seed: 5, augmentation: 'crop-flip-trivialaugment', epochs: 3 } as const;

/** Every batch as text, so that a difference is shown whole. */
async function all(options: Partial<Parameters<typeof openBatches>[0]> = {}): Promise<string[]> {
  const source = openBatches({ ...plan, startStep: 0, workers: 0, ...options });
  const found: string[] = [];
  for (let batch = await source.next(); batch; batch = await source.next()) {
    found.push(JSON.stringify([batch.step, batch.epoch, [...batch.labels], [...batch.indices], Buffer.from(batch.pixels).toString('base64'), batch.mix && [batch.mix.draw, [...batch.mix.others]]]));
    batch.release();
  }
  await source.close();
  return found;
}

describe('training batches', () => {
  it('are the same whatever the number of threads, and after a resume in the middle of an epoch', async () => {
    const expected = await all();
    expect(expected).toHaveLength(18);
    for (const workers of [1, 3]) expect(await all({ workers })).toEqual(expected);
    for (const startStep of [1, 7, 17]) expect(await all({ startStep, workers: 2 })).toEqual(expected.slice(startStep));
    expect(await all({ startStep: 18, workers: 1 })).toEqual([]);
  });

  it('hold each training image once an epoch, in another order each epoch and for each seed', async () => {
    const epochs = (await all()).map((text) => JSON.parse(text) as [number, number, number[], number[]]);
    const orders = [1, 2, 3].map((epoch) => epochs.filter(([, e]) => e === epoch).flatMap(([, , , order]) => order));
    for (const order of orders) expect([...order].sort((a, b) => a - b)).toEqual([...indices]);
    expect(new Set(orders.map(String)).size).toBe(3);
    expect([...epochOrder(indices, 6, 1)]).not.toEqual(orders[0]);
    // The last batch of an epoch takes what is left.
    expect(epochs.filter(([, e]) => e === 1).map(([, , labels]) => labels.length)).toEqual([4, 4, 4, 4, 4, 2]);
  });

  it('are what the window draws for the same seed, epoch and image', async () => {
    const [, , , order, pixels] = JSON.parse((await all({ workers: 2 }))[8]) as [number, number, number[], number[], string];
    const out = new Uint8Array(bytes);
    augmentImage(new Policy(plan.augmentation, store, plan.seed), 2, order[1], new Augmenter(store), pixelsOf(store).subarray(order[1] * bytes, (order[1] + 1) * bytes), out);
    expect(Buffer.from(pixels, 'base64').subarray(bytes, 2 * bytes)).toEqual(Buffer.from(out));
  });

  it.each([28, 33, 96, 256])('of mixed images of %d pixels are the same in any thread and after a resume, and what the window draws', async (side) => {
    const size = side * side * 3;
    const square: ImageStore = { ...store, width: side, height: side, pixels: shared(7 * size, (i) => ((i % 1_000_003) * 2654435761) >>> 24), labels: shared(7, (i) => i) };
    const augmentation = [{ kind: 'randomResizedCrop', scale: [0.3, 1], ratio: [0.8, 1.2] }, { kind: 'alternatingFlip' }, { kind: 'mixup', alpha: 1, probability: 0.8 }, { kind: 'cutmix', alpha: 1, probability: 1, switchProbability: 0.5 }] satisfies PolicyOperation[];
    const given = { store: square, indices: Uint32Array.from([0, 2, 3, 4, 6]), batchSize: 3, epochs: 4, augmentation };
    const expected = await all(given);
    expect(expected).toHaveLength(8);
    if (side === 33) for (const startStep of [0, 5]) expect(await all({ ...given, startStep, workers: 2 })).toEqual(expected.slice(startStep));
    const [policy, augmenter] = [new Policy(augmentation, square, plan.seed), new Augmenter(square)];
    const kinds = new Set<string>();
    for (const text of expected) {
      const [step, epoch, labels, order, pixels, mix] = JSON.parse(text) as [number, number, number[], number[], string, [unknown, number[]] | null];
      const out = new Uint8Array(order.length * size);
      order.forEach((index, i) => augmentImage(policy, epoch, index, augmenter, pixelsOf(square).subarray(index * size, (index + 1) * size), out.subarray(i * size, (i + 1) * size)));
      const draw = policy.mix(epoch, step % 2);
      if (draw) applyMix(draw, out, square);
      kinds.add(draw?.kind ?? 'none');
      expect(pixels === Buffer.from(out).toString('base64')).toBe(true);
      expect(mix).toEqual(draw && [draw, labels.map((_, i) => labels[partnerOf(i, labels.length)])]);
    }
    expect(kinds).toEqual(new Set(['mixup', 'cutmix', 'none']));
  });

  it('differ by policy and seed', async () => {
    const first = (await all())[0];
    expect((await all({ augmentation: 'none' }))[0]).not.toEqual(first);
    expect((await all({ seed: 6 }))[0]).not.toEqual(first);
  });

  it('tell when a thread fails', async () => {
    const broken = openBatches({ ...plan, store: { ...store, pixels: null as never }, startStep: 0, workers: 1 });
    await expect(broken.next()).rejects.toMatchObject({ code: 'internal', message: /has failed/ });
    await broken.close();
  });
});

describe('closing', () => {
  it('ends a wait for the next batch', async () => {
    const source = openBatches({ ...plan, startStep: 0, workers: 1 });
    const pending = source.next(); // the thread has not even started
    await source.close();
    expect(await pending).toBeNull();
  });

  it('ends threads that wait for a free slot', async () => {
    const source = openBatches({ ...plan, epochs: 1000, startStep: 0, workers: 2 });
    const batches = [];
    for (let i = 0; i < 6; i++) batches.push(await source.next()); // all six slots are held, so both threads wait
    await source.close();
    expect(batches.map((batch) => batch?.step)).toEqual([0, 1, 2, 3, 4, 5]);
  });
});

describe('plain batches', () => {
  it('are the images themselves, in order', () => {
    const found = [...plainBatches(store, indices, 10)].map(({ labels }) => labels.length);
    expect(found).toEqual([10, 10, 2]);
    const [first] = plainBatches(store, indices, 10);
    expect(Buffer.from(first.pixels.slice(0, bytes))).toEqual(Buffer.from(pixelsOf(store).slice(9 * bytes, 10 * bytes)));
    expect(first.labels[0]).toBe(9 % 7);
  });
  it('of a file are those of memory, in threads as well', async () => {
    const path = join(tempFolder(), 'images.bin');
    writeFileSync(path, pixelsOf(store));
    const far: ImageStore = { ...store, pixels: { path, bytes: pixelsOf(store).length } };
    for (const workers of [0, 2]) expect(await all({ store: far, workers })).toEqual(await all());
    const copies = (of: ImageStore) => [...plainBatches(of, indices, 10)].map(({ pixels, labels }) => [Buffer.from(pixels).toString('base64'), [...labels]]);
    expect(copies(far)).toEqual(copies(store));
  });
});
