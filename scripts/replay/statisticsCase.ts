import { planContrasts } from '../../src/core/judgement/contrastPlan';
import { fitBlockModel } from '../../src/core/statistics/blockModel';
import { analyseFactorial } from '../../src/core/statistics/factorial';
import { expectedCalibrationError, mcNemarP, wilsonInterval } from '../../src/core/statistics/proportions';
import { seedsNeeded } from '../../src/core/statistics/seedsNeeded';
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
    case 'contrasts':
      return contrastsAnswer(one.input);
    case 'factorial':
      return factorialAnswer(one.input);
  }
}

/** The primary contrasts as an experiment has them, in the same order. */
function contrastsAnswer({ factors, rows, level }: Extract<StatisticsCase, { kind: 'contrasts' }>['input']) {
  const names = Object.keys(factors);
  const levelsOf = (row: (typeof rows)[number]) => Object.fromEntries(names.map((name) => [name, String(row[name])]));
  const arms = names.reduce<Record<string, string>[]>((done, name) => done.flatMap((some) => factors[name]!.map((one) => ({ ...some, [name]: one }))), [{}])
    .map((levels) => ({ key: JSON.stringify(levels), levels }));
  const model = fitBlockModel(rows.map((row) => ({ arm: JSON.stringify(levelsOf(row)), seed: row.seed, value: row.value })));
  const found = planContrasts(names.map((field) => ({ field, levels: factors[field]! })), arms).map((plan) => ({ plan, ...model.estimate(plan.weights, level) }));
  const adjusted = holmAdjusted(found.map(({ p }) => p));
  return {
    contrasts: found.map(({ plan: { id: _id, kind: _kind, weights: _weights, ...where }, difference, standardError, interval, p }, i) =>
      ({ ...where, difference, standardError, interval, p, pAdjusted: adjusted[i] })),
    residualDf: model.residualDf,
  };
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
