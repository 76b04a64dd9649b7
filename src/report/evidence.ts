import type { StoredPredictions } from '../contracts/calls/experiments';
import { readPredictions, type ClassReading, type PredictionReading } from '../core/predictions/reading';
import type { AugmentationStrip, ReportData, ReportPredictions, WorstImage } from './data';
import { gatherReport, type GatherInput } from './gather';

/**
 * What the window and the report show of the runs of a comparison beside the judgement itself, as numbers: the report's data without its
 * pictures, and the reading of each run's own predictions that the window's Images tab shows. Accuracies, recalls and probabilities are
 * fractions, times milliseconds, log loss nats.
 */
export interface Evidence extends Pick<ReportData, 'experiment' | 'runs' | 'unreadable' | 'dataset'> {
  /** Which training images the report draws with which policy; the draws themselves are pictures. */
  readonly augmentation: readonly Pick<AugmentationStrip, 'augmentation' | 'seed' | 'epochs' | 'images'>[];
  readonly predictions: EvidencePredictions | Extract<ReportData['predictions'], { readonly missing: unknown }>;
}

export interface EvidencePredictions extends Omit<ReportPredictions, 'worst'> {
  /** A run a row, in the order of the arms. */
  readonly runs: readonly RunReading[];
  /** Indices are those in the data set. */
  readonly worst: (Omit<NonNullable<ReportPredictions['worst']>, 'images'> & { readonly images: readonly Omit<WorstImage, 'src' | 'width' | 'height'>[] }) | null;
}

/** `confusion[label][answer]` counts images. Null where a class has no images to divide by. */
export interface RunReading extends Pick<PredictionReading, 'images' | 'right' | 'confusion' | 'balancedAccuracy' | 'bins' | 'expectedCalibrationError'> {
  readonly runId: string;
  readonly armKey: string;
  /** Mean probability of the answers minus accuracy. */
  readonly overconfidence: number;
  readonly perClass: readonly ClassReading[];
}

/**
 * Reads it from the library, for `compare --json`.
 * @throws CultivarError library-damaged for the experiment itself, a storage error
 */
export async function gatherEvidence({ predictions, ...input }: Omit<GatherInput, 'locale'>): Promise<Evidence> {
  const found = new Map<string, StoredPredictions>();
  const data = await gatherReport({
    ...input, locale: 'en',
    predictions: async (runId) => {
      const one = await predictions(runId);
      if (one) found.set(runId, one);
      return one;
    },
  });
  return evidenceOf(data, found);
}

/** @param found what the report's figures were read from, by run */
export function evidenceOf({ experiment, runs, unreadable, dataset, augmentation, predictions }: ReportData, found: ReadonlyMap<string, Pick<StoredPredictions, 'classes' | 'labels' | 'probabilities'>>): Evidence {
  return {
    experiment, runs, unreadable, dataset,
    augmentation: augmentation.map(({ augmentation: policy, seed, epochs, images }) => ({ augmentation: policy, seed, epochs, images })),
    predictions: 'missing' in predictions ? predictions : {
      ...predictions,
      runs: runs.flatMap(({ id, armKey }) => { const one = found.get(id); return one ? [runReading(id, armKey, one)] : []; }),
      worst: predictions.worst && {
        ...predictions.worst,
        images: predictions.worst.images.map(({ index, label, answer, confidence, confidenceInLabel }) => ({ index, label, answer, confidence, confidenceInLabel })),
      },
    },
  };
}

function runReading(runId: string, armKey: string, predictions: Pick<StoredPredictions, 'classes' | 'labels' | 'probabilities'>): RunReading {
  const { images, right, confusion, perClass, balancedAccuracy, bins, expectedCalibrationError, confidences } = readPredictions(predictions);
  const overconfidence = (confidences.reduce((sum, one) => sum + one, 0) - right) / Math.max(1, images);
  return { runId, armKey, images, right, confusion, perClass, balancedAccuracy, bins, expectedCalibrationError, overconfidence };
}
