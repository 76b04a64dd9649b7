import type { ComparedFactor, FactorialReading } from './comparison';
import type { CountedArm } from './counting';
import { pairingProblem } from './counting';
import { roundingDeviation } from './estimates';
import { levelText } from './level';
import { analyseFactorial, type FactorialRow } from '../statistics/factorial';

/** Marginal effects and the table of variances; null unless every combination of levels has a run, all on the same images, and two seeds leave degrees of freedom. */
export function readFactorial(factors: readonly ComparedFactor[], arms: readonly CountedArm[]): FactorialReading | null {
  const counted = arms.filter((arm) => arm.counted.length > 0);
  const combinations = factors.reduce((count, { levels }) => count * levels.length, 1);
  if (factors.length === 0 || combinations < 2 || combinations > 200 || counted.length !== combinations) return null;
  if (counted.some(({ images, levels }) => pairingProblem(images!, counted[0]!.images!) !== null || factors.some(({ field }) => levels[field] === undefined))) return null;
  // Factors by their place: a field's name may hold any character.
  const names = factors.map((_, i) => String(i));
  const rows = counted.flatMap((arm) => arm.counted.map(({ seed, last }): FactorialRow => (
    { seed, value: last.validation * 100, levels: Object.fromEntries(names.map((name, i) => [name, levelText(arm.levels[factors[i]!.field]!)])) })));
  const images = Math.max(...counted.flatMap((arm) => arm.counted.map(({ last }) => last.validationImages)));
  const analysis = attempt(() => analyseFactorial(Object.fromEntries(names.map((name, i) => [name, factors[i]!.levels.map(levelText)])), rows, 0.95, roundingDeviation(images) * 100));
  if (!analysis) return null;
  const field = (name: string) => factors[Number(name)]!.field;
  const level = (name: string, text: string) => factors[Number(name)]!.levels.find((one) => levelText(one) === text)!;
  return {
    effects: analysis.effects.map(({ factor, level: one, against, difference, standardError, interval, p }) => ({
      factor: field(factor), level: level(factor, one), against: level(factor, against), differencePoints: difference, standardErrorPoints: standardError,
      intervalPoints: { low: interval[0], high: interval[1] }, p,
    })),
    anova: analysis.anova.map(({ term, F, df, p }) => ({ term: term.split(':').map(field), f: F, degreesOfFreedom: df, p })),
    residualDegreesOfFreedom: analysis.model.residualDf,
  };
}

/** Null where missing runs leave an effect undetermined. */
function attempt<T>(analyse: () => T): T | null {
  try {
    return analyse();
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}
