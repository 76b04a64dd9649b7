import { cpus } from 'node:os';
import type { RateEstimate } from '../../contracts/ipc';
import type { ExperimentSummary, FirstBatch, QueueState, RunRecord, RunSummary } from '../../contracts/runs';
import { quickstart } from '../../core/config/quickstart';
import type { RunConfigInput } from '../../core/config/run';
import { checkedRunConfig, newExperiment, newRun } from '../../data/newRuns';
import { readDatasetManifest } from '../../data/openDataset';
import { deleteRun, restoreRun } from '../../library/bin';
import { exportWeights, readFirstBatch } from '../../library/checkpoints';
import { readEvents } from '../../library/events';
import type { ExperimentManifest } from '../../library/experiments';
import { runFolder } from '../../library/paths';
import { readRun } from '../../library/runs';
import { listRunSummaries, toRunSummary } from '../../library/runSummaries';
import { estimateRate } from './estimate';

/** What the service needs of the host's queue. */
export interface RunQueue {
  readonly state: QueueState;
  enqueue(runIds: readonly string[]): Promise<void>;
}

/** What the window's calls do with runs: the library on one side, the host's queue on the other. */
export class RunService {
  private readonly written = new Set<string>();

  constructor(
    private readonly libraryDir: string,
    private readonly queue: RunQueue,
    /** Leave a core to the person at the machine. */
    private readonly leaveOneCore: () => boolean,
  ) {}

  /** @throws CultivarError run-unknown, run-damaged */
  async record(runId: string): Promise<RunRecord> {
    const manifest = await readRun(this.libraryDir, runId);
    const { events, torn } = await readEvents(this.libraryDir, runId);
    return { summary: await toRunSummary(this.libraryDir, manifest), events, tornBytes: torn?.bytes ?? null, folder: runFolder(this.libraryDir, runId) };
  }

  /** @throws CultivarError config-invalid, naming every field; dataset-unknown; a storage error */
  async start(given: RunConfigInput): Promise<RunSummary> {
    const manifest = await newRun(this.libraryDir, this.withSpareCore(given));
    const summary = await toRunSummary(this.libraryDir, manifest);
    await this.queue.enqueue([manifest.id]);
    return summary;
  }

  async startQuickstart(): Promise<ExperimentSummary> {
    const base = this.withSpareCore((quickstart.base ?? {}) as RunConfigInput);
    const { experiment, runIds } = await newExperiment(this.libraryDir, { ...quickstart, base });
    await this.queue.enqueue(runIds);
    return toExperimentSummary(experiment);
  }

  /** The batch of step 1 as it was fed; null before it. */
  async firstBatch(runId: string): Promise<FirstBatch | null> {
    const batch = await readFirstBatch(this.libraryDir, runId);
    if (!batch) return null;
    const { dataset } = await readRun(this.libraryDir, runId);
    const { classes } = await readDatasetManifest(this.libraryDir, dataset.id);
    return { ...batch, count: batch.labels.length, classes };
  }

  /** @throws CultivarError checkpoint-damaged, or a storage error */
  async saveWeights(runId: string, path: string): Promise<{ path: string; bytes: number }> {
    const { bytes } = await exportWeights(this.libraryDir, runId, path);
    this.written.add(path);
    return { path, bytes };
  }

  /** Whether this app has written a file, outside of the library, in this sitting. */
  wrote(path: string): boolean {
    return this.written.has(path);
  }

  /** @throws CultivarError run-unknown; run-locked while it trains */
  remove(runId: string): Promise<void> {
    return deleteRun(this.libraryDir, runId);
  }

  /** @throws CultivarError run-unknown, destination-exists */
  restore(runId: string): Promise<void> {
    return restoreRun(this.libraryDir, runId);
  }

  /** @throws CultivarError config-invalid */
  async estimate(given: RunConfigInput): Promise<RateEstimate | null> {
    const config = checkedRunConfig(this.withSpareCore(given));
    const runs = (await listRunSummaries(this.libraryDir)).filter((run): run is RunSummary => run.status !== 'damaged');
    return estimateRate(config, runs, async (runId) => (await readEvents(this.libraryDir, runId)).events);
  }

  /** The setting shows in the run's own config, where a comparison sees it; a number that was written stays. */
  private withSpareCore(given: RunConfigInput): RunConfigInput {
    const cores = cpus().length;
    return this.leaveOneCore() && cores > 1 && (given.intraOpThreads ?? null) === null ? { ...given, intraOpThreads: cores - 1 } : given;
  }
}

const toExperimentSummary = ({ id, name, question, createdAt, arms }: ExperimentManifest): ExperimentSummary => ({ id, name, question, createdAt, arms });
