import { CultivarError, type ErrorCode } from '../../contracts/errors';
import type { AugmentedProbabilities, EvaluationResult, EvaluationSplit, SplitPredictions } from '../../contracts/trainer';
import type { TestTimeAugmentation } from '../../core/augmentation/testTime';
import type { WeightsKind } from '../../core/run/weightsKind';
import { inspectLock } from '../../library/lock';
import { schedulerLockFile } from '../../library/paths';
import { storePredictions } from '../../library/predictions';
import { readRun } from '../../library/runs';
import { gpuLeftOut } from '../../system/checks/gpuState';
import { nativeHost, runEnvironment } from './nativeHost';
import { startTrainer } from './trainerProcess';

export interface Evaluation {
  readonly result: EvaluationResult;
  readonly predictions: SplitPredictions;
  /** Where a test-time augmentation was asked for. */
  readonly augmented: AugmentedProbabilities | null;
  /** False where another process was at the run, so that its predictions were not kept; and for an average, whose predictions never are. */
  readonly stored: boolean;
  /** Why a GPU that is present was not used; null where there is none or it was. */
  readonly gpuNotUsed: string | null;
  /** Of the data set that the run saw. */
  readonly dataRevision: string;
}

export interface EvaluationOptions {
  readonly tta?: TestTimeAugmentation | null;
  /** The weights themselves where it is left out. The average's predictions are not stored: what is judged are the weights'. */
  readonly weights?: WeightsKind;
  /** Images that are done, of all. */
  readonly told?: (done: number, images: number) => void;
  /** Ends the process; nothing is stored then. */
  readonly signal?: AbortSignal;
}

/**
 * Measures a run's last checkpoint in a process of its own, and stores its predictions. What trains meanwhile goes on, more slowly.
 * For the test set: record the opening first (library/testLedger.ts).
 * @throws CultivarError the trainer's reason, trainer-crashed, tool-cancelled, a storage error, or as assertDeviceFree
 */
export async function evaluateOnce(library: string, runId: string, split: EvaluationSplit, { tta = null, weights = 'raw', told: evaluating, signal }: EvaluationOptions = {}): Promise<Evaluation> {
  await assertDeviceFree(library, runId);
  const [host, { config, dataset }] = [await nativeHost(), await readRun(library, runId)];
  const told: { result: EvaluationResult; predictions: SplitPredictions; augmented: AugmentedProbabilities | null }[] = [];
  const command = { type: 'evaluate', libraryDir: library, runId, split, tta, weights } as const;
  if (signal?.aborted) throw cancelled();
  const { ended, kill } = startTrainer(command, runEnvironment(host, config.resolved), { evaluating, evaluated: (result, predictions, augmented) => told.push({ result, predictions, augmented }) });
  signal?.addEventListener('abort', kill, { once: true });
  const { outcome, error } = await ended;
  signal?.removeEventListener('abort', kill);
  if (signal?.aborted) throw cancelled();
  const [evaluated] = told;
  if (outcome !== 'completed' || !evaluated) {
    throw new CultivarError(error ? { ...error, code: error.code as ErrorCode } : { code: 'trainer-crashed', message: 'The process that evaluates ended without a result.' });
  }
  const { result, predictions, augmented } = evaluated;
  const plain = { split, step: result.step, classes: result.classes, dataRevision: dataset.revision, ...predictions };
  const stored = weights === 'raw' && await storePredictions(library, runId, plain, ...(augmented ? [{ ...plain, probabilities: augmented.probabilities, tta: { kind: augmented.kind, msPerImage: augmented.msPerImage } }] : []));
  return { result, predictions, augmented, dataRevision: dataset.revision, stored, gpuNotUsed: gpuLeftOut(result.device, host.gpuNotUsed, host.gpuName) };
}

const cancelled = () => new CultivarError({ code: 'tool-cancelled', message: 'The measurement was cancelled; nothing was stored.' });

/**
 * TensorFlow takes a GPU's memory whole: beside a run that trains on it, an evaluation could only fail.
 * @throws CultivarError gpu-unusable while the library's queue trains on the GPU that the run would be measured on; run-unknown
 */
export async function assertDeviceFree(library: string, runId: string): Promise<void> {
  const { config } = await readRun(library, runId);
  if (config.resolved.device === 'cpu') return;
  const { gpusUsed } = await nativeHost();
  if (gpusUsed === 0 || (await inspectLock(schedulerLockFile(library))).state !== 'held') return;
  throw new CultivarError({ code: 'gpu-unusable', message: 'A run trains on the GPU, which leaves no memory on it for an evaluation.', remedy: 'Wait until it has ended, or stop it at a checkpoint; then try again.' });
}
