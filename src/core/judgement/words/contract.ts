import type { Caveat, ComparedArm, Comparison, Confound, Contrast, FitReading, LeftOut, Level, PairingProblem } from '../comparison';

/** Every sentence said of a comparison, in one language. Nothing here decides anything: the comparison has chosen. */
export interface ComparisonWords {
  /** What is said first: the answer to the experiment's question, one to three sentences. */
  answer(comparison: Comparison): string;
  /** One contrast with its numbers and its verdict. */
  contrast(contrast: Contrast): string;
  /** The verdict alone: "better", "clear of zero" (an interaction), "no difference that matters", "too few seeds to tell", "undetermined: n = 1"; "provisional" while runs are awaited. */
  verdict(contrast: Pick<Contrast, 'verdict' | 'n'> & Partial<Pick<Contrast, 'kind' | 'provisional'>>): string;
  /** What two arms cannot tell, and why. */
  confound(comparison: Comparison, confound: Confound): string;
  caveat(comparison: Comparison, caveat: Caveat): string;
  /** Over- or underfitting of an arm, with the numbers. */
  fit(arm: Pick<ComparedArm, 'fit' | 'plainTrain' | 'validation'>): string;
  /** "overfitting" */
  fitKind(kind: FitReading['kind']): string;
  /** Why a run does not count. */
  leftOut(reason: LeftOut): string;
  /** Why arms are not compared seed by seed. */
  notPaired(reason: PairingProblem): string;
  /** "crop + flip vs none", or an interaction's. */
  contrastName(contrast: Contrast): string;
  /** An arm by its levels. */
  arm(comparison: Pick<Comparison, 'arms'>, key: string): string;
  level(field: string, level: Level): string;
}
