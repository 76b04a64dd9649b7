import { decompose, sumCoding } from './leastSquares';
import { mean } from './moments';
import { tTest, type TTest } from './tTests';

/** One run's value: an arm with one seed. */
export interface Observation {
  readonly arm: string;
  readonly seed: number;
  readonly value: number;
}

/** Weights of arms that add up to zero; arms left out weigh nothing. */
export type Contrast = ReadonlyMap<string, number>;

export interface Estimate extends TTest {
  readonly standardError: number;
}

export interface BlockModel {
  /** Mean of each arm over all seeds of the experiment, adjusted where runs are missing; the values' unit. */
  readonly armMeans: ReadonlyMap<string, number>;
  /** Zero where one seed was run: nothing can be said about chance then, and `estimate` gives infinite intervals. */
  readonly residualDf: number;
  /** Standard deviation of one run's value around arm + seed, pooled over the arms; NaN without degrees of freedom. */
  readonly residualDeviation: number;
  /** A contrast of arm means and its standard error alone; infinite without degrees of freedom. */
  contrast(contrast: Contrast): { readonly difference: number; readonly standardError: number };
  /** A contrast of arm means with its t interval, the variance pooled over all arms. @param level of confidence */
  estimate(contrast: Contrast, level: number): Estimate;
}

/**
 * The model that judges experiments: value = arm + seed, seeds as blocks, one variance for all arms, by ordinary least squares. It spans
 * the same space as a factorial model with all its interactions. Runs may be missing.
 * @param smallestDeviation residual deviations below it are not believed: values that are rounded can agree by chance
 * @throws RangeError for fewer than two arms, for a run given twice, and where arms share no seeds, even through others
 */
export function fitBlockModel(observations: readonly Observation[], smallestDeviation = 0): BlockModel {
  const arms = [...new Set(observations.map(({ arm }) => arm))];
  const seeds = [...new Set(observations.map(({ seed }) => seed))];
  if (arms.length < 2) throw new RangeError('An experiment has two arms at least.');
  if (new Set(observations.map(({ arm, seed }) => `${seed} ${arm}`)).size < observations.length) throw new RangeError('An arm has a seed twice.');
  const armIndex = new Map(arms.map((arm, i) => [arm, i]));
  const seedIndex = new Map(seeds.map((seed, i) => [seed, i]));
  if (observations.length === arms.length * seeds.length) return balancedModel(arms, seeds.length, observations, smallestDeviation);
  // Centred, so that small differences of large values keep their digits; contrasts do not notice.
  const centre = mean(observations.map(({ value }) => value));
  const design = observations.map(({ arm, seed }) => [
    ...arms.map((_, i) => Number(i === armIndex.get(arm))),
    ...sumCoding(seedIndex.get(seed)!, seeds.length),
  ]);
  const fit = decompose(design, observations.map(({ value }) => value - centre));
  const parameters = arms.length + seeds.length - 1;
  const residualDf = observations.length - parameters;
  const residualDeviation = Math.max(smallestDeviation, Math.hypot(...fit.projected.subarray(parameters)) / Math.sqrt(residualDf));
  const weightsOf = (contrast: Contrast) => [...arms.map((arm) => contrast.get(arm) ?? 0), ...new Array<number>(seeds.length - 1).fill(0)];
  return {
    armMeans: new Map(arms.map((arm) => [arm, centre + fit.estimate(weightsOf(new Map([[arm, 1]]))).value])),
    residualDf,
    residualDeviation,
    ...estimates(residualDf, (contrast) => {
      const unknown = [...contrast.keys()].find((arm) => !armIndex.has(arm));
      if (unknown !== undefined) throw new RangeError(`There is no arm "${unknown}".`);
      const { value, unitError } = fit.estimate(weightsOf(contrast));
      return { difference: value, standardError: residualDf === 0 ? Infinity : residualDeviation * unitError };
    }),
  };
}

const estimates = (df: number, contrast: BlockModel['contrast']): Pick<BlockModel, 'contrast' | 'estimate'> => ({
  contrast,
  estimate(weights, level) {
    const { difference, standardError } = contrast(weights);
    if (df === 0) return { difference, interval: [-Infinity, Infinity], t: Number.NaN, df: 0, p: 1, standardError };
    return { ...tTest(difference, standardError, df, level), standardError };
  },
});

/** The same where every arm has every seed: least squares are then plain means, whatever the number of arms. */
function balancedModel(arms: readonly string[], seeds: number, observations: readonly Observation[], smallestDeviation: number): BlockModel {
  const byArm = new Map<string, Observation[]>(arms.map((arm) => [arm, []]));
  const bySeed = new Map<number, Observation[]>();
  for (const one of observations) {
    byArm.get(one.arm)!.push(one);
    bySeed.set(one.seed, [...(bySeed.get(one.seed) ?? []), one]);
  }
  const meansOf = <K>(groups: Map<K, Observation[]>) => new Map([...groups].map(([key, group]) => [key, mean(group.map(({ value }) => value))]));
  const [armMeans, seedMeans, centre] = [meansOf(byArm), meansOf(bySeed), mean(observations.map(({ value }) => value))];
  const residualDf = (arms.length - 1) * (seeds - 1);
  const squares = observations.reduce((sum, { arm, seed, value }) => sum + (value - armMeans.get(arm)! - (seedMeans.get(seed)! - centre)) ** 2, 0);
  const residualDeviation = Math.max(smallestDeviation, Math.sqrt(squares / residualDf));
  return {
    armMeans, residualDf, residualDeviation,
    ...estimates(residualDf, (contrast) => {
      const origin = armMeans.get(arms[0]!)!;
      let [value, weight] = [0, 0];
      for (const [arm, share] of contrast) {
        const armMean = armMeans.get(arm);
        if (armMean === undefined) throw new RangeError(`There is no arm "${arm}".`);
        // From one arm's mean, so that small differences of large values keep their digits.
        value += share * (armMean - origin);
        weight += share ** 2;
      }
      return { difference: value, standardError: residualDf === 0 ? Infinity : residualDeviation * Math.sqrt(weight / seeds) };
    }),
  };
}
