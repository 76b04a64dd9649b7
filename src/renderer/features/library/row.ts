import type { ListedExperiment } from '../../../contracts/calls/experiments';
import type { ListedRun, RunSummary } from '../../../contracts/runs';
import type { ComparedArm } from '../../../core/judgement/comparison';

export type Row =
  | { readonly kind: 'experiment'; readonly key: string; readonly experiment: ListedExperiment }
  | { readonly kind: 'arm'; readonly key: string; readonly experiment: ListedExperiment; readonly arm: ComparedArm }
  | { readonly kind: 'run'; readonly key: string; readonly run: ListedRun; readonly depth: 0 | 1 | 2 }
  | { readonly kind: 'group'; readonly key: string; readonly value: unknown; readonly runs: readonly RunSummary[] }
  | { readonly kind: 'seeds'; readonly key: string; readonly runs: readonly RunSummary[]; readonly depth: 0 | 1 };

/** The runs that a row stands for, for comparing them. */
export const runIdsOfRow = (row: Row): readonly string[] => {
  switch (row.kind) {
    case 'experiment': return row.experiment.runIds;
    case 'arm': return row.arm.runs.flatMap((run) => (run.runId === null ? [] : [run.runId]));
    case 'run': return row.run.status === 'damaged' ? [] : [row.run.id];
    case 'group': case 'seeds': return row.runs.map((run) => run.id);
  }
};
