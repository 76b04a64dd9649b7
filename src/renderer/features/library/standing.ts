import type { ListedExperiment } from '../../../contracts/calls/experiments';
import type { ListedRun } from '../../../contracts/runs';
import type { ComparedArm, Contrast } from '../../../core/judgement/comparison';

export type StateFilter = 'any' | 'answered' | 'undetermined' | 'confounded' | 'running' | 'unfinished';
export const stateFilters = ['any', 'answered', 'undetermined', 'confounded', 'running', 'unfinished'] as const satisfies readonly StateFilter[];

/** Where an experiment stands: what its plan awaits comes before what its numbers say. */
export type Standing = 'failed' | 'running' | 'interrupted' | 'answered';
export function standingOf({ failure, progress, comparison }: ListedExperiment): Standing {
  if (failure || !comparison) return 'failed';
  if (progress.running + progress.waiting > 0) return 'running';
  if (progress.planned > 0 && progress.completed + progress.failed < progress.planned) return 'interrupted';
  return 'answered';
}

const done = new Set(['better', 'worse', 'same', 'depends', 'best']);
export function experimentState(experiment: ListedExperiment): Exclude<StateFilter, 'any'> {
  const standing = standingOf(experiment);
  if (standing === 'running') return 'running';
  const kind = experiment.comparison?.answer.kind;
  if (kind === 'confounded') return 'confounded';
  if (standing !== 'answered') return 'unfinished';
  return kind !== undefined && done.has(kind) ? 'answered' : 'undetermined';
}
export const runState = (run: ListedRun): Exclude<StateFilter, 'any'> => (run.status === 'running' || run.status === 'queued' ? 'running' : run.status === 'completed' ? 'answered' : 'unfinished');

/** The arm with the highest mean; reported, never judged by it. */
export const bestArm = (experiment: ListedExperiment): ComparedArm | null =>
  (experiment.comparison?.arms ?? []).reduce<ComparedArm | null>((best, arm) => (arm.validation.mean !== null && (best?.validation.mean ?? -1) < arm.validation.mean ? arm : best), null);

/** The difference that the question asks about: the answer's first, else the first that was measured. */
export function leadContrast({ comparison }: ListedExperiment): Contrast | null {
  if (!comparison) return null;
  const { answer, contrasts } = comparison;
  const ids = 'contrasts' in answer ? answer.contrasts : [];
  return ids.map((own) => contrasts.find(({ id }) => id === own)).find((one) => one !== undefined && one.differencePoints !== null) ?? contrasts.find(({ differencePoints }) => differencePoints !== null) ?? null;
}
