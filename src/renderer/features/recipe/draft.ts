import type { Json } from '../../../core/config/experimentSchema';
import { getAt, withField } from '../../../core/design/withField';
import { defaultRunConfig, runConfigSchema, type RunConfig, type ScheduleConfig } from '../../../core/config/run';
import { parseWith, type ConfigProblem, type Parsed } from '../../../core/config/problems';

/** A config being written: the shape of a run config, but a field may hold what a person typed (text, or null when empty). */
export type Draft = Readonly<Record<string, unknown>>;

export const draftOf = (config: RunConfig): Draft => JSON.parse(JSON.stringify(config)) as Draft;
export const newDraft = (): Draft => draftOf(defaultRunConfig());
export const checkDraft = (draft: unknown): Parsed<RunConfig> => parseWith(runConfigSchema, draft);

/** The problem of one field, by its path; a field inside it counts too. */
export const problemAt = (problems: readonly ConfigProblem[], path: string): ConfigProblem | undefined =>
  problems.find((problem) => problem.path === path || problem.path.startsWith(`${path}.`));

/** The draft with one field replaced; nothing is changed in place. A draft is JSON, if not yet a config. */
export const withValue = (draft: Draft, path: string, value: unknown): Draft => withField(draft as Record<string, Json>, [path, value as Json]);

const optimizerDefaults = (kind: RunConfig['optimizer']['kind']): RunConfig['optimizer'] =>
  runConfigSchema.parse({ optimizer: { kind } }).optimizer;

/** Another optimizer starts from its own defaults; a weight decay that was typed is kept. */
export function withOptimizer(draft: Draft, kind: RunConfig['optimizer']['kind']): Draft {
  return { ...draft, optimizer: { ...optimizerDefaults(kind), weightDecay: getAt(draft, 'optimizer.weightDecay') } };
}

/** Another kind of schedule starts from its usual values for a run of this length; peak and warm-up that were typed are kept. */
export function withSchedule(draft: Draft, kind: ScheduleConfig['kind']): Draft {
  const epochs = Math.max(2, Number(getAt(draft, 'epochs')) || 0);
  const own = {
    ...(kind === 'step' && { everyEpochs: Math.max(1, Math.round(epochs / 3)) }),
    // Half and three quarters of the way, as the residual networks were trained.
    ...(kind === 'multi-step' && { milestones: [epochs / 2, (epochs * 3) / 4] }),
  };
  const usual = runConfigSchema.shape.schedule.parse({ kind, ...own });
  const kept = Object.fromEntries(['learningRate', 'warmupEpochs'].filter((key) => key in usual).map((key) => [key, getAt(draft, `schedule.${key}`) ?? usual[key as keyof typeof usual]]));
  return { ...draft, schedule: { ...usual, ...kept } };
}

/** Epochs as typed, "60, 120"; the text itself where it is none, for the schema to refuse. */
export function milestonesOf(text: string): readonly number[] | string {
  const numbers = text.normalize('NFKC').split(/[,、\s]+/).filter((part) => part !== '').map(Number);
  return numbers.length > 0 && numbers.every(Number.isFinite) ? numbers : text;
}
