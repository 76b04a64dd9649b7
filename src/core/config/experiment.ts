import { z } from 'zod';
import { parseWith, type ConfigProblem, type Parsed } from './problems';
import { runConfigSchema, type RunConfig } from './run';

type Json = string | number | boolean | null | { [key: string]: Json } | Json[];
const json: z.ZodType<Json> = z.json() as z.ZodType<Json>;

/** Factors × seeds over a base config. */
const experimentSchema = z.strictObject({
  schemaVersion: z.literal(1).default(1),
  name: z.string().trim().min(1).max(200),
  /** The question in a person's words. */
  question: z.string().trim().max(500).default(''),
  /** A run config; what is left out takes its default. `seed` is set by `seeds`. */
  base: z.record(z.string(), json).default({}),
  factors: z
    .array(z.strictObject({ field: z.string().min(1), levels: z.array(json).min(2).max(64) }))
    .min(1)
    .max(6),
  /** `full-factorial`: every combination. `one-at-a-time`: the first levels, and each other level on its own. */
  design: z.enum(['full-factorial', 'one-at-a-time']).default('full-factorial'),
  seeds: z.array(z.int().min(0)).min(1).max(100),
  /** Differences inside ± this many points do not matter. */
  marginPoints: z.number().min(0).max(100).default(0.5),
});

export type ExperimentConfig = z.output<typeof experimentSchema>;
export type ExperimentConfigInput = z.input<typeof experimentSchema>;

/** One combination of levels, with its run configs in the order of the experiment's seeds. */
export interface Arm {
  readonly key: string;
  readonly levels: Readonly<Record<string, Json>>;
  readonly runs: readonly RunConfig[];
}

/** Checks an experiment file and expands it. A level that no run config may hold is a problem named by its field. */
export function parseExperiment(document: unknown): Parsed<{ config: ExperimentConfig; arms: readonly Arm[] }> {
  const parsed = parseWith(experimentSchema, document);
  if (!parsed.ok) return parsed;
  const config = parsed.value;
  const problems: ConfigProblem[] = [];
  const fields = config.factors.map((factor) => factor.field);
  for (const field of fields) {
    if (fields.indexOf(field) !== fields.lastIndexOf(field)) problems.push({ path: 'factors', message: `${field} is given twice` });
    if (field === 'seed') problems.push({ path: 'factors', message: 'seed is no factor: list seeds under "seeds"' });
  }
  if (new Set(config.seeds).size < config.seeds.length) problems.push({ path: 'seeds', message: 'a seed is given twice' });
  const arms = combinations(config).map((levels) => {
    const runs = config.seeds.flatMap((seed) => {
      const document = Object.entries({ ...levels, seed }).reduce(withField, structuredCopy(config.base));
      const run = parseWith(runConfigSchema, document);
      if (run.ok) return [{ ...run.value, name: `${config.name}, ${armName(levels)}, seed ${seed}`.slice(0, 200) }];
      problems.push(...run.problems);
      return [];
    });
    return { key: armName(levels), levels, runs };
  });
  if (problems.length > 0) return { ok: false, problems: distinct(problems) };
  return { ok: true, value: { config, arms } };
}

function combinations({ factors, design }: ExperimentConfig): Record<string, Json>[] {
  if (design === 'full-factorial') {
    return factors.reduce<Record<string, Json>[]>(
      (done, { field, levels }) => done.flatMap((arm) => levels.map((level) => ({ ...arm, [field]: level }))), [{}]);
  }
  const reference = Object.fromEntries(factors.map(({ field, levels }) => [field, levels[0]]));
  return [reference, ...factors.flatMap(({ field, levels }) => levels.slice(1).map((level) => ({ ...reference, [field]: level })))];
}

/** `epochs 5, augmentation none`: stable, since arms are found by it. */
const armName = (levels: Record<string, Json>) =>
  Object.entries(levels).map(([field, level]) => `${field} ${typeof level === 'string' ? level : JSON.stringify(level)}`).join(', ');

function withField(document: Record<string, Json>, [field, value]: [string, Json]): Record<string, Json> {
  const [head, ...rest] = field.split('.');
  if (rest.length === 0) return { ...document, [head]: value };
  const inner = document[head];
  const node = typeof inner === 'object' && inner !== null && !Array.isArray(inner) ? inner : {};
  return { ...document, [head]: withField(node, [rest.join('.'), value]) };
}

const structuredCopy = (value: Record<string, Json>) => JSON.parse(JSON.stringify(value)) as Record<string, Json>;

const distinct = (problems: ConfigProblem[]) =>
  problems.filter(({ path, message }, i) => problems.findIndex((other) => other.path === path && other.message === message) === i);
