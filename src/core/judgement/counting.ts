import type { RunConfig } from '../config/run';
import type { LeftOut, Levels, PairingProblem } from './comparison';
import type { JudgedRun, RecordedEpoch } from './comparisonInput';
import type { PlannedArm } from './grouping';

/** A run whose value is judged. */
export interface CountedRun {
  readonly run: JudgedRun;
  readonly seed: number;
  readonly last: RecordedEpoch;
}

export interface CountedArm {
  readonly key: string;
  readonly levels: Levels;
  readonly runs: readonly { readonly run: JudgedRun; readonly leftOut: LeftOut | null }[];
  readonly counted: readonly CountedRun[];
  /** Which data and which images it was measured on; runs of one arm agree in it. Null without runs. */
  readonly images: ImageSet | null;
}

interface ImageSet {
  readonly revision: string;
  readonly split: string;
}

/** Which runs of each arm count. Of runs on different images those count that most runs of the comparison share, or else most of the arm's. */
export function countRuns(arms: readonly PlannedArm[]): CountedArm[] {
  const usable = arms.map(({ runs }) => runs.flatMap((run) => (problemOf(run) === null ? [run] : [])));
  const common = mostFrequent(usable.flat().map(imagesOf));
  return arms.map((arm, i) => {
    const sets = usable[i]!.map(imagesOf);
    const images = sets.some((set) => common && same(set, common)) ? common : mostFrequent(sets);
    const seeds = new Set<number>();
    const runs = arm.runs.map((run) => {
      const leftOut = problemOf(run) ?? (images && pairingProblem(imagesOf(run), images)) ?? (seeds.has(run.seed!) ? 'same-seed' : null);
      if (leftOut === null) seeds.add(run.seed!);
      return { run, leftOut };
    });
    const counted = runs.flatMap(({ run, leftOut }) => (leftOut === null ? [{ run, seed: run.seed!, last: run.epochs.at(-1)! }] : []));
    return { key: arm.key, levels: arm.levels, runs, counted, images };
  });
}

/** Why values on these images cannot be held against each other seed by seed; null where they can. */
export function pairingProblem(a: ImageSet, b: ImageSet): Exclude<PairingProblem, 'no-common-seeds'> | null {
  return a.revision !== b.revision ? 'other-data-revision' : a.split !== b.split ? 'other-split' : null;
}

function problemOf(run: JudgedRun): LeftOut | null {
  if (run.given) return 'given';
  if (run.status !== 'completed') return 'not-completed';
  const last = run.epochs.at(-1);
  if (!last || !Number.isFinite(last.validation) || run.seed === null) return 'no-value';
  return run.config && last.epoch !== run.config.epochs && !mayEndEarly(run.config) ? 'other-epochs-recorded' : null;
}

/** Its last epoch is what it came to, though it is not the last that was asked for; the difference is told. */
const mayEndEarly = ({ earlyStopping, timeBudgetMinutes }: RunConfig) => earlyStopping !== null || timeBudgetMinutes !== null;

function imagesOf({ config, surroundings, epochs }: JudgedRun): ImageSet {
  const split = config ? [config.data.validationImages, config.data.splitSeed] : [epochs.at(-1)?.validationImages];
  return { revision: surroundings?.datasetRevision ?? '', split: split.join(' ') };
}

const same = (a: ImageSet, b: ImageSet) => pairingProblem(a, b) === null;

function mostFrequent(sets: readonly ImageSet[]): ImageSet | null {
  const count = (set: ImageSet) => sets.filter((other) => same(other, set)).length;
  return sets.reduce<ImageSet | null>((most, set) => (most && count(most) >= count(set) ? most : set), null);
}
