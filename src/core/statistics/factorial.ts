import { fitBlockModel, type BlockModel, type Contrast, type Estimate } from './blockModel';
import { fUpperP } from './distributions';
import { decompose, sumCoding } from './leastSquares';
import { mean } from './moments';

/** One run of a factorial experiment. */
export interface FactorialRow {
  readonly seed: number;
  /** Factor → level. */
  readonly levels: Readonly<Record<string, string>>;
  readonly value: number;
}

/** Factor → its levels; the first is the one that others are held against. */
export type Factors = Readonly<Record<string, readonly string[]>>;

interface MainEffect extends Estimate {
  readonly factor: string;
  readonly level: string;
  readonly against: string;
}

interface AnovaRow {
  /** A factor, or factors joined by ":" for their interaction. */
  readonly term: string;
  readonly F: number;
  readonly df: number;
  readonly p: number;
}

interface FactorialAnalysis {
  readonly effects: readonly MainEffect[];
  readonly anova: readonly AnovaRow[];
  readonly model: BlockModel;
}

const armOf = (levels: Readonly<Record<string, string>>, names: readonly string[]) => JSON.stringify(names.map((name) => levels[name]));

/**
 * A factorial experiment: value ~ seed + all factors with their interactions, seeds as blocks.
 *
 * Effects are differences of estimated marginal means (Searle, Speed, Milliken, American Statistician 34, 1980), every combination
 * weighing the same; the table is of type II (each term after all terms that do not contain it). Values and effects share one unit.
 * @param level of confidence
 * @param smallestDeviation as in `fitBlockModel`
 * @throws RangeError where a combination has no run, a level is not listed, or one seed leaves no degrees of freedom
 */
export function analyseFactorial(factors: Factors, rows: readonly FactorialRow[], level: number, smallestDeviation = 0): FactorialAnalysis {
  const names = Object.keys(factors);
  for (const { levels } of rows) {
    const name = names.find((factor) => !factors[factor]!.includes(levels[factor]!));
    if (name !== undefined) throw new RangeError(`${name} has no level "${levels[name]}".`);
  }
  const model = fitBlockModel(rows.map(({ seed, levels, value }) => ({ arm: armOf(levels, names), seed, value })), smallestDeviation);
  if (model.residualDf === 0) throw new RangeError('One seed: nothing is left to judge chance by.');
  const combinations = names.reduce<Record<string, string>[]>(
    (done, name) => done.flatMap((some) => factors[name]!.map((value) => ({ ...some, [name]: value }))), [{}]);
  const effects = names.flatMap((factor) => {
    const [against, ...others] = factors[factor]! as [string, ...string[]];
    const share = factors[factor]!.length / combinations.length;
    return others.map((one) => {
      const weight = (levels: Record<string, string>) => share * (Number(levels[factor] === one) - Number(levels[factor] === against));
      const contrast: Contrast = new Map(combinations.map((levels) => [armOf(levels, names), weight(levels)]));
      return { factor, level: one, against, ...model.estimate(contrast, level) };
    });
  });
  return { effects, anova: anova(factors, rows, model), model };
}

/** Type II: the sum of squares that a term's columns explain after those of all terms that do not contain it, over the residual's. */
function anova(factors: Factors, rows: readonly FactorialRow[], model: BlockModel): AnovaRow[] {
  const names = Object.keys(factors);
  const seeds = [...new Set(rows.map(({ seed }) => seed))];
  const terms = subsets(names);
  const centre = mean(rows.map(({ value }) => value));
  const values = rows.map(({ value }) => value - centre);
  const columns = (term: readonly string[], { levels }: FactorialRow) =>
    term.reduce((products, name) => {
      const coding = sumCoding(factors[name]!.indexOf(levels[name]!), factors[name]!.length);
      return products.flatMap((product) => coding.map((value) => product * value));
    }, [1]);
  return terms.map((term) => {
    const others = terms.filter((other) => !term.every((name) => other.includes(name)));
    const design = rows.map((row) => [
      1, ...sumCoding(seeds.indexOf(row.seed), seeds.length), ...others.flatMap((other) => columns(other, row)), ...columns(term, row),
    ]);
    const df = columns(term, rows[0]!).length;
    const width = design[0]!.length;
    const squares = decompose(design, values).projected.subarray(width - df, width).reduce((sum, value) => sum + value * value, 0);
    const F = squares / df / model.residualDeviation ** 2;
    return { term: term.join(':'), F, df, p: fUpperP(F, df, model.residualDf) };
  });
}

/** All non-empty subsets, each in the order of the names, the small ones first. */
const subsets = (names: readonly string[]): string[][] =>
  names
    .reduce<string[][]>((done, name) => [...done, ...done.map((some) => [...some, name])], [[]])
    .slice(1)
    .sort((a, b) => a.length - b.length);
