import { bootstrapInterval } from '../judgement/imagewise';
import type { Interval } from '../judgement/comparison';
import { mcNemarP } from '../statistics/proportions';

/** Two sets of answers to the same images, the second judged against the first. Places of images, from 0. */
export interface PairedAnswers {
  readonly images: number;
  /** Wrong at first, right in the second. */
  readonly corrected: readonly number[];
  /** Right at first, wrong in the second. */
  readonly spoiled: readonly number[];
  /** Accuracy of the second less that of the first, in points, with the paired bootstrap's interval over images. */
  readonly differencePoints: number;
  readonly intervalPoints: Interval;
  /** Exact McNemar test, two-sided. */
  readonly mcNemarP: number;
}

/** @throws RangeError where the answers are not to the same number of images, or to none */
export function pairAnswers(labels: ArrayLike<number>, first: ArrayLike<number>, second: ArrayLike<number>): PairedAnswers {
  const images = labels.length;
  if (images === 0 || first.length !== images || second.length !== images) throw new RangeError(`${first.length} and ${second.length} answers are no pairs on ${images} images.`);
  const [corrected, spoiled]: [number[], number[]] = [[], []];
  for (let i = 0; i < images; i++) {
    const [before, after] = [first[i] === labels[i], second[i] === labels[i]];
    if (!before && after) corrected.push(i);
    else if (before && !after) spoiled.push(i);
  }
  return {
    images, corrected, spoiled, differencePoints: (100 * (corrected.length - spoiled.length)) / images,
    intervalPoints: bootstrapInterval(corrected.length, spoiled.length, images), mcNemarP: mcNemarP(corrected.length, spoiled.length),
  };
}
