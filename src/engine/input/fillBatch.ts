import { applyMix, augmentImage, Augmenter, Policy } from '../../core/augmentation';
import type { Augmentation } from '../../core/config/augmentation';
import type { ImageStore } from '../../contracts/dataset';
import { imageReader } from '../../data/imageReader';
import { epochOrder, stepsPerEpochOf } from '../../core/data/order';

/** What says which batches there are; plain data over shared memory, so that it can go to a worker thread. */
export interface BatchPlan {
  readonly store: ImageStore;
  /** The training split. */
  readonly indices: Uint32Array;
  readonly batchSize: number;
  readonly seed: number;
  readonly augmentation: Augmentation;
  readonly epochs: number;
  /** Of the run that this one continues: order and draws are those of the epochs after them. */
  readonly epochsBefore?: number;
}

/** Where a batch goes. */
export interface BatchTarget {
  /** uint8 NHWC, batchSize images. */
  readonly pixels: Uint8Array;
  readonly labels: Int32Array;
  readonly indices: Uint32Array;
}

/** Position of a batch: `step` from 0 over the whole run, `batch` from 0 in its epoch. */
export function positionOf({ indices, batchSize, epochsBefore = 0 }: BatchPlan, step: number): { epoch: number; batch: number; first: number; count: number } {
  const stepsPerEpoch = stepsPerEpochOf(indices.length, batchSize);
  const batch = step % stepsPerEpoch;
  const first = batch * batchSize;
  return { epoch: epochsBefore + Math.floor(step / stepsPerEpoch) + 1, batch, first, count: Math.min(batchSize, indices.length - first) };
}

export const policyOf = ({ augmentation, store, seed }: BatchPlan): Policy => new Policy(augmentation, store, seed);

/** Makes batches of a plan: any of them, in any order, in any thread, always the same bytes. */
export class BatchFiller {
  private readonly augmenter: Augmenter;
  private readonly policy: Policy;
  private readonly imageOf: (index: number) => Uint8Array;
  private order: { epoch: number; images: Uint32Array } | null = null;

  constructor(private readonly plan: BatchPlan) {
    this.augmenter = new Augmenter(plan.store);
    this.policy = policyOf(plan);
    this.imageOf = imageReader(plan.store);
  }

  /** @param step from 0 over the whole run. @returns images in the batch */
  fill(step: number, target: BatchTarget): number {
    const { store, seed, indices } = this.plan;
    const { epoch, batch, first, count } = positionOf(this.plan, step);
    if (this.order?.epoch !== epoch) this.order = { epoch, images: epochOrder(indices, seed, epoch) };
    const bytes = store.width * store.height * store.channels;
    for (let i = 0; i < count; i++) {
      const index = this.order.images[first + i];
      augmentImage(this.policy, epoch, index, this.augmenter, this.imageOf(index), target.pixels.subarray(i * bytes, (i + 1) * bytes));
      target.labels[i] = store.labels[index];
      target.indices[i] = index;
    }
    const mix = this.policy.mix(epoch, batch);
    if (mix) applyMix(mix, target.pixels.subarray(0, count * bytes), store);
    return count;
  }
}
