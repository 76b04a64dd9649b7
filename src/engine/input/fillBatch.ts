import { augmentImage, augmentationStream, Augmenter } from '../../core/augmentation';
import type { PolicyName } from '../../core/config/run';
import type { ImageStore } from '../../contracts/dataset';
import { epochOrder, stepsPerEpochOf } from './order';

/** What says which batches there are; plain data over shared memory, so that it can go to a worker thread. */
export interface BatchPlan {
  readonly store: ImageStore;
  /** The training split. */
  readonly indices: Uint32Array;
  readonly batchSize: number;
  readonly seed: number;
  readonly policy: PolicyName;
  readonly epochs: number;
}

/** Where a batch goes. */
export interface BatchTarget {
  /** uint8 NHWC, batchSize images. */
  readonly pixels: Uint8Array;
  readonly labels: Int32Array;
  readonly indices: Uint32Array;
}

/** Position of a batch: `step` from 0 over the whole run. */
export function positionOf({ indices, batchSize }: BatchPlan, step: number): { epoch: number; first: number; count: number } {
  const stepsPerEpoch = stepsPerEpochOf(indices.length, batchSize);
  const first = (step % stepsPerEpoch) * batchSize;
  return { epoch: Math.floor(step / stepsPerEpoch) + 1, first, count: Math.min(batchSize, indices.length - first) };
}

/** Makes batches of a plan: any of them, in any order, in any thread, always the same bytes. */
export class BatchFiller {
  private readonly augmenter: Augmenter;
  private readonly random;
  private order: { epoch: number; images: Uint32Array } | null = null;

  constructor(private readonly plan: BatchPlan) {
    this.augmenter = new Augmenter(plan.store);
    this.random = augmentationStream(plan.seed);
  }

  /** @param step from 0 over the whole run. @returns images in the batch */
  fill(step: number, target: BatchTarget): number {
    const { store, policy, seed, indices } = this.plan;
    const { epoch, first, count } = positionOf(this.plan, step);
    if (this.order?.epoch !== epoch) this.order = { epoch, images: epochOrder(indices, seed, epoch) };
    const bytes = store.width * store.height * store.channels;
    for (let i = 0; i < count; i++) {
      const index = this.order.images[first + i];
      const image = store.pixels.subarray(index * bytes, (index + 1) * bytes);
      augmentImage(policy, this.random, epoch, index, this.augmenter, image, target.pixels.subarray(i * bytes, (i + 1) * bytes));
      target.labels[i] = store.labels[index];
      target.indices[i] = index;
    }
    return count;
  }
}
