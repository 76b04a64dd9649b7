import type { ExperimentProgress, ListedExperiment } from '../../contracts/calls/experiments';
import { toErrorData } from '../../contracts/errors';
import { nextRuns, plannedRunCount } from '../../core/design/nextRuns';
import type { Comparison } from '../../core/judgement/comparison';
import { compareExperiments } from '../../library/comparisons';
import { ExperimentIndex } from '../../library/experimentIndex';
import { listExperimentIds, readExperiment, type ExperimentManifest } from '../../library/experiments';
import type { RunManifest } from '../../library/runManifest';
import { listRuns } from '../../library/runs';
import { planOf } from './fill';
import { heldRuns } from './held';

type Runs = ReadonlyMap<string, RunManifest>;

/** Lists a library's experiments, and keeps what it found for the next time. */
export class ExperimentList {
  private readonly index: ExperimentIndex;

  /** @param version of the program: another one may judge otherwise */
  constructor(private readonly library: string, version: string) {
    this.index = new ExperimentIndex(library, version);
  }

  /** Every experiment as the library's table shows it, newest first. One that cannot be read says why and hides no other. */
  async rows(): Promise<ListedExperiment[]> {
    const [ids, runs] = [await listExperimentIds(this.library), await runsById(this.library)];
    const read = await Promise.all(ids.map(async (id) => ({ id, ...(await this.readOne(id, runs)) })));
    const judged = await compareExperiments(this.library, read.flatMap(({ id, manifest, known }) => (manifest && known === undefined ? [id] : [])));
    const rows = await Promise.all(read.map((one) => this.row(one, runs, judged)));
    await this.index.save(new Set(ids));
    return rows.sort((a, b) => (a.createdAt === b.createdAt ? (a.id < b.id ? -1 : 1) : a.createdAt < b.createdAt ? 1 : -1));
  }

  private async readOne(id: string, runs: Runs) {
    try {
      const manifest = await readExperiment(this.library, id);
      const mark = markOf(manifest, runs);
      return { manifest, mark, known: await this.index.get(id, mark), error: null };
    } catch (error) {
      return { manifest: null, mark: '', known: undefined, error: toErrorData(error) };
    }
  }

  private async row({ id, manifest, mark, known, error }: { id: string } & Awaited<ReturnType<ExperimentList['readOne']>>, runs: Runs, judged: ReadonlyMap<string, Comparison | Error>): Promise<ListedExperiment> {
    if (!manifest) return { id, name: id, question: '', createdAt: new Date(0).toISOString(), progress: noProgress, seeds: 0, runIds: [], comparison: null, failure: error };
    const { name, question, createdAt, arms } = manifest;
    const row = { id, name, question, createdAt, runIds: arms.flatMap(({ runIds }) => runIds) };
    try {
      const config = planOf(manifest);
      const { seeds } = config;
      const progress = await progressWith(this.library, manifest, config, runs);
      if (known !== undefined) return { ...row, seeds: seeds.length, progress, comparison: known, failure: null };
      const comparison = judged.get(id);
      if (!comparison || comparison instanceof Error) return { ...row, seeds: seeds.length, progress, comparison: null, failure: comparison ? toErrorData(comparison) : null };
      this.index.set(id, mark, shortened(comparison));
      return { ...row, seeds: seeds.length, progress, comparison: shortened(comparison), failure: null };
    } catch (problem) {
      return { ...row, seeds: 0, progress: noProgress, comparison: null, failure: toErrorData(problem) };
    }
  }
}

/** All that a listed comparison depends on. */
const markOf = (manifest: ExperimentManifest, runs: Runs): string => JSON.stringify([
  manifest.extensions.length, manifest.cutShortAt, manifest.arms.map(({ key, runIds, seeds }) => [key, seeds, runIds.map((id) => {
    const run = runs.get(id);
    return run ? [id, run.status, run.endedAt, run.summary.step, run.summary.epochsDone, run.summary.lastValidation?.accuracy] : [id];
  })]),
]);

/** Runs of an experiment by how they stand, and how many its plan asks for. @throws CultivarError config-invalid where the plan cannot be read */
export const progressOf = async (library: string, manifest: ExperimentManifest): Promise<ExperimentProgress> => progressWith(library, manifest, planOf(manifest), await runsById(library));

async function progressWith(library: string, manifest: ExperimentManifest, config: ReturnType<typeof planOf>, runs: Runs): Promise<ExperimentProgress> {
  const statuses = manifest.arms.flatMap(({ runIds }) => runIds.map((runId) => runs.get(runId)?.status ?? 'missing'));
  const count = (wanted: RunManifest['status']) => statuses.filter((status) => status === wanted).length;
  const { start, then } = nextRuns(config, await heldRuns(library, manifest, runs, config.budget.maxMinutes !== null));
  const planned = manifest.cutShortAt !== null ? statuses.length : then === 'waiting' ? plannedRunCount(config) : statuses.length + start.length;
  return { completed: count('completed'), failed: count('failed'), running: count('running'), waiting: count('queued'), planned };
}

const noProgress: ExperimentProgress = { completed: 0, failed: 0, running: 0, waiting: 0, planned: 0 };

const runsById = async (library: string): Promise<Runs> => new Map((await listRuns(library)).flatMap((run): [string, RunManifest][] => (run.state === 'readable' ? [[run.id, run.manifest]] : [])));

/** Without curves: a thousand rows stay small. */
const shortened = ({ answer, arms, contrasts, factors, marginPoints }: Comparison): ListedExperiment['comparison'] =>
  ({ answer, arms: arms.map((arm) => ({ ...arm, curve: [] })), contrasts, factors, marginPoints });
