import { peakBytes } from '../graph/peakMemory';
import { buildNetwork } from './buildNetwork';
import type { NetworkSpec } from './spec';

/** Kernels' scratch memory and what allocators keep: measured up to 1.03 of the tensors, and more below a hundred megabytes (docs/decisions/172). */
const overhead = 1.3;

/** Bytes that a training step of each batch size takes beside weights and optimizer state, by estimate. */
export function stepBytes(spec: NetworkSpec): (batch: number) => number {
  const graph = buildNetwork(spec, spec.device === 'gpu' ? 'explicit' : 'native');
  return (batch) => overhead * peakBytes(graph, 'train', batch);
}

/**
 * The largest batch, in steps of 8, whose training step is estimated to fit.
 * @param bytes that the step may take
 * @param below is smaller than this: the size that did not fit
 * @returns null where not even 8 images fit
 */
export function batchThatFits(spec: NetworkSpec, bytes: number, below: number): number | null {
  const needed = stepBytes(spec);
  let [fits, tooMany] = [0, Math.ceil(below / 8)];
  while (tooMany - fits > 1) {
    const middle = (fits + tooMany) >> 1;
    if (needed(8 * middle) <= bytes) fits = middle;
    else tooMany = middle;
  }
  return fits === 0 ? null : 8 * fits;
}
