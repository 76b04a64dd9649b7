import type { PairingProblem } from './comparison';
import type { PlannedContrast } from './contrastPlan';
import { pairingProblem, type CountedArm } from './counting';
import { fitBlockModel, type BlockModel, type Observation } from '../statistics/blockModel';
import { mean, variance } from '../statistics/moments';

/** A contrast of arm means before it is judged; accuracies are fractions. */
export interface ContrastEstimate {
  readonly n: number;
  readonly paired: boolean;
  readonly unpairedReason: PairingProblem | null;
  readonly difference: number | null;
  /** Null where chance cannot be judged: fewer than two seeds, or no degrees of freedom. */
  readonly error: { readonly standardError: number; readonly df: number } | null;
  /** Of the contrast of one seed's runs: what seeds are planned with. */
  readonly deviation: number | null;
}

/**
 * The deviation that rounding to whole images alone gives (a uniform error of one image): values that agree to the image are not known better.
 * @param images on which an accuracy was measured
 */
export const roundingDeviation = (images: number): number => 1 / images / Math.sqrt(12);

/** The block model over the runs that pair: the arms measured on the same images that seeds connect with the most others. Null where no two are. */
export function pooledModel(arms: readonly CountedArm[]): { readonly model: BlockModel; readonly arms: ReadonlySet<string> } | null {
  const paired = largestConnected(arms);
  if (paired.length < 2) return null;
  const observations = paired.flatMap(({ key, counted }): Observation[] => counted.map(({ seed, last }) => ({ arm: key, seed, value: last.validation })));
  const images = Math.max(...paired.flatMap(({ counted }) => counted.map(({ last }) => last.validationImages)));
  return { model: fitBlockModel(observations, roundingDeviation(images)), arms: new Set(paired.map(({ key }) => key)) };
}

/** A contrast seed by seed with the pooled variance where its arms pair, else of independent samples; null where an arm has no run. */
export function estimateContrast(plan: PlannedContrast, arms: ReadonlyMap<string, CountedArm>, pooled: ReturnType<typeof pooledModel>): ContrastEstimate {
  const cells = [...plan.weights].map(([key, weight]) => ({ weight, ...arms.get(key)! }));
  const fewest = Math.min(...cells.map(({ counted }) => counted.length));
  if (fewest === 0) return { n: 0, paired: true, unpairedReason: null, difference: null, error: null, deviation: null };
  const common = cells[0]!.counted.filter(({ seed }) => cells.every(({ counted }) => counted.some((other) => other.seed === seed))).length;
  // One common seed judges nothing; two arms with several of their own are samples that can be judged, if anything surer than is said.
  const samples = cells.length === 2 && common === 1 && fewest > 1;
  if (pooled && common > 0 && !samples && cells.every(({ key }) => pooled.arms.has(key))) {
    const { difference, standardError } = pooled.model.contrast(plan.weights);
    const df = pooled.model.residualDf;
    const judgeable = common > 1 && df > 0;
    return {
      n: common, paired: true, unpairedReason: null, difference, error: judgeable ? { standardError, df } : null,
      deviation: df > 0 ? pooled.model.residualDeviation * Math.sqrt(cells.length) : null,
    };
  }
  const problem = cells.map(({ images }) => pairingProblem(images!, cells[0]!.images!)).find((found) => found !== null) ?? 'no-common-seeds';
  return independent(cells, fewest, problem);
}

/** Arms as independent samples with variances of their own: Welch's test, for interactions with Satterthwaite's degrees of freedom over four. */
function independent(cells: readonly (CountedArm & { weight: number })[], n: number, unpairedReason: PairingProblem): ContrastEstimate {
  const samples = cells.map(({ weight, counted }) => ({ weight, values: counted.map(({ last }) => last.validation), images: Math.max(...counted.map(({ last }) => last.validationImages)) }));
  const difference = samples.reduce((sum, { weight, values }) => sum + weight * mean(values), 0);
  if (n < 2) return { n, paired: false, unpairedReason, difference, error: null, deviation: null };
  const parts = samples.map(({ values, images }) => {
    const one = Math.max(variance(values), roundingDeviation(images) ** 2);
    return { one, ofMean: one / values.length, df: values.length - 1 };
  });
  const total = parts.reduce((sum, { ofMean }) => sum + ofMean, 0);
  const df = total ** 2 / parts.reduce((sum, { ofMean, df: own }) => sum + ofMean ** 2 / own, 0);
  return { n, paired: false, unpairedReason, difference, error: { standardError: Math.sqrt(total), df }, deviation: Math.sqrt(parts.reduce((sum, { one }) => sum + one, 0)) };
}

/** Of the arms on the images that most arms have: the most that common seeds connect, directly or through others. */
function largestConnected(arms: readonly CountedArm[]): CountedArm[] {
  const left = new Set(arms.filter(({ counted }) => counted.length > 0));
  let largest: CountedArm[] = [];
  for (const first of left) {
    const group = [first];
    left.delete(first);
    for (const arm of group) {
      const seeds = new Set(arm.counted.map(({ seed }) => seed));
      for (const other of left) {
        if (pairingProblem(other.images!, arm.images!) !== null || !other.counted.some(({ seed }) => seeds.has(seed))) continue;
        left.delete(other);
        group.push(other);
      }
    }
    if (group.length > largest.length) largest = group;
  }
  return arms.filter((arm) => largest.includes(arm));
}
