import type { ExperimentPlan, ExperimentRecord, ListedExperiment } from '../../contracts/calls/experiments';
import { CultivarError } from '../../contracts/errors';
import type { Machine } from '../../contracts/machine';
import type { ExperimentSummary, QueueState } from '../../contracts/runs';
import type { ExperimentConfigInput } from '../../core/config/experiment';
import { quickstart } from '../../core/config/quickstart';
import { studentComparison } from '../../core/config/studentComparison';
import type { RunConfigInput } from '../../core/config/run';
import { extendExperiment } from '../../data/experiments/extend';
import { advanceExperiment, planOf, type Advance } from '../../data/experiments/fill';
import { ExperimentList, progressOf } from '../../data/experiments/list';
import { planExperiment } from '../../data/experiments/plan';
import { startExperiment } from '../../data/experiments/start';
import { runsToDo } from '../../data/experiments/unfinished';
import { compareExperiment } from '../../library/comparisons';
import { deleteExperiment, restoreExperiment } from '../../library/experimentBin';
import { changeExperiment, listExperimentIds, readExperiment, type ExperimentManifest } from '../../library/experiments';
import { experimentFolder } from '../../library/paths';
import { readRun } from '../../library/runs';
import { freeBytes } from '../../system/storage';
import type { ExperimentEnd } from '../attention';
import { withSpareCore } from '../runs/spareCore';

interface ExperimentQueue {
  readonly state: QueueState;
  enqueue(runIds: readonly string[]): Promise<void>;
  stop(runId: string): Promise<void>;
  resume(runId: string): Promise<void>;
}

export interface ExperimentHost {
  readonly libraryDir: string;
  /** Of the program. */
  readonly version: string;
  readonly queue: ExperimentQueue;
  readonly machine: () => Promise<Machine | null>;
  readonly leaveOneCore: () => boolean;
  /** An experiment, or a run of it, has changed. */
  readonly changed: (experimentId: string) => void;
}

/** What the window's calls do with experiments, and what decides their next runs as results come. */
export class ExperimentService {
  /** Experiments by run, as far as they were looked at. */
  private readonly holders = new Map<string, Set<string>>();

  /** Told as over; until one of their runs waits or trains again. */
  private readonly over = new Set<string>();

  private readonly listed: ExperimentList;

  constructor(private readonly host: ExperimentHost) {
    this.listed = new ExperimentList(host.libraryDir, host.version);
  }

  /** @throws CultivarError config-invalid, naming every field; dataset-unknown */
  async plan(document: ExperimentConfigInput): Promise<ExperimentPlan> {
    const { libraryDir, queue } = this.host;
    const { activeRunIds, waitingRunIds } = queue.state;
    return planExperiment(libraryDir, this.withSpareCore(document), { machine: await this.host.machine(), freeBytes: await freeBytes(libraryDir), ahead: activeRunIds.length + waitingRunIds.length });
  }

  /** @throws CultivarError as `startExperiment` */
  async start(document: ExperimentConfigInput): Promise<ExperimentSummary> {
    return this.enqueue(await startExperiment(this.host.libraryDir, this.withSpareCore(document), await this.host.machine()));
  }

  startQuickstart(): Promise<ExperimentSummary> {
    return this.start(quickstart);
  }

  /** The write-up's comparison, as given results; it trains nothing. One that is there already is not added again. */
  async addExample(): Promise<ExperimentSummary> {
    const { libraryDir } = this.host;
    for (const id of await listExperimentIds(libraryDir)) {
      const known = await readExperiment(libraryDir, id).catch(() => null);
      if (known && JSON.stringify(known.given) === JSON.stringify(studentComparison)) return toSummary(known);
    }
    return this.enqueue(await startExperiment(libraryDir, studentComparison, null));
  }

  list(): Promise<readonly ListedExperiment[]> {
    return this.listed.rows();
  }

  /** @throws CultivarError experiment-unknown, library-damaged */
  async record(id: string): Promise<ExperimentRecord> {
    const { libraryDir } = this.host;
    const manifest = await readExperiment(libraryDir, id);
    this.remember(manifest);
    const { createdAt, given, extensions, notes, cutShortAt } = manifest;
    return {
      summary: toSummary(manifest), config: planOf(manifest) as ExperimentConfigInput, progress: await progressOf(libraryDir, manifest), comparison: await compareExperiment(libraryDir, id),
      plans: [{ at: createdAt, given }, ...extensions], notes, cutShortAt, folder: experimentFolder(libraryDir, id),
    };
  }

  /** @throws CultivarError config-invalid where it would change what is there; as `startExperiment` */
  async extend(id: string, document: ExperimentConfigInput): Promise<ExperimentSummary> {
    const { libraryDir, queue } = this.host;
    const { cutShortAt } = await readExperiment(libraryDir, id);
    const extended = await extendExperiment(libraryDir, id, document, await this.host.machine());
    // One that was cut short goes on as a whole: what was taken out of the queue waits again, before what is new.
    if (cutShortAt !== null) for (const run of await runsToDo(libraryDir, extended.experiment)) if (run.resume) await queue.resume(run.runId);
    return this.enqueue(extended);
  }

  /** Nothing more is begun; what trains ends at a checkpoint. Runs that other experiments wait for as well are left to them. */
  async cutShort(id: string): Promise<void> {
    const { libraryDir, queue } = this.host;
    const { arms } = await changeExperiment(libraryDir, id, (manifest) => ({ ...manifest, cutShortAt: manifest.cutShortAt ?? new Date().toISOString() }));
    const others = await this.runsOfOthers(id);
    for (const runId of arms.flatMap(({ runIds }) => runIds).reverse()) if (!others.has(runId)) await queue.stop(runId);
    this.host.changed(id);
  }

  /** To the bin, with its own runs that no other experiment counts. @throws CultivarError run-locked while one of them trains */
  async remove(id: string): Promise<readonly string[]> {
    const { libraryDir, queue } = this.host;
    const { arms, name } = await readExperiment(libraryDir, id);
    const runIds = arms.flatMap((arm) => arm.runIds);
    const { activeRunIds, waitingRunIds } = queue.state;
    if (runIds.some((runId) => activeRunIds.includes(runId))) {
      throw new CultivarError({ code: 'run-locked', message: `The experiment "${name}" cannot be deleted while one of its runs trains.`, remedy: 'Cut it short first.' });
    }
    const others = await this.runsOfOthers(id);
    for (const runId of runIds) if (waitingRunIds.includes(runId) && !others.has(runId)) await queue.stop(runId);
    return deleteExperiment(libraryDir, id, others);
  }

  /** @returns its runs that came back @throws CultivarError experiment-unknown, destination-exists */
  restore(id: string): Promise<readonly string[]> {
    return restoreExperiment(this.host.libraryDir, id);
  }

  async note(id: string, text: string): Promise<void> {
    await changeExperiment(this.host.libraryDir, id, (manifest) => ({ ...manifest, notes: [...manifest.notes, { at: new Date().toISOString(), text }] }));
    this.host.changed(id);
  }

  /**
   * A run's place in a list has changed; where it has ended, its experiments may begin their next ones.
   * @returns those that await no run any more, each once until it goes on
   */
  async runChanged(runId: string, experimentId: string | null, ended: boolean): Promise<readonly ExperimentEnd[]> {
    const ids = new Set([...(this.holders.get(runId) ?? []), ...(experimentId === null ? [] : [experimentId])]);
    const over: ExperimentEnd[] = [];
    for (const id of ids) {
      if (ended) await this.advance(id);
      const end = await this.endOf(id);
      if (end === null) this.over.delete(id);
      else if (ended && !this.over.has(id)) {
        this.over.add(id);
        over.push(end);
      }
      this.host.changed(id);
    }
    return over;
  }

  /** After a start: what was decided by results, and not written when the app went away. */
  async resume(): Promise<void> {
    for (const id of await listExperimentIds(this.host.libraryDir)) await this.advance(id);
  }

  /** null while a run of it waits or trains, where it was cut short, and where it cannot be read. */
  private async endOf(id: string): Promise<ExperimentEnd | null> {
    const manifest = await readExperiment(this.host.libraryDir, id).catch(() => null);
    if (!manifest || manifest.cutShortAt !== null) return null;
    const statuses = await Promise.all(manifest.arms.flatMap(({ runIds }) => runIds).map((runId) => readRun(this.host.libraryDir, runId).then(({ status }) => status, () => null)));
    if (statuses.some((status) => status === 'queued' || status === 'running')) return null;
    const count = (wanted: (typeof statuses)[number]) => statuses.filter((status) => status === wanted).length;
    return { id, name: manifest.name, completed: count('completed'), failed: count('failed') };
  }

  private async advance(id: string): Promise<void> {
    try {
      await this.enqueue(await advanceExperiment(this.host.libraryDir, id, await this.host.machine()));
    } catch (error) {
      // Deleted or damaged meanwhile: the list tells, and the others go on.
      if (!(error instanceof CultivarError)) throw error;
      console.error(`The experiment ${id} does not go on.`, error.message);
    }
  }

  private async enqueue({ experiment, newRunIds }: Advance): Promise<ExperimentSummary> {
    this.remember(experiment);
    if (newRunIds.length > 0) await this.host.queue.enqueue(newRunIds);
    if (newRunIds.length > 0) this.host.changed(experiment.id);
    return toSummary(experiment);
  }

  private remember({ id, arms }: ExperimentManifest): void {
    for (const runId of arms.flatMap(({ runIds }) => runIds)) this.holders.set(runId, (this.holders.get(runId) ?? new Set()).add(id));
  }

  private async runsOfOthers(id: string): Promise<ReadonlySet<string>> {
    const others = (await listExperimentIds(this.host.libraryDir)).filter((other) => other !== id);
    const manifests = await Promise.all(others.map((other) => readExperiment(this.host.libraryDir, other).catch(() => null)));
    return new Set(manifests.flatMap((manifest) => manifest?.arms.flatMap(({ runIds }) => runIds) ?? []));
  }

  private withSpareCore(document: ExperimentConfigInput): ExperimentConfigInput {
    return { ...document, base: withSpareCore((document.base ?? {}) as RunConfigInput, this.host.leaveOneCore()) as ExperimentConfigInput['base'] };
  }
}

const toSummary = ({ id, name, question, createdAt, arms }: ExperimentManifest): ExperimentSummary =>
  ({ id, name, question, createdAt, arms: arms.map(({ key, levels, runIds }) => ({ key, levels, runIds })) });
