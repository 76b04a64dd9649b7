import { armCount, plannedArms, type PlannedArm } from '../design/arms';
import { withField } from '../design/withField';
import { designProblems } from './experimentProblems';
import { experimentSchema, type ExperimentConfig } from './experimentSchema';
import { parseWith, type ConfigProblem, type Parsed } from './problems';
import { runConfigSchema, type RunConfig } from './run';

export type { ExperimentConfig, ExperimentConfigInput } from './experimentSchema';

/** One combination of levels, with its run configs in the order of the experiment's seeds. */
export interface Arm extends PlannedArm {
  readonly runs: readonly RunConfig[];
}

const mostArms = 1000;
const mostRuns = 10_000;

/** Checks an experiment file and expands it. A level that no run config may hold is a problem named by its field. */
export function parseExperiment(document: unknown): Parsed<{ config: ExperimentConfig; arms: readonly Arm[] }> {
  const parsed = parseWith(experimentSchema, document);
  if (!parsed.ok) return parsed;
  const config = parsed.value;
  const problems = designProblems(config);
  const count = armCount(config);
  if (count > mostArms) problems.push({ path: config.search ? 'search' : 'factors', message: `make ${count} arms; ${mostArms} are allowed` });
  else if (count * config.seeds.length > mostRuns) problems.push({ path: 'seeds', message: `make ${count * config.seeds.length} runs with ${count} arms; ${mostRuns} are allowed` });
  if (problems.length > 0) return { ok: false, problems };
  const arms = plannedArms(config).map((arm) => {
    // Levels of an experiment of given results are checked all the same: the runs that it lacks are offered.
    const runs = (config.seeds.length > 0 ? config.seeds : [1]).flatMap((seed) => {
      const run = runConfigOf(config, arm, seed);
      if (run.ok) return [run.value];
      problems.push(...run.problems);
      return [];
    });
    return { ...arm, runs: config.seeds.length > 0 ? runs : [] };
  });
  if (problems.length > 0) return { ok: false, problems: distinct(problems) };
  return { ok: true, value: { config, arms } };
}

/** The config of one arm with one seed. */
export function runConfigOf(config: Pick<ExperimentConfig, 'name' | 'base'>, { key, levels }: PlannedArm, seed: number): Parsed<RunConfig> {
  const document = Object.entries({ ...levels, seed }).reduce(withField, config.base);
  const run = parseWith(runConfigSchema, document);
  return run.ok ? { ok: true, value: { ...run.value, name: `${config.name}, ${key}, seed ${seed}`.slice(0, 200) } } : run;
}

const distinct = (problems: ConfigProblem[]) =>
  problems.filter(({ path, message }, i) => problems.findIndex((other) => other.path === path && other.message === message) === i);
