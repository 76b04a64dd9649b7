import { armCount } from '../design/arms';
import { mostEpochs, rungsOf } from '../design/halving';
import { sizeOf } from '../design/space';
import type { ExperimentConfig } from './experimentSchema';
import type { ConfigProblem } from './problems';

/** What is wrong with an experiment beyond the form of its fields. */
export function designProblems(config: ExperimentConfig): ConfigProblem[] {
  return [...fieldProblems(config), ...seedProblems(config), ...searchProblems(config), ...halvingProblems(config), ...budgetProblems(config), ...givenProblems(config)];
}

function fieldProblems({ factors, search, design }: ExperimentConfig): ConfigProblem[] {
  const problems: ConfigProblem[] = [];
  const varied = [...factors.map(({ field }) => ({ field, path: 'factors' })), ...(search?.space ?? []).map(({ field }) => ({ field, path: 'search.space' }))];
  for (const [i, { field, path }] of varied.entries()) {
    const before = varied.slice(0, i).map((other) => other.field);
    const inside = before.find((other) => other.startsWith(`${field}.`) || field.startsWith(`${other}.`));
    if (before.includes(field)) problems.push({ path, message: `${field} is given twice` });
    else if (inside !== undefined) problems.push({ path, message: `${field} and ${inside} overlap: one is part of the other` });
    if (field === 'seed') problems.push({ path, message: 'seed is no factor: list seeds under "seeds"' });
    if (field === 'name' || field === 'schemaVersion') problems.push({ path, message: `${field} is no factor: it changes no result` });
    if (field === 'epochs' && design === 'halving') problems.push({ path, message: 'epochs is no factor of a halving: its rungs set it' });
  }
  for (const { field, levels } of factors) {
    if (new Set(levels.map((level) => JSON.stringify(level))).size < levels.length) problems.push({ path: 'factors', message: `a level of ${field} is given twice` });
  }
  if (varied.length === 0) problems.push({ path: 'factors', message: 'must be at least 1 entries, not []' });
  return problems;
}

function seedProblems({ seeds, given }: ExperimentConfig): ConfigProblem[] {
  if (seeds.length === 0 && given.length === 0) return [{ path: 'seeds', message: 'must be at least 1 entries, not []' }];
  return new Set(seeds).size < seeds.length ? [{ path: 'seeds', message: 'a seed is given twice' }] : [];
}

function searchProblems({ design, search }: ExperimentConfig): ConfigProblem[] {
  if (design === 'full-factorial' || design === 'one-at-a-time') return search ? [{ path: 'search', message: `is for the designs grid, random and halving, not ${design}` }] : [];
  if (!search) return [{ path: 'search', message: `is missing: the design ${design} needs a space to search` }];
  const problems: ConfigProblem[] = search.space.flatMap((range, i) => (range.kind !== 'choice' && range.high < range.low
    ? [{ path: `search.space.${i}.high`, message: `must be at least low, ${range.low}, not ${range.high}` }] : []));
  if (design === 'grid') return search.trials === null ? problems : [...problems, { path: 'search.trials', message: 'is for the designs random and halving; a grid has as many as its points make' }];
  const points = search.space.reduce((product, range) => product * sizeOf(range), 1);
  if (search.trials === null) problems.push({ path: 'search.trials', message: `is missing: the design ${design} needs a number of draws` });
  else if (problems.length === 0 && search.trials > points) problems.push({ path: 'search.trials', message: `must be at most ${points}, not ${search.trials}: the space has no more points` });
  return problems;
}

function halvingProblems({ design, halving, base }: ExperimentConfig): ConfigProblem[] {
  if (design !== 'halving') return halving ? [{ path: 'halving', message: `is for the design halving, not ${design}` }] : [];
  if (!halving) return [{ path: 'halving', message: 'is missing: the design halving needs the epochs of its first rung' }];
  const most = mostEpochs(base);
  return halving.firstEpochs > most
    ? [{ path: 'halving.firstEpochs', message: `must be at most base.epochs, ${most}, not ${halving.firstEpochs}` }] : [];
}

function budgetProblems(config: ExperimentConfig): ConfigProblem[] {
  const { budget: { maxRuns }, design, seeds } = config;
  const arms = armCount(config);
  const block = design === 'halving' ? (rungsOf(config, arms)[0]?.arms ?? 0) * seeds.length : arms;
  return maxRuns !== null && maxRuns < block
    ? [{ path: 'budget.maxRuns', message: `must be at least ${block}, not ${maxRuns}: ${design === 'halving' ? 'the first rung' : 'one seed of every arm'} takes that many` }] : [];
}

function givenProblems({ given, factors, design }: ExperimentConfig): ConfigProblem[] {
  if (given.length > 0 && design !== 'full-factorial' && design !== 'one-at-a-time') return [{ path: 'given', message: `is for factors with levels, not for the design ${design}` }];
  return given.flatMap(({ levels }, i) => {
    const unknown = Object.keys(levels).find((field) => !factors.some((factor) => factor.field === field));
    if (unknown !== undefined) return [{ path: `given.${i}.levels.${unknown}`, message: 'is no factor of this experiment' }];
    return factors.flatMap(({ field, levels: allowed }) => {
      const level = levels[field];
      if (level === undefined) return [{ path: `given.${i}.levels.${field}`, message: 'is missing: a given result says its level of each factor' }];
      return allowed.some((one) => JSON.stringify(one) === JSON.stringify(level)) ? [] : [{ path: `given.${i}.levels.${field}`, message: `must be a level of this factor, not ${JSON.stringify(level)}` }];
    });
  });
}
