import { CultivarError } from '../../contracts/errors';
import { isItsOwn } from '../../contracts/failures';
import type { Machine } from '../../contracts/machine';
import { changeExperiment, currentPlan, listExperimentIds, readExperiment, type ExperimentManifest } from '../../library/experiments';
import { readRun } from '../../library/runs';
import { readDatasetManifest } from '../openDataset';
import { advanceExperiment, type Advance } from './fill';

export interface Unfinished {
  readonly advance: Advance;
  /** Runs that are still to be trained. */
  readonly todo: number;
  /** Every run has ended: asking again changes nothing. */
  readonly complete: boolean;
}

/**
 * The newest experiment of the very same file on the data as they are now, taken one step on; null where there is none. What cannot be
 * read, or of which a run was deleted, cannot be gone on with: it is told and stands in nobody's way.
 */
export async function unfinishedExperiment(library: string, document: unknown, machine: Machine | null, passedOver: (message: string) => void): Promise<Unfinished | null> {
  const given = JSON.stringify(document);
  const unlessDamaged = async <T>(read: () => Promise<T>): Promise<T | null> => read().catch((error: unknown) => {
    if (!(error instanceof CultivarError) || !['library-damaged', 'experiment-unknown', 'run-damaged', 'run-unknown'].includes(error.code)) throw error;
    passedOver(error.message);
    return null;
  });
  const all = await Promise.all((await listExperimentIds(library)).map((id) => unlessDamaged(() => readExperiment(library, id))));
  const same = all.filter((experiment) => experiment !== null).filter((experiment) => JSON.stringify(currentPlan(experiment)) === given);
  for (const { id } of same.sort((a, b) => (a.createdAt < b.createdAt ? 1 : -1))) {
    const found = await unlessDamaged(async () => {
      if (!(await onCurrentData(library, await readExperiment(library, id)))) return null;
      await changeExperiment(library, id, (manifest) => (manifest.cutShortAt === null ? null : { ...manifest, cutShortAt: null }));
      const advance = await advanceExperiment(library, id, machine);
      const todo = (await runsToDo(library, advance.experiment)).length;
      return { advance, todo, complete: todo === 0 };
    });
    if (found) return found;
  }
  return null;
}

async function onCurrentData(library: string, { arms }: ExperimentManifest): Promise<boolean> {
  const revisions = new Map<string, string>();
  for (const runId of arms.flatMap(({ runIds }) => runIds)) {
    const { dataset } = await readRun(library, runId);
    const now = revisions.get(dataset.id) ?? (await readDatasetManifest(library, dataset.id)).revision;
    revisions.set(dataset.id, now);
    if (now !== dataset.revision) return false;
  }
  return true;
}

/** Runs that have not ended for good, seed by seed: only a reason of their own would come again; a full disk may have room by now. */
export async function runsToDo(library: string, { arms }: ExperimentManifest): Promise<{ runId: string; resume: boolean }[]> {
  const todo: { runId: string; resume: boolean }[] = [];
  const most = Math.max(0, ...arms.map(({ runIds }) => runIds.length));
  const seedBySeed = Array.from({ length: most }, (_, i) => arms.flatMap(({ runIds }) => runIds[i] ?? [])).flat();
  for (const runId of new Set(seedBySeed)) {
    const { status, failure } = await readRun(library, runId);
    if (status === 'queued') todo.push({ runId, resume: false });
    else if (status === 'stopped' || status === 'interrupted' || (status === 'failed' && !isItsOwn(failure?.code ?? ''))) todo.push({ runId, resume: true });
  }
  return todo;
}
