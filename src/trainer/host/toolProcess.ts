import { CultivarError, type ErrorCode } from '../../contracts/errors';
import type { ToolReport, ToolWork } from '../../contracts/tools';
import type { RunConfig } from '../../core/config/run';
import { inspectLock } from '../../library/lock';
import { schedulerLockFile } from '../../library/paths';
import { nativeHost, runEnvironment } from './nativeHost';
import { startTrainer, type TrainerProcess } from './trainerProcess';

interface ToolOptions {
  /** What the work asks of TensorFlow's environment. */
  readonly needs: Pick<RunConfig, 'intraOpThreads' | 'device' | 'xla'>;
  readonly told: (report: ToolReport) => void;
  readonly signal?: AbortSignal;
  /** Gets the process once it is there. */
  readonly started?: (trainer: TrainerProcess) => void;
}

const cancelled = () => new CultivarError({ code: 'tool-cancelled', message: 'It was cancelled; nothing of it is left.' });

/**
 * Does a piece of work in a trainer process of its own, to its end. What trains meanwhile goes on, more slowly.
 * @throws CultivarError tool-cancelled, the process's reason, or trainer-crashed
 */
export async function doInProcess(work: ToolWork, { needs, told, signal, started }: ToolOptions): Promise<void> {
  const host = await nativeHost();
  if (signal?.aborted) throw cancelled();
  const trainer = startTrainer({ type: 'tool', work }, runEnvironment(host, needs), { told });
  started?.(trainer);
  // Nothing is to be kept: it need not wait for a step to end.
  const stop = () => { trainer.kill(); };
  signal?.addEventListener('abort', stop, { once: true });
  try {
    const { outcome, error } = await trainer.ended;
    if (signal?.aborted) throw cancelled();
    if (outcome !== 'completed') throw new CultivarError(error ? { ...error, code: error.code as ErrorCode } : { code: 'trainer-crashed', message: 'The process that does this work has ended.' });
  } finally {
    signal?.removeEventListener('abort', stop);
  }
}

/**
 * TensorFlow takes a GPU's memory whole: beside a run that trains on it, this could only fail, or take the run along.
 * @throws CultivarError gpu-unusable while the library's queue trains on the GPU that the config would take
 */
export async function assertGpuFree(library: string, { device }: Pick<RunConfig, 'device'>): Promise<void> {
  if (device === 'cpu') return;
  const { gpusUsed } = await nativeHost();
  if (gpusUsed === 0 || (await inspectLock(schedulerLockFile(library))).state !== 'held') return;
  throw new CultivarError({ code: 'gpu-unusable', message: 'A run trains on the GPU, which leaves no memory on it for anything else.', remedy: 'Wait until it has ended, or stop it at a checkpoint; then try again.' });
}
