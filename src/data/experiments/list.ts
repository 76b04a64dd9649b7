import type { ExperimentProgress, ListedExperiment } from '../../contracts/calls/experiments';
import { toErrorData } from '../../contracts/errors';
import { nextRuns, plannedRunCount } from '../../core/design/nextRuns';
import type { Comparison } from '../../core/judgement/comparison';
import { compareExperiments } from '../../library/comparisons';
import { listExperimentIds, readExperiment, type ExperimentManifest } from '../../library/experiments';
import type { RunManifest } from '../../library/runManifest';
import { listRuns } from '../../library/runs';
import { planOf } from './fill';
import { heldRuns } from './held';

type Runs = ReadonlyMap<string, RunManifest>;

/** Every experiment as the library's table shows it, newest first. One that cannot be read says why and hides no other. */
export async function listExperiments(library: string): Promise<ListedExperiment[]> {
  const ids = await listExperimentIds(library);
  const runs = await runsById(library);
  const comparisons = await compareExperiments(library, ids);
  const rows = await Promise.all(ids.map(async (id): Promise<ListedExperiment> => {
    try {
      const manifest = await readExperiment(library, id);
      const comparison = comparisons.get(id);
      return {
        id, name: manifest.name, question: manifest.question, createdAt: manifest.createdAt, progress: await progressWith(library, manifest, runs), seeds: planOf(manifest).seeds.length,
        runIds: manifest.arms.flatMap(({ runIds }) => runIds),
        comparison: comparison && 'answer' in comparison ? shortened(comparison) : null, failure: comparison instanceof Error ? toErrorData(comparison) : null,
      };
    } catch (error) {
      return { id, name: id, question: '', createdAt: new Date(0).toISOString(), progress: noProgress, seeds: 0, runIds: [], comparison: null, failure: toErrorData(error) };
    }
  }));
  return rows.sort((a, b) => (a.createdAt === b.createdAt ? (a.id < b.id ? -1 : 1) : a.createdAt < b.createdAt ? 1 : -1));
}

/** Runs of an experiment by how they stand, and how many its plan asks for. @throws CultivarError config-invalid where the plan cannot be read */
export const progressOf = async (library: string, manifest: ExperimentManifest): Promise<ExperimentProgress> => progressWith(library, manifest, await runsById(library));

async function progressWith(library: string, manifest: ExperimentManifest, runs: Runs): Promise<ExperimentProgress> {
  const config = planOf(manifest);
  const statuses = manifest.arms.flatMap(({ runIds }) => runIds.map((runId) => runs.get(runId)?.status ?? 'missing'));
  const count = (...wanted: readonly string[]) => statuses.filter((status) => wanted.includes(status)).length;
  const { start, then } = nextRuns(config, await heldRuns(library, manifest, runs, config.budget.maxMinutes !== null));
  const planned = manifest.cutShortAt !== null ? statuses.length : then === 'waiting' ? plannedRunCount(config) : statuses.length + start.length;
  return { completed: count('completed'), failed: count('failed'), running: count('running'), waiting: count('queued'), planned };
}

const noProgress: ExperimentProgress = { completed: 0, failed: 0, running: 0, waiting: 0, planned: 0 };

const runsById = async (library: string): Promise<Runs> => new Map((await listRuns(library)).flatMap((run): [string, RunManifest][] => (run.state === 'readable' ? [[run.id, run.manifest]] : [])));

/** Without curves: a thousand rows stay small. */
const shortened = ({ answer, arms, contrasts, factors, marginPoints }: Comparison): ListedExperiment['comparison'] =>
  ({ answer, arms: arms.map((arm) => ({ ...arm, curve: [] })), contrasts, factors, marginPoints });
