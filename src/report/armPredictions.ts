import { properScores } from '../core/predictions/properScores';
import { readPredictions, type Predicted, type PredictionReading } from '../core/predictions/reading';
import type { ArmPredictions } from './data';

const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);

/**
 * What the predictions of an arm's runs say, each figure a mean over the runs; the bins of the reliability diagram hold the images of all.
 * @param runs at least one, all of the same images and classes
 */
export function readArm(key: string, runs: readonly Predicted[]): ArmPredictions {
  const readings = runs.map((run) => readPredictions(run));
  const [first] = readings;
  const scores = runs.map(properScores);
  return {
    key, n: runs.length, classes: runs[0]!.classes,
    confusion: first!.confusion.map((row, i) => row.map((_, j) => mean(readings.map(({ confusion }) => confusion[i]![j]!)))),
    recall: first!.perClass.map((_, c) => meanOrNull(readings.map(({ perClass }) => perClass[c]!.recall))),
    balancedAccuracy: meanOrNull(readings.map(({ balancedAccuracy }) => balancedAccuracy)),
    bins: pooledBins(readings),
    expectedCalibrationError: mean(readings.map(({ expectedCalibrationError }) => expectedCalibrationError)),
    overconfidence: mean(readings.map(({ confidences, right, images }) => mean([...confidences]) - right / Math.max(1, images))),
    logLoss: mean(scores.map(({ logLoss }) => logLoss)), brier: mean(scores.map(({ brier }) => brier)),
  };
}

function meanOrNull(values: readonly (number | null)[]): number | null {
  const known = values.filter((value) => value !== null);
  return known.length === 0 ? null : mean(known);
}

function pooledBins(readings: readonly PredictionReading[], binCount = 15): ArmPredictions['bins'] {
  const sums = Array.from({ length: binCount }, () => ({ images: 0, confidence: 0, right: 0 }));
  for (const { images, confidence, accuracy } of readings.flatMap(({ bins }) => bins)) {
    // A bin's mean confidence lies inside it: that is how it is found again.
    const bin = sums[Math.min(binCount - 1, Math.max(0, Math.ceil(confidence * binCount - 1e-9) - 1))]!;
    bin.images += images;
    bin.confidence += confidence * images;
    bin.right += accuracy * images;
  }
  return sums.flatMap(({ images, confidence, right }) => (images === 0 ? [] : [{ images, confidence: confidence / images, accuracy: right / images }]));
}
