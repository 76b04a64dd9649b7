import type { DeviceInUse, DoctorCheck } from '../../contracts/doctor';
import type { CultivarErrorData } from '../../contracts/errors';
import { setupCommand } from '../../library/command';
import { readyVerdict, type GpuSurroundings, type ProbeOutcome, type RuntimeFacts } from '../doctorFacts';
import { capabilitySupport, judgeDriver } from '../driverRequirement';
import { failed, notRun, passed, warning } from './check';
import { gpuName, gpuNotUsed, gpuPresent, listedGpus } from './gpuState';

interface Facts {
  readonly gpu: GpuSurroundings;
  readonly runtime: RuntimeFacts;
  readonly probe: ProbeOutcome;
  /** Of the CPU alone, where that was tried too. */
  readonly cpuProbe: ProbeOutcome | null;
  /** "Intel Xeon Platinum 8481C, 2 cores" */
  readonly processor: string;
}

/** What training runs on; null where the native runtime does not work at all. */
export function deviceInUse({ gpu, runtime, probe, cpuProbe, processor }: Facts): DeviceInUse | null {
  const ready = readyVerdict(probe, cpuProbe);
  if (!ready) return null;
  const { report, gpu: registered } = ready;
  if (report.device === 'gpu') return { kind: 'gpu', name: registered?.name ?? gpuName(gpu), gpuNotUsed: null };
  return { kind: 'cpu', name: processor, gpuNotUsed: gpuNotUsed(gpu, runtime, probe)?.message ?? null };
}

export function deviceCheck(facts: Facts): DoctorCheck {
  const { gpu, runtime, probe, processor } = facts;
  const device = deviceInUse(facts);
  const ready = readyVerdict(probe);
  if (device?.kind === 'gpu' && ready?.gpu) {
    const { memoryMiB, computeCapability } = ready.gpu;
    const value = `${device.name}, ${(memoryMiB / 1024).toFixed(0)} GB usable, compute ${computeCapability}`;
    if (ready.warning) return warning('device', ready.warning, value);
    if (capabilitySupport(computeCapability) === 'experimental') return warning('device', experimental(device.name, computeCapability), value);
    return passed('device', value, 'in use');
  }
  const unused = gpuNotUsed(gpu, runtime, probe);
  const using = device ? `training would run on the CPU: ${processor}` : `processor: ${processor}`;
  if (unused) {
    const tooOld = capabilitySupport(listedGpus(gpu)[0]?.computeCapability ?? null) === 'unsupported';
    return (tooOld ? warning : failed)('device', unused, `${gpuName(gpu)} is NOT used`, using);
  }
  if (runtime.variant === 'gpu') return failed('device', driverMissing(gpu), 'no NVIDIA GPU found, though the GPU libraries are set up', using);
  if (!device) return notRun('device', `needs the native runtime; ${using}`);
  return passed('device', processor, 'the CPU is used; no NVIDIA GPU found');
}

export function driverCheck({ gpu, runtime }: Facts): DoctorCheck {
  const first = listedGpus(gpu)[0];
  const version = first?.driverVersion ?? gpu.kernelDriver;
  if (!gpuPresent(gpu)) {
    return runtime.variant === 'gpu' ? failed('driver', driverMissing(gpu), 'no driver') : passed('driver', 'none needed', 'no NVIDIA GPU found');
  }
  const loaded = gpu.smi.state === 'failed' ? /NVML library version:\s*(\S+)/.exec(gpu.smi.output)?.[1] : undefined;
  if (loaded && gpu.kernelDriver) {
    return failed('driver', gpuNotUsed(gpu, runtime, { state: 'not-run', reason: 'the driver does not work' })!, `kernel ${gpu.kernelDriver}, library ${loaded}`, 'they must be equal');
  }
  const verdict = judgeDriver(version, first?.computeCapability ?? null);
  const needed = `TensorFlow 2.21 needs ${verdict.needed} or newer`;
  switch (verdict.state) {
    case 'ok':
      return passed('driver', version!, needed);
    case 'too-old':
      return failed('driver', { code: 'gpu-unusable', message: `The NVIDIA driver ${version} is too old.`, remedy: 'Update the NVIDIA driver, then restart.', command: 'sudo ubuntu-drivers install || sudo apt install nvidia-driver' }, version!, needed);
    case 'not-known':
      return version === null && gpu.kernelDriver === null
        ? failed('driver', gpuNotUsed(gpu, runtime, { state: 'not-run', reason: 'the driver is not loaded' })!, 'not loaded', needed)
        : warning('driver', { code: 'gpu-unusable', message: 'The version of the NVIDIA driver is not known.', remedy: 'See what its own tool says.', command: 'nvidia-smi' }, version ?? 'not known', needed);
  }
}

/** The GPU libraries are set up on a computer where no GPU is seen. */
function driverMissing(gpu: GpuSurroundings): CultivarErrorData {
  const missing = [...(gpu.libcudaFound ? [] : ['libcuda.so.1']), ...(gpu.libnvmlFound ? [] : ['libnvidia-ml.so.1'])];
  return {
    code: 'gpu-unusable',
    message: missing.length > 0
      ? `The NVIDIA driver is missing: ${missing.join(' and ')} not found, and no driver is loaded in the kernel.`
      : 'No NVIDIA driver is loaded in the kernel, and no NVIDIA GPU is on the bus.',
    remedy: 'With an NVIDIA GPU in this computer: install its driver and restart. Without one, set up the native runtime for the CPU.',
    command: gpu.pciDevices.length > 0 ? 'sudo ubuntu-drivers install || sudo apt install nvidia-driver' : setupCommand(),
  };
}

const experimental = (name: string, capability: string): CultivarErrorData => ({
  code: 'gpu-unusable',
  message: `${name} (compute capability ${capability}) works by code made at the first start, which takes minutes, once. It is experimental here.`,
  remedy: 'Wait for the first start; compare a short run with one on the CPU.',
});
