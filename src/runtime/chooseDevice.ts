import { setupCommand } from '../library/command';
import type { GpuSurroundings } from '../system/doctorFacts';
import type { RuntimeVariant } from '../system/runtimeLayout';

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
    return { ...cpu, warning: `nvidia-smi is installed but does not work (${smi.output.split('\n')[0] || `exit code ${String(smi.exitCode)}`}): the GPU will NOT be used. Mend the NVIDIA driver, then run: ${setupCommand()}` };
  }
  if (pciDevices.length > 0) {
    return { ...cpu, warning: `An NVIDIA card is in this machine (PCI ${pciDevices.join(', ')}), but nvidia-smi lists no GPU: it will NOT be used. Install the NVIDIA driver, restart, then run: ${setupCommand()}` };
  }
  return { ...cpu, target: 'the CPU (this machine has no NVIDIA GPU)', warning: null };
}
