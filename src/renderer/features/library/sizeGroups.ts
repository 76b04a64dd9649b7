import type { RunSize } from '../../../contracts/calls/bin';
import type { ListedExperiment } from '../../../contracts/calls/experiments';
import type { Levels } from '../../../core/judgement/comparison';

export interface SizedRun {
  readonly size: RunSize;
  /** What tells it from the other runs of its experiment; null where that is unknown or it has none. */
  readonly differs: { readonly levels: Levels; readonly seed: number | null } | null;
}

/** What the runs of an experiment take of the disk, or those of none. */
export interface SizeGroup {
  readonly experiment: ListedExperiment | null;
  readonly runs: readonly SizedRun[];
  readonly weightsBytes: number;
  readonly recordBytes: number;
}

/** Runs under their experiments, largest first, both. A run of several counts once, with the first. */
export function sizeGroups(sizes: readonly RunSize[], experiments: readonly ListedExperiment[]): SizeGroup[] {
  const owner = new Map<string, ListedExperiment>();
  for (const experiment of experiments) for (const id of experiment.runIds) if (!owner.has(id)) owner.set(id, experiment);
  const groups = new Map<ListedExperiment | null, RunSize[]>();
  for (const size of sizes) {
    const experiment = owner.get(size.id) ?? null;
    groups.set(experiment, [...(groups.get(experiment) ?? []), size]);
  }
  return [...groups].map(([experiment, members]): SizeGroup => {
    const differs = new Map((experiment?.comparison?.arms ?? []).flatMap(({ levels, runs }) => runs.flatMap(({ runId, seed }) => (runId === null ? [] : [[runId, { levels, seed }] as const]))));
    const total = (of: 'weightsBytes' | 'recordBytes') => members.reduce((sum, size) => sum + size[of], 0);
    return { experiment, runs: members.map((size) => ({ size, differs: differs.get(size.id) ?? null })), weightsBytes: total('weightsBytes'), recordBytes: total('recordBytes') };
  }).sort((a, b) => b.weightsBytes + b.recordBytes - a.weightsBytes - a.recordBytes);
}

/** The first `count` runs, with the groups that they stand in. */
export function firstRuns(groups: readonly SizeGroup[], count: number): SizeGroup[] {
  const before = groups.map((_, i) => groups.slice(0, i).reduce((sum, { runs }) => sum + runs.length, 0));
  return groups.flatMap((group, i) => (before[i]! < count ? [{ ...group, runs: group.runs.slice(0, count - before[i]!) }] : []));
}
