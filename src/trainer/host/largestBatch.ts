import { writeFile } from 'node:fs/promises';
import { CultivarError } from '../../contracts/errors';
import type { LargestBatchResult, MemoryLimit, ToolDevice, ToolReport } from '../../contracts/tools';
import type { RunConfig } from '../../core/config/run';
import { nextBatch, readBatchSearch, uncountedSteps, type BatchSearchSettings, type BatchTrial } from '../../core/tuning/batchSearch';
import { memoryLimit, residentBytes } from '../../system/memoryLimit';
import { nativeHost } from './nativeHost';
import { assertGpuFree, doInProcess } from './toolProcess';
import type { TrainerProcess } from './trainerProcess';

interface LargestBatchRequest {
  readonly config: RunConfig;
  readonly settings: BatchSearchSettings;
  /** Bytes that one trial may take; null: what is free, less a tenth. On the CPU only. */
  readonly memoryBytes: number | null;
}

/** Steps of a trial: two that choose kernels and take memory, then more the smaller the batch, since each is short. */
const stepsOf = (batchSize: number) => uncountedSteps + Math.min(8, Math.max(2, Math.ceil(512 / batchSize)));
/** A page fault fills a gigabyte in about a second, so this misses little. */
const watchEveryMs = 50;

/**
 * The largest batch that trains here, by real steps, each size in a process of its own whose death harms nothing. Nothing is changed by it.
 * @param tried is told of each size
 * @throws CultivarError tool-cancelled; usage for limits that leave no size; the process's reason where it is not about memory
 */
export async function findLargestBatch(library: string, { config, settings, memoryBytes }: LargestBatchRequest, tried: (trial: BatchTrial) => void, signal?: AbortSignal): Promise<LargestBatchResult> {
  if (!Number.isInteger(settings.most) || settings.most < 2 || !Number.isInteger(settings.start) || settings.start < 2) throw new CultivarError({ code: 'usage', message: 'Batch sizes are whole numbers of 2 or more.' });
  await assertGpuFree(library, config);
  const onGpu = config.device !== 'cpu' && (await nativeHost()).gpusUsed > 0;
  const limit = onGpu ? null : await memoryLimit(memoryBytes);
  const trials: BatchTrial[] = [];
  let device: ToolDevice | null = null;
  for (let size = nextBatch(settings, trials); size !== null; size = nextBatch(settings, trials)) {
    const { trial, device: on } = await tryOne(library, config, size, limit, signal);
    device = on ?? device;
    trials.push(trial);
    tried(trial);
  }
  return { settings, trials, reading: readBatchSearch(trials), limit, device };
}

async function tryOne(library: string, config: RunConfig, batchSize: number, limit: MemoryLimit | null, signal?: AbortSignal): Promise<{ trial: BatchTrial; device: ToolDevice | null }> {
  const found: Extract<ToolReport, { kind: 'batchTried' }>[] = [];
  let watch: Watch | null = null;
  const work = { kind: 'tryBatch', libraryDir: library, config, batchSize, steps: stepsOf(batchSize) } as const;
  try {
    await doInProcess(work, {
      needs: config, signal,
      told: (report) => { if (report.kind === 'batchTried') found.push(report); },
      started: (trainer) => { watch = new Watch(trainer, limit?.bytes ?? Infinity); },
    });
    const [result] = found;
    if (!result) throw new CultivarError({ code: 'trainer-crashed', message: 'A trial of a batch size ended without a result.' });
    return { trial: { batchSize, fits: true, imagesPerSecond: result.imagesPerSecond, peakBytes: peakOf(watch) }, device: result.device };
  } catch (error) {
    const code = error instanceof CultivarError ? error.code : null;
    const reason = overLimit(watch) ? 'over-limit' : code === 'out-of-memory' ? 'out-of-memory' : code === 'trainer-crashed' && found.length === 0 ? 'crashed' : null;
    if (reason === null || signal?.aborted) throw error;
    return { trial: { batchSize, fits: false, reason, peakBytes: peakOf(watch) }, device: null };
  } finally {
    endWatch(watch);
  }
}

// The compiler takes a variable that only a callback sets for null.
const peakOf = (watch: Watch | null) => watch?.peakBytes ?? 0;
const overLimit = (watch: Watch | null) => watch?.over ?? false;
const endWatch = (watch: Watch | null) => watch?.end();

/** Ends a process that takes more memory than it may, before the system has to choose one. */
class Watch {
  peakBytes = 0;
  over = false;
  private readonly timer: NodeJS.Timeout;

  constructor(trainer: TrainerProcess, limitBytes: number) {
    const { pid } = trainer;
    // Where memory runs out all the same, the kernel takes this process first and not the one that trains. Refused in some containers.
    if (pid !== undefined) void writeFile(`/proc/${pid}/oom_score_adj`, '1000').catch(() => undefined);
    this.timer = setInterval(() => {
      if (pid === undefined) return;
      void residentBytes(pid).then((resident) => {
        if (!resident) return;
        this.peakBytes = Math.max(this.peakBytes, resident.peak);
        if (resident.now <= limitBytes || this.over) return;
        this.over = true;
        trainer.kill();
      });
    }, watchEveryMs);
  }

  end(): void { clearInterval(this.timer); }
}
