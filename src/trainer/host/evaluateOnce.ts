import { CultivarError, type ErrorCode } from '../../contracts/errors';
import type { EvaluationResult, EvaluationSplit } from '../../contracts/trainer';
import { readRun } from '../../library/runs';
import { gpuLeftOut } from '../../system/checks/gpuState';
import { nativeHost, runEnvironment } from './nativeHost';
import { startTrainer } from './trainerProcess';

/**
 * Measures a run's last checkpoint in a process of its own.
 * @returns also why a GPU that is present was not used; null where there is none or it was
 * @throws CultivarError the trainer's reason, or trainer-crashed
 */
export async function evaluateOnce(library: string, runId: string, split: EvaluationSplit): Promise<EvaluationResult & { readonly gpuNotUsed: string | null }> {
  const [host, { config }] = [await nativeHost(), await readRun(library, runId)];
  const results: EvaluationResult[] = [];
  const { ended } = startTrainer({ type: 'evaluate', libraryDir: library, runId, split }, runEnvironment(host, config.resolved), { evaluated: (told) => results.push(told) });
  const { outcome, error } = await ended;
  const [result] = results;
  if (outcome === 'completed' && result) return { ...result, gpuNotUsed: gpuLeftOut(result.device, host.gpuNotUsed, host.gpuName) };
  throw new CultivarError(error ? { ...error, code: error.code as ErrorCode } : { code: 'trainer-crashed', message: 'The process that evaluates ended without a result.' });
}
