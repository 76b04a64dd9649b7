import { partnerOf } from '../augmentation/mix';
import { epochOrder } from '../data/order';

/** Where an image stands in an epoch. `batch` from 0; `partner`: index of the image that it is mixed with where its batch is. */
export interface PlaceInEpoch {
  readonly batch: number;
  readonly partner: number;
}

/** Indices kept at once, over all epochs: 16 MB. */
const keptIndices = 1 << 22;
/** Of a million images few epochs' orders fit: what was found in them is kept beside them. */
const keptPlaces = 1 << 12;

/** Which batch an image gets into: as the trainer puts batches together. Orders of epochs are kept while they fit. */
export class TrainingOrder {
  private readonly orders = new Map<number, Uint32Array>();
  private readonly places = new Map<string, PlaceInEpoch | null>();

  /** @param train indices of the images that are trained on, ascending. @param seed of the run */
  constructor(private readonly train: Uint32Array, private readonly batchSize: number, private readonly seed: number) {}

  /** @param epoch from 1. @returns null where the image is not trained on */
  placeOf(epoch: number, index: number): PlaceInEpoch | null {
    const key = `${epoch}:${index}`;
    const known = this.places.get(key);
    if (known !== undefined) return known;
    if (this.places.size >= keptPlaces) this.places.clear();
    const found = this.found(epoch, index);
    this.places.set(key, found);
    return found;
  }

  private found(epoch: number, index: number): PlaceInEpoch | null {
    const order = this.orderOf(epoch);
    const at = order.indexOf(index);
    if (at < 0) return null;
    const batch = Math.floor(at / this.batchSize);
    const first = batch * this.batchSize;
    return { batch, partner: order[first + partnerOf(at - first, Math.min(this.batchSize, order.length - first))]! };
  }

  private orderOf(epoch: number): Uint32Array {
    const known = this.orders.get(epoch);
    if (known) return known;
    const order = epochOrder(this.train, this.seed, epoch);
    if ((this.orders.size + 1) * this.train.length > keptIndices) this.orders.clear();
    this.orders.set(epoch, order);
    return order;
  }
}
