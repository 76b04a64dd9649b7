import { CounterRandom, permutation } from '../random/philox';

/** Steps of an epoch; the last one takes what is left (PyTorch's drop_last=False). */
export const stepsPerEpochOf = (images: number, batchSize: number) => Math.ceil(images / batchSize);

/**
 * The images of each epoch in the order they are trained on, drawn from (seed, epoch).
 * @param indices of the training split
 * @param epoch from 1
 */
export function epochOrder(indices: Uint32Array, seed: number, epoch: number): Uint32Array {
  return permutation(indices.length, new CounterRandom(seed, 'order', epoch)).map((position) => indices[position]!);
}
