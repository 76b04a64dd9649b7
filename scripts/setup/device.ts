import type { GpuSurroundings } from '../../src/system/doctorFacts';
import { currentNativeEnvironment } from '../../src/system/nativeEnvironment';
import { linkedRuntime, type RuntimeVariant } from '../../src/system/runtimeLayout';
import { runProbe } from '../../src/system/runProbe';
import { CultivarError } from '../../src/contracts/errors';
import type { Progress } from './progress';

export interface DeviceChoice {
  readonly variant: RuntimeVariant;
  /** What the libraries are chosen for, as a part of a sentence. */
  readonly target: string;
  /** Said loudly: a GPU is in the machine and will not be used. */
  readonly warning: string | null;
}

/** GPU libraries where nvidia-smi lists a GPU, those for the CPU else; a card that is there all the same is never passed over in silence. */
export function chooseDevice({ smi, pciDevices }: Pick<GpuSurroundings, 'smi' | 'pciDevices'>): DeviceChoice {
  if (smi.state === 'listed' && smi.gpus.length > 0) return { variant: 'gpu', target: smi.gpus.map(({ name }) => name).join(', '), warning: null };
  const cpu = { variant: 'cpu', target: 'the CPU' } as const;
  if (smi.state === 'failed') {
    return { ...cpu, warning: `nvidia-smi is installed but does not work (${smi.output.split('\n')[0] || `exit code ${String(smi.exitCode)}`}): the GPU will NOT be used. Mend the NVIDIA driver, then run: npm run setup` };
  }
  if (pciDevices.length > 0) {
    return { ...cpu, warning: `An NVIDIA card is in this machine (PCI ${pciDevices.join(', ')}), but nvidia-smi lists no GPU: it will NOT be used. Install the NVIDIA driver, restart, then run: npm run setup` };
  }
  return { ...cpu, target: 'the CPU (this machine has no NVIDIA GPU)', warning: null };
}

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
