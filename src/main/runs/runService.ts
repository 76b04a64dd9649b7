import type { RateEstimate } from '../../contracts/ipc';
import type { Machine } from '../../contracts/machine';
import type { FirstBatch, QueueState, RunRecord, RunSummary } from '../../contracts/runs';
import type { RunConfigInput } from '../../core/config/run';
import { Paces } from '../../data/experiments/duration';
import { extendRun } from '../../data/extendRun';
import { checkedRunConfig, newRun } from '../../data/newRuns';
import { readDatasetManifest } from '../../data/openDataset';
import { deleteRun, restoreRun } from '../../library/bin';
import { readFirstBatch } from '../../library/checkpoints';
import { readEvents } from '../../library/events';
import { runFolder } from '../../library/paths';
import { readRun } from '../../library/runs';
import { testFigureOf } from '../../library/testFigures';
import { listRunSummaries, toRunSummary } from '../../library/runSummaries';
import { missingWeights } from '../../library/weightsBin';
import { withSpareCore } from './spareCore';

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
    private readonly machine: () => Promise<Machine | null>,
  ) {}

  /** @throws CultivarError run-unknown, run-damaged */
  async record(runId: string): Promise<RunRecord> {
    const manifest = await readRun(this.libraryDir, runId);
    const { events, torn } = await readEvents(this.libraryDir, runId);
    return {
      summary: await toRunSummary(this.libraryDir, manifest), events, tornBytes: torn?.bytes ?? null, folder: runFolder(this.libraryDir, runId),
      test: await testFigureOf(this.libraryDir, manifest), weightsMissing: await missingWeights(this.libraryDir, runId, events),
    };
  }

  /** @throws CultivarError config-invalid, naming every field; dataset-unknown; a storage error */
  async start(given: RunConfigInput): Promise<RunSummary> {
    const manifest = await newRun(this.libraryDir, withSpareCore(given, this.leaveOneCore()));
    const summary = await toRunSummary(this.libraryDir, manifest);
    await this.queue.enqueue([manifest.id]);
    return summary;
  }

  /** A new run that goes on where a completed one ended, put into the queue. */
  async extend(runId: string, epochs: number): Promise<RunSummary> {
    const manifest = await extendRun(this.libraryDir, runId, epochs);
    const summary = await toRunSummary(this.libraryDir, manifest);
    await this.queue.enqueue([manifest.id]);
    return summary;
  }

  /** The batch of step 1 as it was fed; null before it. */
  async firstBatch(runId: string): Promise<FirstBatch | null> {
    const batch = await readFirstBatch(this.libraryDir, runId);
    if (!batch) return null;
    const { dataset } = await readRun(this.libraryDir, runId);
    const { classes } = await readDatasetManifest(this.libraryDir, dataset.id, dataset.revision);
    return { ...batch, count: batch.labels.length, classes };
  }

  /** A file outside of the library was written at a person's wish. */
  noteWritten(path: string): void {
    this.written.add(path);
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
    const config = checkedRunConfig(withSpareCore(given, this.leaveOneCore()));
    const runs = (await listRunSummaries(this.libraryDir)).filter((run): run is RunSummary => run.status !== 'damaged');
    const machine = await this.machine();
    const pace = await new Paces(runs, async (runId) => (await readEvents(this.libraryDir, runId)).events, machine && (machine.gpu === null ? 'cpu' : 'gpu')).of(config);
    return pace && { imagesPerSecond: pace.imagesPerSecond, fromRunId: pace.fromRunId };
  }
}
