import type { AuditProgress, DatasetAudit, ExcludeList, LabelAudit, LabelMark, SplitLeaks } from '../../core/audit/types';
import type { RunConfigInput } from '../../core/config/run';

/** A mark, and null to take it back. */
type LabelMarkChange = LabelMark | null;

export interface AuditCalls {
  /** What was found and kept; null where no audit was made. Its `method.near` is null where only exact duplicates were looked for. */
  'audit.get': { args: [datasetId: string, revision: string]; value: DatasetAudit | null };
  /** Audits in a process of its own and keeps the result; progress is pushed. One at a time; cancelled, it answers `tool-cancelled`. */
  'audit.start': { args: [datasetId: string, revision: string]; value: DatasetAudit };
  'audit.cancel': { args: []; value: null };
  /** Twins between the splits that a run of this config would have. */
  'audit.leaks': { args: [config: RunConfigInput]; value: SplitLeaks };
  /** Likely label errors from a run's kept predictions on its validation images; null where none are kept (`predictions.compute` makes them). */
  'audit.labels': { args: [runId: string]; value: LabelAudit | null };
  /** What was said of images of a revision, by index. */
  'audit.marks': { args: [datasetId: string, revision: string]; value: Readonly<Record<number, LabelMark>> };
  'audit.mark': { args: [datasetId: string, revision: string, index: number, mark: LabelMarkChange]; value: Readonly<Record<number, LabelMark>> };

  /** By name. */
  'exclude.list': { args: [datasetId: string, revision: string]; value: readonly ExcludeList[] };
  /** Indices, ascending. @param sha256 of a list, also of one whose name now stands for another */
  'exclude.images': { args: [datasetId: string, revision: string, sha256: string]; value: readonly number[] };
  /** Writes a list; one of the same name is replaced (runs keep the one they saw). Undo is to save the former images, or to remove the name. */
  'exclude.save': { args: [datasetId: string, revision: string, name: string, indices: readonly number[]]; value: ExcludeList };
  /** Images that a run has to train on, before `trainImages` takes a part of them: neither validated on nor left out. */
  'exclude.trainingImages': { args: [data: RunConfigInput['data']]; value: number };
  /** Takes the name away; the images stay for the runs that saw them. */
  'exclude.remove': { args: [datasetId: string, revision: string, name: string]; value: null };
}

export interface AuditPushes {
  'audit.progress': { readonly datasetId: string; readonly revision: string; readonly progress: AuditProgress };
}
