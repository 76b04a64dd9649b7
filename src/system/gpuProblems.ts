import type { CultivarErrorData } from '../contracts/errors';
import { setupCommand } from '../library/command';

const restart = 'sudo reboot';

/** One line of TensorFlow's log that tells why no GPU is used, and what it means (GPU.md, section 4). The first that matches counts. */
interface Rule {
  readonly pattern: RegExp;
  readonly problem: (match: RegExpExecArray, log: string) => Omit<CultivarErrorData, 'code' | 'detail'>;
}

const missingLibrary = /Could not load dynamic library '([^']+)'/;

const rules: readonly Rule[] = [
  {
    pattern: /Could not load dynamic library 'libcuda\.so\.1'|failed call to cuInit[^\n]*UNKNOWN ERROR \(303\)/,
    problem: () => ({
      message: 'The NVIDIA driver is not installed: its library libcuda.so.1 was not found.',
      remedy: 'Install the NVIDIA driver of your distribution, restart, then run the checks again.',
      command: 'sudo ubuntu-drivers install || sudo apt install nvidia-driver',
    }),
  },
  {
    pattern: /CUDA_ERROR_SYSTEM_DRIVER_MISMATCH|failed call to cuInit[^\n]*\(803\)/,
    problem: () => ({
      message: 'The NVIDIA driver was updated while the old version was still loaded, so the two no longer speak to each other (CUDA error 803).',
      remedy: 'Restart this computer.',
      command: restart,
    }),
  },
  {
    pattern: /CUDA_ERROR_NO_DEVICE|failed call to cuInit[^\n]*\(100\)/,
    problem: () => ({
      message: 'The NVIDIA driver reports no GPU to this program (CUDA error 100).',
      remedy: 'See whether the GPU is listed, and that CUDA_VISIBLE_DEVICES does not hide it. In a container, start it with the GPU passed through.',
      command: 'nvidia-smi -L; echo "CUDA_VISIBLE_DEVICES=$CUDA_VISIBLE_DEVICES"',
    }),
  },
  {
    pattern: /failed call to cuInit[^\n]*?(CUDA_ERROR_\w+)/,
    problem: (match) => ({
      message: `The NVIDIA driver could not start CUDA (${match[1]}).`,
      remedy: 'See what the kernel says about the driver; a restart often mends it.',
      command: 'sudo dmesg | grep -i -E "nvrm|nvidia" | tail -20',
    }),
  },
  {
    pattern: /Could not load dynamic library 'libnvidia-ml\.so\.1'/,
    problem: () => ({
      message: 'A part of the NVIDIA driver is missing: libnvidia-ml.so.1. Without it no GPU is found.',
      remedy: 'Install it. In a container, give it the "utility" capability: NVIDIA_DRIVER_CAPABILITIES=compute,utility.',
      command: 'sudo apt install libnvidia-ml1',
    }),
  },
  {
    // TensorFlow's words blame the drivers; what it could not find is libcudart.so.12.
    pattern: /Could not find cuda drivers on your machine/,
    problem: () => ({
      message: 'The CUDA runtime library (libcudart.so.12) of the native runtime was not found, so no GPU is used.',
      remedy: 'Set the native runtime up again.',
      command: setupCommand(),
    }),
  },
  {
    pattern: /Cannot dlopen some GPU libraries/,
    problem: (_match, log) => {
      const names = [...new Set([...log.matchAll(new RegExp(missingLibrary, 'g'))].map((match) => match[1]!))]
        .filter((name) => !name.startsWith('libnvinfer')); // TensorRT, which nothing here uses
      return {
        message: names.length > 0
          ? `CUDA libraries of the native runtime could not be loaded: ${names.join(', ')}. One of them missing turns every GPU off.`
          : 'A CUDA library of the native runtime could not be loaded, which turns every GPU off.',
        remedy: 'Set the native runtime up again.',
        command: setupCommand(),
      };
    },
  },
  {
    pattern: /Ignoring visible gpu device[^\n]*/i,
    problem: (match) => ({
      message: `TensorFlow leaves the GPU out: ${match[0].replace(/\s+/g, ' ').slice(0, 200)}.`,
      remedy: 'This card is too old for the GPU runtime; train on the CPU or another card.',
    }),
  },
];

/** Why a log of the native runtime shows no GPU; null where it says nothing about it. */
export function gpuProblemInLog(log: string): CultivarErrorData | null {
  for (const { pattern, problem } of rules) {
    const match = pattern.exec(log);
    if (match) return { code: 'gpu-unusable', ...problem(match, log), detail: logTail(log) };
  }
  return null;
}

export interface RegisteredGpu {
  readonly name: string;
  readonly computeCapability: string;
  readonly pciBusId: string;
  readonly memoryMiB: number;
}

/** The GPU that TensorFlow has registered first, from its own line about it. */
export function registeredGpu(log: string): RegisteredGpu | null {
  const line = /Created device \S*device:GPU:\d+ with (\d+) MB memory:\s+-> device: \d+, name: (.+?), pci bus id: (\S+?), compute capability: ([\d.]+)/.exec(log);
  return line && { memoryMiB: Number(line[1]), name: line[2]!, pciBusId: line[3]!, computeCapability: line[4]! };
}

/** TensorFlow has no code for this card, yet registers it. */
export const lacksKernels = (log: string) => /not built with CUDA kernel binaries compatible with compute capability (\S+?)[.,]?(?:\s|$)/.exec(log)?.[1] ?? null;

export const logTail = (log: string) => log.trim().slice(-4000);
