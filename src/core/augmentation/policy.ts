import type { Augmentation, BatchOperation, ImageOperation } from '../config/augmentation';
import { CounterRandom } from '../random/philox';
import type { Draw, MixDraw } from './draws';
import type { Size } from './image';
import { sampleMix } from './mix';
import { operationsOf } from './presets';
import { samplerOf, type Position, type Sampler } from './sample';

const isOfBatch = (operation: { readonly kind: string }): operation is BatchOperation => operation.kind === 'mixup' || operation.kind === 'cutmix';

/** Whether training labels are mixtures under this augmentation. */
export const mixesLabels = (augmentation: Augmentation): boolean => operationsOf(augmentation).some(isOfBatch);

/**
 * A run's augmentation, ready to draw: the same seed, epoch and image give the same draws, in any order, thread or window.
 * Keep one for each size of image; it reuses its generators, so it serves one caller at a time.
 */
export class Policy {
  private readonly samplers: readonly Sampler[];
  private readonly ofBatch: readonly BatchOperation[];
  private readonly images: CounterRandom;
  private readonly batches: CounterRandom;
  private readonly at: Position;

  /** @param seed of the run */
  constructor(augmentation: Augmentation, private readonly size: Size, seed: number) {
    const operations = operationsOf(augmentation);
    this.samplers = operations.filter((one): one is ImageOperation => !isOfBatch(one)).map((one) => samplerOf(one, size));
    this.ofBatch = operations.filter(isOfBatch);
    this.images = new CounterRandom(seed, 'augment');
    this.batches = new CounterRandom(seed, 'augment:mix');
    this.at = { epoch: 1, index: 0, sides: new CounterRandom(seed, 'augment:side') };
  }

  /**
   * What training feeds of an image in an epoch.
   * @param epoch from 1
   * @param index of the image in its data set
   */
  draw(epoch: number, index: number): Draw[] {
    const random = this.images.reset(epoch, index);
    this.at.epoch = epoch;
    this.at.index = index;
    const draws: Draw[] = [];
    for (let i = 0; i < this.samplers.length; i++) this.samplers[i]!(random, draws, this.at);
    return draws;
  }

  /**
   * How a batch is mixed; null where it stays as it is.
   * @param epoch from 1
   * @param batch of the epoch, from 0
   */
  mix(epoch: number, batch: number): MixDraw | null {
    return this.ofBatch.length === 0 ? null : sampleMix(this.ofBatch, this.size, this.batches.reset(epoch, batch));
  }
}
