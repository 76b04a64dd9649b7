import { wilsonInterval } from '../statistics/proportions';

/** Predictions as they are stored: softmax rows over classes, one a image. */
export interface Predicted {
  readonly classes: readonly string[];
  readonly labels: ArrayLike<number>;
  /** [images, classes], row by row. */
  readonly probabilities: ArrayLike<number>;
}

/** Fractions from 0 to 1; null where there is nothing to divide by. */
export interface ClassReading {
  readonly name: string;
  readonly images: number;
  readonly recall: number | null;
  /** Wilson, 95 %. */
  readonly recallInterval: { readonly low: number; readonly high: number } | null;
  readonly precision: number | null;
  readonly f1: number | null;
}

/** The answer to each image alone: its top class, and that class's probability. */
export interface Answered {
  readonly answers: Uint16Array;
  readonly confidences: Float64Array;
}

export interface PredictionReading extends Answered {
  readonly images: number;
  readonly right: number;
  /** `confusion[label][answer]`: images. */
  readonly confusion: readonly (readonly number[])[];
  readonly perClass: readonly ClassReading[];
  /** Mean recall of the classes that have images: what accuracy is where every class weighs the same (Brodersen et al., ICPR 2010). Null without images. */
  readonly balancedAccuracy: number | null;
  /** Bins of equal width over the confidence, lower edge open; Wilson intervals. */
  readonly bins: readonly { readonly images: number; readonly confidence: number; readonly accuracy: number; readonly low: number; readonly high: number }[];
  /** Guo et al., ICML 2017; a fraction. */
  readonly expectedCalibrationError: number;
}

const level = 0.95;
export const calibrationBins = 15;
/** Bins of equal width, lower edge open. */
export const binOf = (confidence: number) => Math.min(calibrationBins - 1, Math.max(0, Math.ceil(confidence * calibrationBins - 1e-9) - 1));

/** All that a run's predictions say of it: confusion, classes, calibration. Ties of probabilities go to the first class, as argmax does. */
export const readPredictions = (predicted: Predicted): PredictionReading => readAnswers(predicted, topAnswers(predicted));

/** @throws RangeError where probabilities and images do not fit */
export function topAnswers({ classes, labels, probabilities }: Predicted): Answered {
  const [n, k] = [labels.length, classes.length];
  if (probabilities.length !== n * k) throw new RangeError(`${probabilities.length} probabilities are not ${n} images × ${k} classes.`);
  const answers = new Uint16Array(n);
  const confidences = new Float64Array(n);
  for (let i = 0; i < n; i++) {
    let best = 0;
    for (let c = 1; c < k; c++) if (probabilities[i * k + c]! > probabilities[i * k + best]!) best = c;
    answers[i] = best;
    confidences[i] = probabilities[i * k + best]!;
  }
  return { answers, confidences };
}

/** The same from top classes and their probabilities, which is all it takes. */
export function readAnswers({ classes, labels }: Pick<Predicted, 'classes' | 'labels'>, { answers, confidences }: Answered): PredictionReading {
  const [n, k] = [labels.length, classes.length];
  const confusion = classes.map(() => new Array<number>(k).fill(0));
  const sums = Array.from({ length: calibrationBins }, () => ({ images: 0, confidence: 0, right: 0 }));
  let right = 0;
  for (let i = 0; i < n; i++) {
    const [best, confidence, label] = [answers[i]!, confidences[i]!, labels[i]!];
    const hit = best === label ? 1 : 0;
    right += hit;
    confusion[label]![best]!++;
    const bin = sums[binOf(confidence)]!;
    bin.images++;
    bin.confidence += confidence;
    bin.right += hit;
  }
  const bins = sums.flatMap((bin) => {
    if (bin.images === 0) return [];
    const [low, high] = wilsonInterval(bin.right, bin.images, level);
    return [{ images: bin.images, confidence: bin.confidence / bin.images, accuracy: bin.right / bin.images, low, high }];
  });
  const expectedCalibrationError = n === 0 ? 0 : bins.reduce((sum, { images, confidence, accuracy }) => sum + (images / n) * Math.abs(accuracy - confidence), 0);
  const perClass = classes.map((name, c) => classReading(name, c, confusion));
  const recalls = perClass.flatMap(({ recall }) => recall ?? []);
  const balancedAccuracy = recalls.length === 0 ? null : recalls.reduce((sum, recall) => sum + recall, 0) / recalls.length;
  return { images: n, right, answers, confidences, confusion, perClass, balancedAccuracy, bins, expectedCalibrationError };
}

function classReading(name: string, c: number, confusion: readonly (readonly number[])[]): ClassReading {
  const images = confusion[c]!.reduce((sum, count) => sum + count, 0);
  const said = confusion.reduce((sum, row) => sum + row[c]!, 0);
  const right = confusion[c]![c]!;
  const interval = images === 0 ? null : wilsonInterval(right, images, level);
  return {
    name, images, recall: images === 0 ? null : right / images, recallInterval: interval && { low: interval[0], high: interval[1] },
    precision: said === 0 ? null : right / said, f1: images + said === 0 ? null : (2 * right) / (images + said),
  };
}

/** Images of one cell of the confusion matrix, surest first. */
export const imagesOf = (reading: Pick<PredictionReading, 'answers' | 'confidences'>, labels: ArrayLike<number>, label: number, answer: number): number[] =>
  surest(reading, (i) => labels[i] === label && reading.answers[i] === answer);

/** Images that were taken for another class, surest first: some are label errors. */
export const surestMistakes = (reading: Pick<PredictionReading, 'answers' | 'confidences'>, labels: ArrayLike<number>, count: number): number[] =>
  surest(reading, (i) => labels[i] !== reading.answers[i]).slice(0, count);

function surest({ answers, confidences }: Pick<PredictionReading, 'answers' | 'confidences'>, keep: (image: number) => boolean): number[] {
  const found: number[] = [];
  for (let i = 0; i < answers.length; i++) if (keep(i)) found.push(i);
  return found.sort((a, b) => confidences[b]! - confidences[a]! || a - b);
}
