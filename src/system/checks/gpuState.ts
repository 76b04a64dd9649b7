import type { GpuFacts } from '../../contracts/doctor';
import type { CultivarErrorData } from '../../contracts/errors';
import { setupCommand } from '../../library/command';
import type { GpuSurroundings, ProbeOutcome, RuntimeFacts } from '../doctorFacts';
import { capabilitySupport, judgeDriver } from '../driverRequirement';

export const listedGpus = ({ smi }: GpuSurroundings): readonly GpuFacts[] => (smi.state === 'listed' ? smi.gpus : []);

/** A GPU of NVIDIA's is in this computer, whether or not anything can use it. */
export const gpuPresent = (gpu: GpuSurroundings) => listedGpus(gpu).length > 0 || gpu.pciDevices.length > 0 || gpu.kernelDriver !== null;

export function gpuName(gpu: GpuSurroundings): string {
  const listed = listedGpus(gpu)[0];
  if (listed) return listed.name;
  return gpu.pciDevices.length > 0 ? `NVIDIA GPU on the bus at ${gpu.pciDevices[0]}` : 'NVIDIA GPU';
}

/**
 * What keeps a GPU that is present from being used, as far as can be known before TensorFlow is loaded; null where nothing is seen.
 * An old driver is found here because it ends the process that loads the GPU libraries without a word.
 */
function surroundingsProblem(gpu: GpuSurroundings): CultivarErrorData | null {
  const problem = (message: string, remedy: string, command?: string, detail?: string): CultivarErrorData =>
    ({ code: 'gpu-unusable', message, remedy, ...(command && { command }), ...(detail && { detail }) });
  const { smi, kernelDriver } = gpu;
  if (kernelDriver === null && smi.state !== 'listed') {
    return problem('There is an NVIDIA GPU, but its driver is not loaded, so nothing can use it.',
      'Install the NVIDIA driver of your distribution and restart. If it is installed, secure boot may be keeping it out.',
      'sudo ubuntu-drivers install || sudo apt install nvidia-driver', smi.state === 'failed' ? smi.output : undefined);
  }
  if (smi.state === 'failed') {
    if (/Driver\/library version mismatch/i.test(smi.output)) {
      const library = /NVML library version:\s*(\S+)/.exec(smi.output)?.[1];
      return problem(
        `The NVIDIA driver was updated${library ? ` to ${library}` : ''} while version ${kernelDriver ?? 'before it'} was still loaded in the kernel, so the two no longer speak to each other.`,
        'Restart this computer. Without a restart, if no other program uses the GPU: sudo modprobe -r nvidia_uvm nvidia_drm nvidia_modeset nvidia && sudo modprobe nvidia',
        'sudo reboot', smi.output);
    }
    return problem(`nvidia-smi, the driver's own tool, fails${smi.exitCode === null ? '' : ` (${smi.exitCode})`}: ${smi.output.split('\n')[0]}`,
      'Restart this computer; update the NVIDIA driver if it stays so.', 'sudo reboot', smi.output);
  }
  if (!gpu.libcudaFound) {
    return problem('The NVIDIA driver is loaded, but its library libcuda.so.1 is not found.',
      'Install the driver\'s CUDA part. In a container, give it NVIDIA_DRIVER_CAPABILITIES=compute,utility.', 'sudo apt install libcuda1');
  }
  if (!gpu.libnvmlFound) {
    return problem('A part of the NVIDIA driver is missing: libnvidia-ml.so.1. Without it TensorFlow finds no GPU, and says nothing.',
      'Install it. In a container, give it NVIDIA_DRIVER_CAPABILITIES=compute,utility.', 'sudo apt install libnvidia-ml1');
  }
  if (smi.state === 'absent') {
    return problem('The NVIDIA driver is loaded, but its tool nvidia-smi is missing, by which the set-up sees GPUs.',
      'Install it. In a container, give it NVIDIA_DRIVER_CAPABILITIES=compute,utility. Then run the set-up again.', `sudo apt install nvidia-smi && ${setupCommand()}`);
  }
  const first = listedGpus(gpu)[0];
  if (!first) {
    return problem('The NVIDIA driver is loaded, but no GPU is visible.', 'In a container, start it with the GPU passed through (docker run --gpus all).', 'nvidia-smi -L');
  }
  const version = first.driverVersion ?? kernelDriver;
  const driver = judgeDriver(version, first.computeCapability);
  if (driver.state === 'too-old') {
    return problem(`The NVIDIA driver ${version} is too old for ${first.name}: ${driver.needed} or newer is needed.`, 'Update the NVIDIA driver, then restart.', 'sudo ubuntu-drivers install || sudo apt install nvidia-driver');
  }
  if (capabilitySupport(first.computeCapability) === 'unsupported') {
    return problem(`${first.name} (compute capability ${first.computeCapability}) is too old: TensorFlow 2.21 needs 6.0 or newer.`, 'Train on the CPU, or another card.');
  }
  if (first.computeMode !== null && /prohibited/i.test(first.computeMode)) {
    return problem(`${first.name} is set to allow no computing (compute mode ${first.computeMode}).`, 'Set the compute mode back.', `sudo nvidia-smi -i ${first.index} -c DEFAULT`);
  }
  return null;
}

/** Why a process that took this device uses no GPU; null where it does, or where there is none. `problem`: what keeps every process from it. */
export function gpuLeftOut(device: 'cpu' | 'gpu', problem: string | null, name: string | null): string | null {
  if (device === 'gpu') return null;
  return problem ?? (name && `${name} is present, but this run's config asks for the CPU.`);
}

/** Why a GPU that is present is not used, or null where it is: the first cause in the order in which they must be mended. */
export function gpuNotUsed(gpu: GpuSurroundings, runtime: RuntimeFacts, probe: ProbeOutcome): CultivarErrorData | null {
  if (!gpuPresent(gpu)) return null;
  if (probe.state === 'run' && probe.verdict.state === 'ready' && probe.verdict.report.device === 'gpu') return null;
  const outside = surroundingsProblem(gpu);
  if (outside) return outside;
  if (runtime.variant === 'cpu') {
    return {
      code: 'gpu-unusable',
      message: `${gpuName(gpu)} is present, but the native runtime set up here is the one for the CPU.`,
      remedy: 'Set it up again: with a GPU present the GPU libraries are fetched (about 3 GB).',
      command: setupCommand(),
    };
  }
  if (probe.state === 'not-run') return { code: 'gpu-unusable', message: `${gpuName(gpu)} could not be tried: ${probe.reason}.`, remedy: 'Mend the failed checks first.' };
  const { verdict } = probe;
  if (verdict.state !== 'ready') return verdict.error;
  return verdict.gpuProblem ?? {
    code: 'gpu-unusable', message: `${gpuName(gpu)} is present, but TensorFlow registered no GPU and gave no reason.`,
    remedy: 'Run the checks again after a restart; copy the diagnostics if it stays so.', command: 'sudo reboot',
  };
}
