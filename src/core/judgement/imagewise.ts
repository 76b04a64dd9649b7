import type { ImagewiseComparison, Interval, SimpleContrast } from './comparison';
import type { CountedArm, CountedRun } from './counting';
import { CounterRandom } from '../random/philox';
import { mcNemarP } from '../statistics/proportions';

const resamples = 2000;

/** Two networks of one seed on the same images, for every simple contrast and seed for which both sides' predictions are stored. */
export function compareImages(contrasts: readonly SimpleContrast[], arms: ReadonlyMap<string, CountedArm>): ImagewiseComparison[] {
  return contrasts.flatMap(({ id, arm, reference }) => {
    const others = new Map(arms.get(reference)!.counted.map((one) => [one.seed, one]));
    return arms.get(arm)!.counted.flatMap((one): ImagewiseComparison[] => {
      const other = others.get(one.seed);
      // An index names an image within one revision of one data set.
      if (!other || one.run.surroundings?.datasetRevision !== other.run.surroundings?.datasetRevision) return [];
      const counts = discordant(one, other);
      if (!counts || one.run.runId === null || other.run.runId === null) return [];
      const { armOnly, referenceOnly, images } = counts;
      return [{
        contrastId: id, seed: one.seed, runs: [one.run.runId, other.run.runId], images, armOnly, referenceOnly,
        mcnemarP: mcNemarP(armOnly, referenceOnly), differencePoints: (100 * (armOnly - referenceOnly)) / images,
        bootstrapIntervalPoints: bootstrapInterval(armOnly, referenceOnly, images),
      }];
    });
  });
}

/** Counts over the images that both saw; null where either has no stored predictions, or they share no image. */
function discordant(a: CountedRun, b: CountedRun): { armOnly: number; referenceOnly: number; images: number } | null {
  const [first, second] = [a.run.predictions, b.run.predictions];
  if (!first || !second) return null;
  const rights = new Map(Array.from(second.indices, (index, i) => [index, second.correct[i]!]));
  let [armOnly, referenceOnly, images] = [0, 0, 0];
  first.indices.forEach((index, i) => {
    const other = rights.get(index);
    if (other === undefined) return;
    images++;
    if (first.correct[i]! > other) armOnly++;
    else if (first.correct[i]! < other) referenceOnly++;
  });
  return images > 0 ? { armOnly, referenceOnly, images } : null;
}

/**
 * Percentile interval of the paired bootstrap over images (Efron, 1979): 2,000 resamples. Images count only as right in one, right in the
 * other, or neither, so a resample is a draw of two counts; it is drawn as such, which has the same distribution as drawing images one by one.
 * @returns points
 */
export function bootstrapInterval(armOnly: number, referenceOnly: number, images: number): Interval {
  const random = new CounterRandom(0, 'bootstrap', images);
  const differences = new Float64Array(resamples);
  for (let i = 0; i < resamples; i++) {
    const plus = binomial(images, armOnly / images, random);
    const minus = binomial(images - plus, armOnly === images ? 0 : referenceOnly / (images - armOnly), random);
    differences[i] = (100 * (plus - minus)) / images;
  }
  differences.sort();
  const at = (share: number) => differences[Math.min(resamples - 1, Math.max(0, Math.round(share * (resamples - 1))))]!;
  return { low: at(0.025), high: at(0.975) };
}

/** Successes of n trials, by the waiting times between them: as many draws as there are successes, or failures where these are fewer. */
function binomial(n: number, p: number, random: CounterRandom): number {
  if (p > 0.5) return n - binomial(n, 1 - p, random);
  if (p <= 0) return 0;
  const scale = Math.log1p(-p);
  let [successes, at] = [0, 0];
  for (;;) {
    at += 1 + Math.floor(Math.log(1 - random.float()) / scale);
    if (at > n) return successes;
    successes++;
  }
}
