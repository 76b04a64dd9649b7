import { CultivarError } from '../../contracts/errors';
import { batchThatFits } from '../step/batchThatFits';
import type { NetworkSpec } from '../step/network';

const gigabytes = (bytes: number) => `${(bytes / 1e9).toFixed(1)} GB`;

/**
 * What memory that ran out means for the run: the batch size that would fit, by estimate. Any other error stays as it is.
 * @param freeBytes that could be had before the network was opened; on a GPU nobody has said how many, and half the batch is the guess
 */
export function tellOfMemory(error: unknown, spec: NetworkSpec, batchSize: number, freeBytes: number): unknown {
  if (!(error instanceof CultivarError) || error.code !== 'out-of-memory') return error;
  const atOnce = spec.microBatch ?? batchSize;
  const fits = spec.device === 'gpu' ? Math.floor(atOnce / 2) : batchThatFits(spec, freeBytes, atOnce);
  return new CultivarError({
    ...error.toData(),
    message: spec.device === 'gpu'
      ? `Training on ${atOnce} images at once did not fit into memory.`
      : `Training on ${atOnce} images at once did not fit into memory, of which ${gigabytes(freeBytes)} were free.`,
    remedy: fits !== null && fits > 1
      ? `Take a batch size of ${fits}, which fits by estimate; "largest-batch" finds the largest by real steps. Or keep the batch size and set microBatches to ${Math.ceil(batchSize / fits)}.`
      : 'Not even eight images fit: take a smaller network, or end other programs that use this memory.',
  }, { cause: error });
}
