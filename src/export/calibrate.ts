import type { ImageStore } from '../contracts/dataset';
import { calibrationModel, type Ranges } from './formats/onnx/calibration';
import type { TrainedModel } from './model/trainedModel';
import { gather, spread } from './parity/measure';
import { onnxOutputs } from './runtimes/onnxRunner';

/** Enough that the ranges of every layer have settled; more moves them by less than a step of the grid. */
const calibrationImages = 512;
const batchImages = 32;

/**
 * Ranges of the values between layers on plain training images. Of each batch the smallest and the largest value, averaged over the batches:
 * a single outlier does not stretch the grid for all.
 */
export async function calibrate(model: TrainedModel, store: ImageStore, train: Uint32Array, signal: AbortSignal, onDone: (done: number, total: number) => void): Promise<Ranges> {
  const session = await onnxOutputs(calibrationModel(model).encode({}, ''));
  const indices = spread(train, calibrationImages);
  const sums: { min?: Float64Array; max?: Float64Array } = {};
  let batches = 0;
  try {
    for (let start = 0; start < indices.length; start += batchImages) {
      signal.throwIfAborted();
      const batch = indices.subarray(start, start + batchImages);
      const extremes = await session.run(gather(store, batch), [batch.length, store.height, store.width, store.channels]);
      for (const name of ['min', 'max'] as const) {
        const sum = (sums[name] ??= new Float64Array(extremes[name]!.length));
        extremes[name]!.forEach((value, i) => { sum[i]! += value; });
      }
      batches++;
      onDone(start + batch.length, indices.length);
    }
  } finally {
    await session.close();
  }
  return { min: Float32Array.from(sums.min!, (sum) => sum / batches), max: Float32Array.from(sums.max!, (sum) => sum / batches) };
}
