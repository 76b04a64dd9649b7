import { defaultRunConfig, runConfigSchema, type RunConfig } from '../../../core/config/run';
import { parseWith, type ConfigProblem, type Parsed } from '../../../core/config/problems';

/** A config being written: the shape of a run config, but a field may hold what a person typed (text, or null when empty). */
export type Draft = Readonly<Record<string, unknown>>;

export const draftOf = (config: RunConfig): Draft => JSON.parse(JSON.stringify(config)) as Draft;
export const newDraft = (): Draft => draftOf(defaultRunConfig());
export const checkDraft = (draft: unknown): Parsed<RunConfig> => parseWith(runConfigSchema, draft);

/** The problem of one field, by its path; a field inside it counts too. */
export const problemAt = (problems: readonly ConfigProblem[], path: string): ConfigProblem | undefined =>
  problems.find((problem) => problem.path === path || problem.path.startsWith(`${path}.`));

export const getAt = (draft: unknown, path: string): unknown =>
  path.split('.').reduce<unknown>((node, key) => (node as Record<string, unknown> | undefined)?.[key], draft);

/** The draft with one field replaced; nothing is changed in place. */
export function withValue(draft: Draft, path: string, value: unknown): Draft {
  const replace = (node: unknown, keys: readonly string[]): unknown => {
    const [head, ...rest] = keys;
    if (head === undefined) return value;
    const record = (node ?? {}) as Record<string, unknown>;
    return { ...record, [head]: replace(record[head], rest) };
  };
  return replace(draft, path.split('.')) as Draft;
}

const optimizerDefaults = (kind: RunConfig['optimizer']['kind']): RunConfig['optimizer'] =>
  runConfigSchema.parse({ optimizer: { kind } }).optimizer;

/** Another optimizer starts from its own defaults; a weight decay that was typed is kept. */
export function withOptimizer(draft: Draft, kind: RunConfig['optimizer']['kind']): Draft {
  return { ...draft, optimizer: { ...optimizerDefaults(kind), weightDecay: getAt(draft, 'optimizer.weightDecay') } };
}
