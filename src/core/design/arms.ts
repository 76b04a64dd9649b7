import type { ExperimentConfig, Json } from '../config/experimentSchema';
import { CounterRandom } from '../random/philox';
import { rungsOf } from './halving';
import { drawFrom, gridPoints } from './space';

export type ArmLevels = Readonly<Record<string, Json>>;

/** An arm before its runs: a combination of levels, found again by its key. */
export interface PlannedArm {
  readonly key: string;
  readonly levels: ArmLevels;
}

/** `epochs 5, augmentation none`: stable, since arms are found by it. */
const armKey = (levels: ArmLevels): string =>
  Object.entries(levels).map(([field, level]) => `${field} ${typeof level === 'string' ? level : JSON.stringify(level)}`).join(', ');

export const plannedArm = (levels: ArmLevels): PlannedArm => ({ key: armKey(levels), levels });

/** Arms that an experiment begins with, in the order in which they are trained: of a halving those of the first rung. */
export function plannedArms(config: ExperimentConfig): PlannedArm[] {
  const combinations = factorLevels(config);
  const searched = searchLevels(config);
  const levels = combinations.flatMap((factors) => searched.map((drawn) => ({ ...factors, ...drawn })));
  const [first] = config.design === 'halving' ? rungsOf(config, levels.length) : [];
  return levels.map((one) => plannedArm(first ? { ...one, epochs: first.epochs } : one));
}

/** Among how many points of a search the best was chosen: of a halving, one that went on is the same. @param arms that there are */
export const trialCount = ({ design }: Pick<ExperimentConfig, 'design'>, arms: readonly { readonly levels: ArmLevels }[]): number =>
  new Set(arms.map(({ levels: { epochs, ...others } }) => armKey(design === 'halving' || epochs === undefined ? others : { ...others, epochs }))).size;

/** How many there are, without listing them: a file can ask for millions. */
export function armCount({ factors, design, search }: ExperimentConfig): number {
  const crossed = design === 'one-at-a-time' ? 1 + factors.reduce((sum, { levels }) => sum + levels.length - 1, 0) : product(factors.map(({ levels }) => levels.length));
  switch (design) {
    case 'full-factorial':
    case 'one-at-a-time': return crossed;
    case 'grid': return crossed * product((search?.space ?? []).map((range) => gridPoints(range).length));
    case 'random':
    case 'halving': return crossed * (search?.trials ?? 0);
  }
}

const product = (counts: readonly number[]) => counts.reduce((a, b) => a * b, 1);

function factorLevels({ factors, design }: ExperimentConfig): ArmLevels[] {
  if (design !== 'one-at-a-time') return crossed(factors);
  const reference = Object.fromEntries(factors.map(({ field, levels }) => [field, levels[0]!]));
  return [reference, ...factors.flatMap(({ field, levels }) => levels.slice(1).map((level) => ({ ...reference, [field]: level })))];
}

/** Every combination; the last factor changes fastest. */
const crossed = (factors: readonly { readonly field: string; readonly levels: readonly Json[] }[]) => factors.reduce<ArmLevels[]>(
  (done, { field, levels }) => done.flatMap((arm) => levels.map((level) => ({ ...arm, [field]: level }))), [{}]);

function searchLevels({ design, search }: ExperimentConfig): ArmLevels[] {
  switch (design) {
    case 'full-factorial':
    case 'one-at-a-time': return [{}];
    case 'grid': return crossed((search?.space ?? []).map((range) => ({ field: range.field, levels: gridPoints(range) })));
    case 'random':
    case 'halving': return search ? draws(search, search.trials ?? 0) : [];
  }
}

/**
 * Trial n is keyed by (seed, n): more trials leave the first ones as they are. One that was drawn before is drawn anew, so that every
 * trial is another point; a space with fewer points gives fewer trials.
 */
function draws({ space, seed }: NonNullable<ExperimentConfig['search']>, trials: number): ArmLevels[] {
  const found = new Map<string, ArmLevels>();
  for (let index = 0; found.size < trials && index < trials * 100; index++) {
    const levels = Object.fromEntries(space.map((range, dimension) => [range.field, drawFrom(range, new CounterRandom(seed, 'search', index, dimension))]));
    const key = armKey(levels);
    if (!found.has(key)) found.set(key, levels);
  }
  return [...found.values()];
}
