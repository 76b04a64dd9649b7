import type { ComparedFactor, Confound, Levels, SimpleContrast } from './comparison';
import type { JudgedRun } from './comparisonInput';
import { differingCauses, knownFields, roleAmong, speakers } from './armFields';
import type { CountedArm } from './counting';
import { differingFields, levelText, sameLevel, sameLevels } from './level';

/** More are not told: a search's trials differ in everything from one another. */
const most = 20;
/** Seeds an arm that an offer makes sure of. Two leave a paired comparison of two arms one degree of freedom, with which nothing is found. */
const fewestSeeds = 3;

type Simple = Pick<SimpleContrast, 'kind' | 'factor' | 'level' | 'against' | 'arm' | 'reference'>;

/**
 * Pairs of arms whose difference has more than one possible cause: two that differ in one factor by plan but in a further cause or in their
 * surroundings too, and two that differ in several factors of which no other pair of arms tells one apart.
 */
export function findConfounds(factors: readonly ComparedFactor[], arms: readonly CountedArm[], simple: readonly Simple[], seeds: readonly number[]): Confound[] {
  const present = arms.filter(({ counted, runs }) => counted.length > 0 || runs.some(({ run }) => run.given));
  const byKey = new Map(present.map((arm) => [arm.key, arm]));
  const planned = simple.filter(({ arm, reference }) => byKey.has(arm) && byKey.has(reference));
  const separated = new Set(planned.flatMap(({ factor, level, against }) => [pairName(factor, level, against), pairName(factor, against, level)]));
  const found: Confound[] = [];
  for (const { arm, reference } of planned) {
    const confound = confoundOf(byKey.get(reference)!, byKey.get(arm)!, factors, arms, seeds);
    if (confound.causes.length > 1 || confound.environment.length > 0) found.push(confound);
  }
  for (const [i, first] of present.entries()) {
    for (const second of present.slice(i + 1)) {
      const fields = differingFields(first.levels, second.levels);
      const apart = fields.every((field) => separated.has(pairName(field, first.levels[field], second.levels[field])));
      if (fields.length > 1 && !apart) found.push(confoundOf(first, second, factors, arms, seeds));
      if (found.length >= most) return found;
    }
  }
  return found;
}

const pairName = (field: string, a: Levels[string] | undefined, b: Levels[string] | undefined) => `${field} ${levelText(a ?? null)} ${levelText(b ?? null)}`;

function confoundOf(first: CountedArm, second: CountedArm, factors: readonly ComparedFactor[], arms: readonly CountedArm[], seeds: readonly number[]): Confound {
  const [a, b] = [knownFields(speakers(first)[0]!), knownFields(speakers(second)[0]!)];
  const causes = [...new Set([...differingFields(first.levels, second.levels), ...differingCauses(a, b, factors)])];
  const environment = differingEnvironment(first, second, factors);
  const follows = Object.keys(a).filter((field) => field in b && roleAmong(field, factors) === 'follows' && !sameLevel(a[field], b[field]));
  return {
    arms: [first.key, second.key], causes, environment, follows,
    offered: causes.length > 1 ? separatingArms(first, second, causes, [a, b], arms, seeds) : sameSurroundings(second, seeds),
  };
}

/** Surroundings that differ between runs of one seed, or, where no seed is common, between the arms as wholes. */
function differingEnvironment(first: CountedArm, second: CountedArm, factors: readonly ComparedFactor[]): string[] {
  const pairs = first.counted.flatMap(({ seed, run }) => second.counted.filter((other) => other.seed === seed).map((other): [JudgedRun, JudgedRun] => [run, other.run]));
  const texts = (runs: readonly JudgedRun[], field: string) => levelText([...new Set(runs.map((run) => levelText(knownFields(run)[field] ?? null)))].sort());
  const sides = pairs.length > 0 ? pairs.map(([a, b]): [JudgedRun[], JudgedRun[]] => [[a], [b]]) : [[first.counted.map(({ run }) => run), second.counted.map(({ run }) => run)] as const];
  const fields = [...new Set([...first.counted, ...second.counted].flatMap(({ run }) => Object.keys(knownFields(run))))];
  return fields.filter((field) => roleAmong(field, factors) === 'environment' && sides.some(([a, b]) => a.length > 0 && b.length > 0 && texts(a, field) !== texts(b, field)));
}

/** The arms that tell the causes apart: every combination of the two arms' levels; of more than three causes, each alone changed. Those that lack seeds. */
function separatingArms(
  first: CountedArm, second: CountedArm, causes: readonly string[], fields: readonly [Levels, Levels], arms: readonly CountedArm[], seeds: readonly number[],
): Confound['offered'] {
  const value = (side: 0 | 1, field: string) => [first, second][side]!.levels[field] ?? fields[side][field] ?? null;
  const combinations = causes.length > 3
    ? [[], ...causes.map((cause) => [cause])]
    : causes.reduce<string[][]>((done, cause) => done.flatMap((some) => [some, [...some, cause]]), [[]]);
  const wanted = atLeast([...seeds, ...first.counted.map(({ seed }) => seed), ...second.counted.map(({ seed }) => seed)]);
  return combinations.map((changed) => {
    const levels: Levels = { ...first.levels, ...Object.fromEntries(causes.map((cause) => [cause, value(changed.includes(cause) ? 1 : 0, cause)])) };
    const standing = [first, second, ...arms].find((arm) => arm.counted.length > 0 && sameLevels({ ...levels, ...arm.levels }, levels) && arm.counted.every(({ run }) =>
      causes.every((cause) => arm.levels[cause] !== undefined || sameLevel(knownFields(run)[cause], levels[cause]))));
    const there = new Set(standing?.counted.map(({ seed }) => seed));
    return { levels, exists: standing !== undefined, missingSeeds: wanted.filter((seed) => !there.has(seed)) };
  }).filter(({ missingSeeds }) => missingSeeds.length > 0);
}

/** The second arm again, in the first one's surroundings. */
const sameSurroundings = (second: CountedArm, seeds: readonly number[]): Confound['offered'] =>
  [{ levels: second.levels, exists: true, missingSeeds: second.counted.length > 0 ? second.counted.map(({ seed }) => seed) : [...seeds] }];

/** These seeds, and further small ones until there are three. */
function atLeast(seeds: readonly number[]): number[] {
  const all = new Set(seeds);
  for (let seed = 1; all.size < fewestSeeds; seed++) all.add(seed);
  return [...all].sort((a, b) => a - b);
}
