import type { LabelIssue } from './types';

export interface Predicted {
  /** Class as labelled, of each image. */
  readonly labels: Uint8Array | Uint16Array;
  /** [images, classes], row by row; out of sample: of a network that was not trained on these images. */
  readonly probabilities: Float32Array;
  readonly classes: number;
  /** Index in the data set of each image. */
  readonly indices: Uint32Array;
}

export interface ConfidentLearning {
  readonly thresholds: readonly (number | null)[];
  readonly confidentJoint: readonly (readonly number[])[];
  readonly noiseShare: number;
  readonly issues: readonly LabelIssue[];
}

/** A probability this much below its threshold still reaches it: a mean of equal numbers may lie above all of them by rounding. */
const slack = 1e-6;

/**
 * Likely label errors by confident learning: a class's threshold is the mean probability that the network gives it on images labelled so; an image belongs
 * confidently to the most probable class among those whose threshold it reaches. The counts [given][confident], off the diagonal, are label errors.
 * Northcutt, Jiang and Chuang, "Confident Learning", JAIR 70 (2021), arXiv 1911.00068, equations 1 and 2; issues by confident joint ("C_confusion" without
 * those whose most probable class is the given one), ranked by normalised margin, as cleanlab's `find_label_issues(filter_by="confident_learning")`.
 */
export function confidentLearning(predicted: Predicted): ConfidentLearning {
  const { labels, probabilities, classes, indices } = predicted;
  const thresholds = classThresholds(predicted);
  const joint = Array.from({ length: classes }, () => new Array<number>(classes).fill(0));
  const issues: (LabelIssue & { margin: number })[] = [];
  for (let i = 0; i < labels.length; i++) {
    const row = probabilities.subarray(i * classes, (i + 1) * classes);
    const given = labels[i]!;
    const confident = confidentClass(row, thresholds);
    if (confident === null) continue;
    joint[given]![confident]! += 1;
    const other = largestOther(row, given);
    if (confident === given || row[given]! >= other) continue;
    issues.push({ index: indices[i]!, given, suggested: confident, givenProbability: row[given]!, suggestedProbability: row[confident]!, margin: row[given]! - other });
  }
  const counts = new Array<number>(classes).fill(0);
  labels.forEach((label: number) => { counts[label]! += 1; });
  const calibrated = calibratedJoint(joint, counts);
  const right = calibrated.reduce((sum, row, given) => sum + row[given]!, 0);
  return {
    thresholds, confidentJoint: calibrated, noiseShare: labels.length === 0 ? 0 : 1 - right / labels.length,
    issues: issues.sort((a, b) => a.margin - b.margin || a.index - b.index).map(({ margin: _margin, ...issue }) => issue),
  };
}

function classThresholds({ labels, probabilities, classes }: Predicted): (number | null)[] {
  const [sums, counts] = [new Array<number>(classes).fill(0), new Array<number>(classes).fill(0)];
  labels.forEach((label: number, i: number) => {
    sums[label]! += probabilities[i * classes + label]!;
    counts[label]! += 1;
  });
  return sums.map((sum, c) => (counts[c] === 0 ? null : sum / counts[c]!));
}

/** The most probable class of those whose threshold is reached; null where none is. */
function confidentClass(row: Float32Array, thresholds: readonly (number | null)[]): number | null {
  let best: number | null = null;
  thresholds.forEach((threshold, c) => {
    if (threshold !== null && row[c]! >= threshold - slack && (best === null || row[c]! > row[best]!)) best = c;
  });
  return best;
}

function largestOther(row: Float32Array, given: number): number {
  let largest = -Infinity;
  row.forEach((probability, c) => { if (c !== given && probability > largest) largest = probability; });
  return largest;
}

/** Each row scaled to the images that bear its label (equation 3); a row of which nothing is confident counts as right. */
function calibratedJoint(joint: readonly (readonly number[])[], counts: readonly number[]): number[][] {
  return joint.map((row, given) => {
    const whole = row.reduce((sum, count) => sum + count, 0);
    return row.map((count, c) => (whole === 0 ? Number(c === given) * counts[given]! : (count * counts[given]!) / whole));
  });
}
