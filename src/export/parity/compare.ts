import type { Labels } from '../../core/data/labels';
import type { ExportPrecision, MeasuredParity } from '../../contracts/exports';
import { wilsonInterval } from '../../core/statistics/proportions';

/**
 * What a faithful export may differ by. float32: sums in another order. The logits' bound is a part of the largest logit (at least 1);
 * predictions that two networks so near give differently are ties, and one in 1,000 images is already a lot. float16 rounds each weight by
 * 2^-11, which adds up over the layers. int8 is judged by its predictions, and by its error beside what the logits vary from image to image:
 * a network that gives one answer to everything would otherwise hide any fault.
 */
const limits: Readonly<Record<ExportPrecision, { readonly logitPart: number | null; readonly changedPart: number; readonly lossPoints: number; readonly errorPart: number | null }>> = {
  float32: { logitPart: 1e-3, changedPart: 0.001, lossPoints: 0.5, errorPart: null },
  float16: { logitPart: 0.03, changedPart: 0.01, lossPoints: 0.5, errorPart: null },
  int8: { logitPart: null, changedPart: 0.05, lossPoints: 1, errorPart: 0.25 },
};

export interface Compared {
  /** [images, classes] */
  readonly trained: Float32Array;
  readonly exported: Float32Array;
  readonly labels: Labels;
  readonly classes: number;
  /** Labels by way of image files: how many, and how many equal the trained model's. */
  readonly imageFiles: { readonly images: number; readonly equal: number };
}

/** Index of the largest of a row; the first where they tie. NaN is never the largest, so a row of NaN gives -1. */
export function predicted(logits: Float32Array, row: number, classes: number): number {
  let [best, value] = [-1, -Infinity];
  for (let i = 0; i < classes; i++) {
    const logit = logits[row * classes + i]!;
    if (logit > value) [best, value] = [i, logit];
  }
  return best;
}

/** An export's logits beside the trained model's: what differs, and whether that is what the precision explains. */
export function compareLogits({ trained, exported, labels, classes, imageFiles }: Compared, precision: ExportPrecision, runtime: string): MeasuredParity {
  const images = labels.length;
  if (trained.length !== images * classes || exported.length !== trained.length) throw new RangeError(`${trained.length} and ${exported.length} logits are not those of ${images} images.`);
  let [difference, largest, finite] = [0, 1, true];
  for (let i = 0; i < trained.length; i++) {
    difference = Math.max(difference, Math.abs(exported[i]! - trained[i]!));
    largest = Math.max(largest, Math.abs(trained[i]!));
    finite &&= Number.isFinite(exported[i]) && Number.isFinite(trained[i]);
  }
  let [changed, trainedRight, exportedRight] = [0, 0, 0];
  labels.forEach((label, row) => {
    const [before, after] = [predicted(trained, row, classes), predicted(exported, row, classes)];
    if (before !== after) changed++;
    if (before === label) trainedRight++;
    if (after === label) exportedRight++;
  });
  const { logitPart, changedPart, lossPoints, errorPart } = limits[precision];
  const error = relativeError(trained, exported, classes);
  // One image may always fall on the other side: of 30 images, none would be a demand that 1,000 do not have to meet.
  const [logitTolerance, allowedChanges, allowedLossPoints] = [logitPart === null ? null : logitPart * largest, Math.max(1, Math.floor(changedPart * images)), Math.max(lossPoints, 100 / images)];
  const accuracyLossPoints = (100 * (trainedRight - exportedRight)) / images;
  const problems = [
    finite ? null : 'some logits are no finite numbers',
    logitTolerance === null || difference <= logitTolerance ? null : `a logit differs by ${difference.toPrecision(3)}, more than ${logitTolerance.toPrecision(3)}`,
    errorPart === null || error <= errorPart ? null : `the logits' error is ${(100 * error).toFixed(0)} % of what they vary from image to image, more than ${100 * errorPart} %`,
    changed <= allowedChanges ? null : `${changed} of ${images} predictions changed, more than ${allowedChanges}`,
    accuracyLossPoints <= allowedLossPoints + 1e-9 ? null : `${accuracyLossPoints.toFixed(2)} points of accuracy are lost, more than ${allowedLossPoints.toFixed(2)}`,
    imageFiles.images > 0 && imageFiles.images - imageFiles.equal <= (precision === 'float32' ? 0 : 1) ? null : `${imageFiles.equal} of ${imageFiles.images} image files got the trained model's label`,
  ].filter((problem) => problem !== null);
  const accuracy = (right: number) => ({ value: right / images, interval: [...wilsonInterval(right, images, 0.95)] as [number, number], images });
  return {
    state: problems.length === 0 ? 'passed' : 'failed', runtime, images, largestLogitDifference: finite ? difference : null, logitTolerance, changedPredictions: changed, allowedChanges,
    trained: accuracy(trainedRight), exported: accuracy(exportedRight), accuracyLossPoints, allowedLossPoints, imageFiles, problems,
  };
}

/** Root mean square of the difference, as a part of the deviation of the trained logits of each class over the images. */
function relativeError(trained: Float32Array, exported: Float32Array, classes: number): number {
  const images = trained.length / classes;
  const means = Array.from({ length: classes }, () => 0);
  trained.forEach((logit, i) => { means[i % classes]! += logit / images; });
  let [error, spread] = [0, 0];
  trained.forEach((logit, i) => {
    error += (exported[i]! - logit) ** 2;
    spread += (logit - means[i % classes]!) ** 2;
  });
  return error === 0 ? 0 : Math.sqrt(error / spread);
}
