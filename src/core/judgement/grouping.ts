import type { ComparedFactor, Level, Levels } from './comparison';
import type { ComparisonInput, JudgedRun } from './comparisonInput';
import { flatFields, originsOf, roleOf } from './fieldRoles';
import { differingFields, distinctLevels, levelText, sameLevel, sameLevels } from './level';

/** An arm before anything is computed. */
export interface PlannedArm {
  readonly key: string;
  readonly levels: Levels;
  readonly runs: readonly JudgedRun[];
}

export interface Grouping {
  readonly factors: readonly ComparedFactor[];
  readonly arms: readonly PlannedArm[];
}

/** Runs into arms: by the design of their experiment, or, for runs picked by hand, by the causes in which they differ. */
export function groupRuns({ design, runs }: Pick<ComparisonInput, 'design' | 'runs'>): Grouping {
  if (!design) return byDifferences(runs);
  const home = (run: JudgedRun) =>
    design.arms.find(({ key }) => key === run.armKey) ?? (run.given && design.arms.find(({ levels }) => sameLevels(levels, run.given!.levels)));
  const arms = design.arms.map((arm) => ({ ...arm, runs: runs.filter((run) => home(run) === arm) }));
  return { factors: design.factors, arms: [...arms, ...byDifferences(runs.filter((run) => !home(run))).arms] };
}

/** What a run is by its choices: the causes of its config, or what a given result says of itself. */
function choicesOf({ config, given }: JudgedRun): Levels {
  if (!config) return given?.levels ?? {};
  return Object.fromEntries(Object.entries(flatFields(config)).filter(([field]) => roleOf(field) === 'cause'));
}

/** Of runs that no cause tells apart: what surrounds them. */
const surroundingsOf = ({ config, surroundings }: JudgedRun): Levels => Object.fromEntries(
  [...Object.entries(config ? flatFields(config) : {}), ...Object.entries({ ...surroundings })].filter(([field]) => roleOf(field) === 'environment'));

function byDifferences(runs: readonly JudgedRun[]): Grouping {
  const causes = runs.map(choicesOf);
  const told = varying(causes);
  const sets = told.length > 0 || causes.length < 2 ? causes : runs.map(surroundingsOf);
  const all = told.length > 0 ? told : varying(sets);
  // A data set's revision differs because the data set does.
  const fields = all.filter((field) => originsOf(field, all).length === 0);
  const levels = sets.map((set) => Object.fromEntries(fields.filter((field) => field in set).map((field) => [field, set[field]!])));
  const firsts = levels.filter((one, i) => levels.findIndex((other) => sameLevels(other, one)) === i);
  return {
    factors: fields.map((field) => ({ field, levels: distinctLevels(levels.flatMap((one) => (field in one ? [one[field]!] : []))) })),
    arms: firsts.map((one) => ({ key: armKey(one), levels: one, runs: runs.filter((_, i) => sameLevels(levels[i]!, one)) })),
  };
}

/** Fields that differ between any two sets, in the config's order; a kind's own parameters follow from the kind. */
function varying(sets: readonly Levels[]): string[] {
  const first = sets[0] ?? {};
  const differing = new Set(sets.slice(1).flatMap((set) => differingFields(first, set)));
  const fields = [...new Set(sets.flatMap((set) => Object.keys(set)))].filter((field) => differing.has(field));
  return fields.filter((field) => sets.every((set) => field in set) || !fields.some((other) => isKindOf(other, field)));
}

/** `optimizer.kind` of `optimizer.momentum`. */
export const isKindOf = (kind: string, field: string): boolean => kind !== field && kind.endsWith('.kind') && field.startsWith(kind.slice(0, -'kind'.length));

/** `epochs 5, augmentation none`, as experiments call their arms; the empty text for an arm without levels. */
export const armKey = (levels: Levels): string =>
  Object.entries(levels).map(([field, level]: [string, Level]) => `${field} ${typeof level === 'string' ? level : levelText(level)}`).join(', ');

export const hasLevel = (arm: { readonly levels: Levels }, field: string, level: Level): boolean => sameLevel(arm.levels[field], level);
