import { analyseFactorial } from '../../src/core/statistics/factorial';
import { expectedCalibrationError, mcNemarP, wilsonInterval } from '../../src/core/statistics/proportions';
import { pairedTPower, seedsNeeded } from '../../src/core/statistics/seedsNeeded';
import { equivalenceP, holmAdjusted, pairedTTest, welchTTest } from '../../src/core/statistics/tTests';
import type { StatisticsCase } from './statistics';

/** What Cultivar computes on a case's input, in the form of its `expected`. @throws RangeError for input without an answer */
export function answer(one: StatisticsCase): unknown {
  switch (one.kind) {
    case 'wilson':
      return { interval: wilsonInterval(one.input.k, one.input.n, one.input.level) };
    case 'mcnemar':
      return { p: mcNemarP(one.input.b, one.input.c) };
    case 'paired':
      return pairedTTest(one.input.a, one.input.b, one.input.level);
    case 'welch':
      return welchTTest(one.input.a, one.input.b, one.input.level);
    case 'equivalence':
      return { p: equivalenceP(one.input.a, one.input.b, one.input.margin) };
    case 'holm':
      return { adjusted: holmAdjusted(one.input.p) };
    case 'seedsNeeded':
      return { n: seedsNeeded(one.input) };
    case 'calibration':
      return { ece: expectedCalibrationError(one.input.confidences, one.input.correct, one.input.bins) };
    case 'factorial':
      return factorialAnswer(one.input);
  }
}

function factorialAnswer({ factors, rows, level }: Extract<StatisticsCase, { kind: 'factorial' }>['input']) {
  const names = Object.keys(factors);
  const { effects, anova, model } = analyseFactorial(
    factors,
    rows.map((row) => ({ seed: row.seed, value: row.value, levels: Object.fromEntries(names.map((name) => [name, String(row[name])])) })),
    level,
  );
  return {
    effects: effects.map(({ factor, level: one, against, difference, standardError, interval, p }) =>
      ({ factor, level: one, against, difference, standardError, interval, p })),
    anova: Object.fromEntries(anova.map(({ term, F, df, p }) => [term, { F, df, p }])),
    residualDf: model.residualDf,
    residualDeviation: model.residualDeviation,
  };
}

/** One number of a case: its place, what was computed and what is expected. */
export interface Sample {
  readonly where: string;
  readonly ours: number;
  readonly expected: number;
}

/** Pairs every number of `expected` with ours; anything else must be equal, or counts as a number that is none. */
export function samples(expected: unknown, ours: unknown, where = ''): Sample[] {
  if (typeof expected === 'number') return [{ where, ours: typeof ours === 'number' ? ours : Number.NaN, expected }];
  if (typeof expected !== 'object' || expected === null) return expected === ours ? [] : [{ where, ours: Number.NaN, expected: 0 }];
  const inner = (ours ?? {}) as Record<string, unknown>;
  return Object.entries(expected).flatMap(([key, value]) => samples(value, inner[key], where === '' ? key : `${where}.${key}`));
}

/**
 * Why a reference value of `seedsNeeded` cannot be held against ours, or undefined where it can.
 *
 * TTestPower.solve_power takes NaN for infinitely much power. SciPy's noncentral t distribution gives NaN where rounding puts a tail that is
 * nearly zero below it, and the search then stops before the answer, or finds none. So a value is void where it is smaller than the answer,
 * the power there falls short of what was asked for, and a tail is small enough for SciPy to fail; anywhere else it must be met.
 */
export function voidReference(one: StatisticsCase, ours: unknown): string | undefined {
  if (one.kind !== 'seedsNeeded') return undefined;
  const { n } = one.expected;
  if (n === null) return 'the reference has no value';
  const { right, wrong } = pairedTPower(one.input, n);
  const short = one.input.power - (right + wrong);
  const mayFail = Math.min(wrong, 1 - right) < 1e-14;
  if (!mayFail || !(short > 1e-6) || !(n < (ours as { n: number }).n)) return undefined;
  return `with ${n} seeds the power is ${(right + wrong).toFixed(6)}, not ${one.input.power}: SciPy's noncentral t gives NaN nearby`;
}
