import { currentNativeEnvironment } from '../../src/system/nativeEnvironment';
import { linkedRuntime } from '../../src/system/runtimeLayout';
import { runProbe } from '../../src/system/runProbe';
import { CultivarError } from '../../src/contracts/errors';
import type { Progress } from './progress';

/**
 * Loads what was just set up in a process of its own and runs a small real step.
 * @throws CultivarError why it does not load, or why the GPU that it was made for is not used
 */
export async function proveRuntime(packageFolder: string, progress: Progress): Promise<void> {
  const linked = await linkedRuntime(packageFolder);
  const { verdict, durationMs } = await runProbe(await currentNativeEnvironment(linked ?? { cudaDataDir: null }));
  if (verdict.state !== 'ready') throw new CultivarError(verdict.error);
  if (linked?.variant === 'gpu' && !verdict.gpu) {
    throw new CultivarError(verdict.gpuProblem ?? { code: 'gpu-unusable', message: 'The GPU libraries load, but TensorFlow uses no GPU and does not say why.', remedy: 'See what the checks find:', command: 'npm run --silent cultivar -- doctor' });
  }
  if (verdict.warning) progress.say(`${verdict.warning.message} ${verdict.warning.remedy ?? ''}`);
  progress.say(`Native runtime: a small training step runs and is right (${(durationMs / 1000).toFixed(1)} s)`);
}
