import { topAccuracy } from '../predictions/topAccuracy';
import { wilsonInterval } from '../statistics/proportions';

/** A test set's accuracy over all of it: `accuracy` is a fraction, `right` of `images`. */
export interface MeasuredTest {
  readonly images: number;
  readonly right: number;
  readonly accuracy: number;
  /** 95 %, Wilson: over images alone. */
  readonly overImages: { readonly low: number; readonly high: number };
}

/** The same without the images of a list: another number than the test set's, and so never without its name. */
export interface TestWithout extends MeasuredTest {
  readonly list: string;
  /** Of the list (`data.exclude.sha256`): what was left out, whatever the name stands for later. */
  readonly sha256: string;
  /** Test images that the list takes out. */
  readonly leftOut: number;
  readonly at: string;
}

/** What a run's last weights say on the test set, once it was opened for it. */
export interface TestFigure extends MeasuredTest {
  /** Of the weights, in steps done. */
  readonly step: number;
  readonly without: readonly TestWithout[];
}

/** A list that a figure was asked for: `images` are indices into the data set. */
export interface WithoutList {
  readonly list: string;
  readonly sha256: string;
  readonly at: string;
  readonly images: readonly number[];
}

interface Predicted {
  readonly step: number;
  readonly classes: readonly string[];
  readonly indices: ArrayLike<number>;
  readonly labels: ArrayLike<number>;
  /** [images, classes], row by row. */
  readonly probabilities: Float32Array;
}

/** Read from the predictions alone: no image is asked again. A list that leaves nothing to measure has no figure. */
export function testFigure({ step, classes, indices, labels, probabilities }: Predicted, lists: readonly WithoutList[]): TestFigure {
  const right = Uint8Array.from(labels, (label, i) => topAccuracy([label], probabilities.subarray(i * classes.length, (i + 1) * classes.length), classes.length, 1));
  const over = (leftOut: ReadonlySet<number>): MeasuredTest => {
    const kept = Array.from(indices, (index, i) => (leftOut.has(index) ? -1 : right[i]!)).filter((one) => one >= 0);
    const count = kept.reduce((sum, one) => sum + one, 0);
    const [low, high] = kept.length === 0 ? [0, 1] : wilsonInterval(count, kept.length, 0.95);
    return { images: kept.length, right: count, accuracy: count / kept.length, overImages: { low, high } };
  };
  const all = over(new Set());
  const without = lists.map(({ list, sha256, at, images }): TestWithout => {
    const figure = over(new Set(images));
    return { list, sha256, at, leftOut: all.images - figure.images, ...figure };
  });
  return { step, ...all, without: without.filter(({ images }) => images > 0) };
}
