import { CultivarError, type ErrorCode } from '../../contracts/errors';
import type { EvaluationResult, EvaluationSplit } from '../../contracts/trainer';
import { readRun } from '../../library/runs';
import { nativeHost, runEnvironment } from './nativeHost';
import { startTrainer } from './trainerProcess';

/**
 * Measures a run's last checkpoint in a process of its own.
 * @throws CultivarError the trainer's reason, or trainer-crashed
 */
export async function evaluateOnce(library: string, runId: string, split: EvaluationSplit): Promise<EvaluationResult> {
  const [host, { config }] = [await nativeHost(), await readRun(library, runId)];
  let result: EvaluationResult | null = null;
  const { ended } = startTrainer({ type: 'evaluate', libraryDir: library, runId, split }, runEnvironment(host, config.resolved), { evaluated: (told) => { result = told; } });
  const { outcome, error } = await ended;
  if (outcome === 'completed' && result) return result;
  throw new CultivarError(error ? { ...error, code: error.code as ErrorCode } : { code: 'trainer-crashed', message: 'The process that evaluates ended without a result.' });
}
