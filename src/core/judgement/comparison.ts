import type { RunOutcome } from '../run/events';
import type { TestFigure } from '../run/testFigure';

/**
 * All that Cultivar says of a set of runs: what `compare --json` prints, and what the window and the report show. Made by `compareRuns`
 * alone, from `ComparisonInput` (comparisonInput.ts); nothing else computes a figure or chooses a word.
 *
 * Accuracies are fractions from 0 to 1, differences of accuracies (`…Points`) percentage points, times milliseconds. Every interval is a 95 % one.
 * The primary metric is the validation accuracy of the last epoch, raw weights.
 */
export interface Comparison {
  readonly schemaVersion: 1;
  readonly subject: ComparisonSubject;
  /** Differences inside ± this do not matter. */
  readonly marginPoints: number;
  readonly confidence: number;
  readonly validationImages: number | null;
  /** What was varied; for runs picked by hand, the causes that differ between them. */
  readonly factors: readonly ComparedFactor[];
  /** In the order of the design, the reference first. */
  readonly arms: readonly ComparedArm[];
  /** Primary contrasts: pairs of arms that differ in one factor (`simple`), then interactions; Holm over all of them. */
  readonly contrasts: readonly Contrast[];
  /** Marginal effects of each level against its factor's first, averaged over the other factors, and the table of variances; null where no factorial can be fitted. */
  readonly factorial: FactorialReading | null;
  readonly answer: Answer;
  readonly confounds: readonly Confound[];
  /** Things that could mislead, and that a reader should be told. */
  readonly caveats: readonly Caveat[];
  /** Two trained networks on the same images; one a primary contrast and seed for which both predictions are stored. */
  readonly imagewise: readonly ImagewiseComparison[];
  /** Accuracy at equal training time: rows at the times at which an arm ends, and which arms no other arm beats in both. */
  readonly time: TimeReading;
  /** Configs as far as they differ between arms, and what follows from that. */
  readonly differences: readonly FieldDifference[];
  readonly pooledDeviation: { readonly points: number; readonly degreesOfFreedom: number } | null;
  readonly testOpenings: readonly TestOpeningFact[];
}

export type ComparisonSubject =
  | { readonly kind: 'experiment'; readonly experimentId: string; readonly name: string; readonly question: string; readonly createdAt: string }
  | { readonly kind: 'runs'; readonly runIds: readonly string[]; readonly name: string };

export type Level = string | number | boolean | null | { readonly [key: string]: Level } | readonly Level[];
export type Levels = Readonly<Record<string, Level>>;

export interface ComparedFactor {
  /** Path into a run config: `augmentation`, `schedule.learningRate`. */
  readonly field: string;
  /** The first is the reference. */
  readonly levels: readonly Level[];
}

export interface Interval {
  readonly low: number;
  readonly high: number;
}

export interface ComparedArm {
  readonly key: string;
  readonly levels: Levels;
  readonly runs: readonly ComparedRun[];
  /** Runs that count: completed, with a value. */
  readonly n: number;
  /** Results from elsewhere. An arm of these alone shows their mean in its figures, though n is 0. */
  readonly given: number;
  readonly validation: ArmFigure;
  /** Plain training images, last epoch. Null where no run measured them. */
  readonly plainTrain: ArmFigure | null;
  /** Training images as augmented, last epoch: a line of its own, never part of the gap. Of given results: unless said to be on plain images. */
  readonly augmentedTrain: ArmFigure | null;
  /** plainTrain − validation, in points; null without plainTrain. */
  readonly gapPoints: number | null;
  /** Best epoch beside the last: reported, never judged. */
  readonly best: { readonly accuracy: number; readonly epochs: readonly number[] } | null;
  readonly fit: FitReading;
  readonly trainMs: number | null;
  /** Mean and range over seeds, an epoch a row; for curves with bands. */
  readonly curve: readonly CurvePoint[];
}

/** Mean over the runs that count. */
export interface ArmFigure {
  readonly mean: number | null;
  /** Over seeds; null below two. */
  readonly deviationPoints: number | null;
  /** t over seeds; null below two. */
  readonly interval: Interval | null;
  /** Wilson over images, for an arm of one run: how well this one network is known, not how another seed would fall. */
  readonly overImages: Interval | null;
}

export interface CurvePoint {
  readonly epoch: number;
  readonly n: number;
  readonly validation: { readonly mean: number; readonly low: number; readonly high: number };
  readonly plainTrain: { readonly mean: number; readonly low: number; readonly high: number } | null;
  readonly augmentedTrain: { readonly mean: number; readonly low: number; readonly high: number } | null;
  readonly elapsedMs: number;
}

export interface ComparedRun {
  /** Null for a given result, which has no run. */
  readonly runId: string | null;
  readonly name: string;
  readonly seed: number | null;
  readonly status: 'queued' | 'running' | RunOutcome | 'given' | 'missing';
  readonly last: { readonly epoch: number; readonly accuracy: number } | null;
  readonly best: { readonly epoch: number; readonly accuracy: number } | null;
  readonly plainTrain: number | null;
  readonly augmentedTrain: number | null;
  readonly trainMs: number | null;
  /** Once the test set was opened for it; never judged. */
  readonly test: TestFigure | null;
  /** Why it does not count; null where it does. */
  readonly leftOut: LeftOut | null;
}

/** `not-completed`: waits, trains, failed or was stopped. `same-seed`: a second run of its config and seed. */
export type LeftOut = 'not-completed' | 'no-value' | 'given' | 'same-seed' | 'other-data-revision' | 'other-split' | 'other-epochs-recorded';

/** Why two arms are not compared seed by seed. `no-common-seeds`: fewer than two, of several in each. */
export type PairingProblem = 'no-common-seeds' | 'other-data-revision' | 'other-split';

/** `same`: inside the margin on both sides. Never said of a single seed. */
export type Verdict = 'better' | 'worse' | 'same' | 'undetermined';

export type Contrast = SimpleContrast | InteractionContrast;

interface ContrastFigures {
  readonly id: string;
  /** Seeds both sides have (paired), or the smaller side's. */
  readonly n: number;
  readonly paired: boolean;
  /** Why it is not paired although seeds were meant to be; null where it is. */
  readonly unpairedReason: PairingProblem | null;
  readonly differencePoints: number | null;
  readonly standardErrorPoints: number | null;
  readonly degreesOfFreedom: number | null;
  readonly intervalPoints: Interval | null;
  /**
   * Adjusted for the number of contrasts; the one the verdict is read from. Clear of zero exactly where Holm's p is at most 0.05: the bound next
   * to zero is that of Holm's step, the others are Bonferroni's (docs/methods/statistics.md).
   */
  readonly adjustedIntervalPoints: Interval | null;
  readonly p: number | null;
  readonly pAdjusted: number | null;
  readonly verdict: Verdict;
  /** Runs of the plan are still awaited: the figures stand, and no word is said yet. */
  readonly provisional: boolean;
  /** Seeds an arm that would find the observed difference, or one as large as the margin, 8 times in 10; null where it cannot be said. */
  readonly seedsNeeded: { readonly forObserved: number | null; readonly forMargin: number | null };
}

/** `level` against `against`, the other factors as in `at`: arm minus reference. */
export interface SimpleContrast extends ContrastFigures {
  readonly kind: 'simple';
  readonly factor: string;
  readonly level: Level;
  readonly against: Level;
  readonly at: Levels;
  readonly arm: string;
  readonly reference: string;
  /** Difference a seed, for the paired ones. */
  readonly bySeed: readonly { readonly seed: number; readonly arm: number; readonly reference: number; readonly differencePoints: number }[];
}

/** How much more `level` brings at `otherLevel` than at `otherAgainst`. */
export interface InteractionContrast extends ContrastFigures {
  readonly kind: 'interaction';
  readonly factor: string;
  readonly level: Level;
  readonly against: Level;
  readonly other: string;
  readonly otherLevel: Level;
  readonly otherAgainst: Level;
  /** Of the factors beyond these two. */
  readonly at: Levels;
}

export interface FactorialReading {
  readonly effects: readonly {
    readonly factor: string; readonly level: Level; readonly against: Level;
    readonly differencePoints: number; readonly standardErrorPoints: number; readonly intervalPoints: Interval; readonly p: number;
  }[];
  readonly anova: readonly { readonly term: readonly string[]; readonly f: number; readonly degreesOfFreedom: number; readonly p: number }[];
  readonly residualDegreesOfFreedom: number;
}

/** What is said first. The sentence is put together from this in each language; `core/judgement` chooses the case, never the window. */
export type Answer =
  /** The plan allows no verdict yet. */
  | { readonly kind: 'running'; readonly done: number; readonly planned: number }
  | { readonly kind: 'confounded'; readonly arms: readonly [string, string]; readonly fields: readonly string[]; readonly differencePoints: number | null }
  /** No contrast can be judged: too few seeds, or nothing to compare. */
  | { readonly kind: 'undetermined'; readonly reason: 'one-seed' | 'too-few-seeds' | 'no-contrast' | 'one-arm'; readonly contrasts: readonly string[]; readonly n: number; readonly seedsNeeded: number | null }
  /** Two levels of one factor, no second factor, or the same verdict everywhere. `contrasts`: ids it rests on. */
  | { readonly kind: 'better' | 'worse' | 'same'; readonly factor: string; readonly level: Level; readonly against: Level; readonly contrasts: readonly string[] }
  /** An interaction is clear of zero and the simple effects differ in sign or verdict. */
  | { readonly kind: 'depends'; readonly factor: string; readonly level: Level; readonly against: Level; readonly on: string; readonly contrasts: readonly string[] }
  /** Three or more levels or arms: the best, and those it cannot be told from. */
  | { readonly kind: 'best'; readonly arm: string; readonly notToldFrom: readonly string[]; readonly contrasts: readonly string[] };

/** Two arms that differ in more than one cause, or in a cause and their surroundings. */
export interface Confound {
  readonly arms: readonly [string, string];
  readonly causes: readonly string[];
  readonly environment: readonly string[];
  /** Differ because a cause does: never a confound of their own. */
  readonly follows: readonly string[];
  /** Arms that would separate the causes: levels of those that are missing, or that have too few runs. */
  readonly offered: readonly { readonly levels: Levels; readonly exists: boolean; readonly missingSeeds: readonly number[] }[];
}

export type Caveat =
  | { readonly kind: 'given-results'; readonly arms: readonly string[]; readonly unknownFields: readonly string[] }
  /** Numbers that training from scratch does not reach. */
  | { readonly kind: 'starting-weights-suspected'; readonly arm: string; readonly accuracy: number; readonly epochs: number; readonly fromScratch: Interval }
  | { readonly kind: 'train-measured-on-augmented'; readonly arms: readonly string[] }
  | { readonly kind: 'epochs-stretch-schedule' }
  | { readonly kind: 'not-paired'; readonly reason: PairingProblem }
  /** `failed`: arms of which some runs failed and others count, so that what counts may flatter them. */
  | { readonly kind: 'runs-left-out'; readonly count: number; readonly reasons: readonly LeftOut[]; readonly failed: readonly string[] }
  | { readonly kind: 'environment-differs'; readonly fields: readonly string[] }
  | { readonly kind: 'asked-and-done-differ'; readonly fields: readonly string[] }
  /** Runs leave out different images, and so, where a list holds validation images, are judged on different ones. `validationImages`: fewest and most. */
  | { readonly kind: 'exclude-lists-differ'; readonly arms: readonly string[]; readonly validationImages: Interval }
  | { readonly kind: 'learning-rate-not-tuned' }
  | { readonly kind: 'search-chose'; readonly trials: number };

/** Read from the curves and said with its numbers. */
export interface FitReading {
  readonly kind: 'overfitting' | 'underfitting' | 'balanced' | 'unknown';
  readonly gapPoints: number | null;
  /** Change of the gap over the last third of the epochs, in points. */
  readonly gapTrendPoints: number | null;
  readonly validationPeakEpoch: number | null;
  readonly epochs: number;
  /** Validation lost since its peak, in points. */
  readonly lostSincePeakPoints: number | null;
  /** Validation still gained over the last third, in points. */
  readonly stillGainingPoints: number | null;
}

export interface ImagewiseComparison {
  readonly contrastId: string;
  readonly seed: number;
  readonly runs: readonly [string, string];
  readonly images: number;
  /** Right in the arm only, right in the reference only. */
  readonly armOnly: number;
  readonly referenceOnly: number;
  readonly mcnemarP: number;
  /** Paired bootstrap over images. */
  readonly differencePoints: number;
  readonly bootstrapIntervalPoints: Interval;
}

export interface TimeReading {
  readonly rows: readonly { readonly seconds: number; readonly accuracy: Readonly<Record<string, number | null>> }[];
  /** Arms on the front, fastest first. */
  readonly front: readonly string[];
}

export interface FieldDifference {
  readonly field: string;
  readonly role: 'cause' | 'follows' | 'environment' | 'ignored';
  /** The cause it follows from. */
  readonly from: string | null;
  /** Value by arm key; `unknown` for what a given result does not say. */
  readonly values: Readonly<Record<string, Level | 'unknown'>>;
}

export interface TestOpeningFact {
  readonly at: string;
  readonly runId: string;
  readonly purpose: string;
}
