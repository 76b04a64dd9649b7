import { makeLabels, type Labels } from '../../core/data/labels';
import type { SplitPredictions } from '../../contracts/trainer';

/** Softmax rows of a split, batch by batch, in the order of its indices. */
export class CollectedPredictions {
  private readonly labels: Labels;
  private readonly probabilities: Float32Array;
  private images = 0;

  constructor(private readonly indices: Uint32Array, private readonly classes: number) {
    this.labels = makeLabels(classes, indices.length, () => 0);
    this.probabilities = new Float32Array(indices.length * classes);
  }

  /** @param logits [n, classes] */
  add(labels: ArrayLike<number>, logits: Float32Array): void {
    this.labels.set(labels, this.images);
    addSoftmax(logits, this.classes, 1, this.probabilities.subarray(this.images * this.classes, (this.images + labels.length) * this.classes));
    this.images += labels.length;
  }

  /** @throws Error where images are missing */
  get all(): SplitPredictions {
    if (this.images !== this.indices.length) throw new Error(`${this.images} of ${this.indices.length} images were predicted`);
    return { indices: Uint32Array.from(this.indices), labels: this.labels, probabilities: this.probabilities };
  }
}

/** The top class of each image of a split and its probability, batch by batch: what is kept of every epoch. */
export class CollectedAnswers {
  readonly labels: Labels;
  readonly answers: Uint16Array;
  readonly confidences: Float64Array;
  private images = 0;

  constructor(readonly indices: Uint32Array, private readonly classes: number) {
    this.labels = makeLabels(classes, indices.length, () => 0);
    this.answers = new Uint16Array(indices.length);
    this.confidences = new Float64Array(indices.length);
  }

  /** @param logits [n, classes] */
  add(labels: ArrayLike<number>, logits: Float32Array): void {
    this.labels.set(labels, this.images);
    const row = new Float32Array(this.classes);
    for (let i = 0; i < labels.length; i++) {
      row.fill(0);
      addSoftmax(logits.subarray(i * this.classes, (i + 1) * this.classes), this.classes, 1, row);
      const best = row.reduce((top, value, c) => (value > row[top]! ? c : top), 0);
      this.answers[this.images] = best;
      this.confidences[this.images++] = row[best]!;
    }
  }
}

/** Adds `weight` times the softmax of each row to `sums`. Shapes: [n, classes] both. */
export function addSoftmax(logits: Float32Array, classes: number, weight: number, sums: Float32Array): void {
  for (let row = 0; row < logits.length; row += classes) {
    let largest = -Infinity;
    for (let c = 0; c < classes; c++) largest = Math.max(largest, logits[row + c]!);
    let sum = 0;
    for (let c = 0; c < classes; c++) sum += Math.exp(logits[row + c]! - largest);
    for (let c = 0; c < classes; c++) sums[row + c]! += (weight * Math.exp(logits[row + c]! - largest)) / sum;
  }
}
