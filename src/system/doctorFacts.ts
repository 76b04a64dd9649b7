import type { GpuFacts } from '../contracts/doctor';
import type { CultivarErrorData } from '../contracts/errors';
import type { ProbeVerdict } from './classifyProbe';
import type { RuntimeVariant } from './runtimeLayout';

/** What nvidia-smi answers. */
export type NvidiaSmi =
  | { readonly state: 'absent' }
  | { readonly state: 'failed'; readonly exitCode: number | null; readonly output: string }
  | { readonly state: 'listed'; readonly gpus: readonly GpuFacts[] };

/** What is known of the GPU before TensorFlow is loaded. */
export interface GpuSurroundings {
  readonly smi: NvidiaSmi;
  /** Version of the driver in the kernel; null where none is loaded. */
  readonly kernelDriver: string | null;
  /** PCI addresses of NVIDIA display controllers. */
  readonly pciDevices: readonly string[];
  readonly libcudaFound: boolean;
  readonly libnvmlFound: boolean;
}

/** The native runtime as it lies on disk. */
export interface RuntimeFacts {
  /** Which libraries are set up; null where none are. */
  readonly variant: RuntimeVariant | null;
  /** "2.21.0" */
  readonly version: string;
  readonly folder: string;
  readonly bytes: number;
  /** Folder of nvcc's two files; null for the CPU. */
  readonly cudaDataDir: string | null;
  /** Folder that the loader is told of by the environment; null where links in the binding's package lead to the libraries. */
  readonly libraryDir: string | null;
  /** What was compared of each file. */
  readonly verified: 'hashes' | 'sizes';
  /** What is missing or damaged. */
  readonly problem: CultivarErrorData | null;
}

export type ProbeOutcome =
  | { readonly state: 'run'; readonly verdict: ProbeVerdict; readonly durationMs: number }
  | { readonly state: 'not-run'; readonly reason: string };

/** Of the first probe that found everything working; null where none did. */
export function readyVerdict(...probes: readonly (ProbeOutcome | null)[]): Extract<ProbeVerdict, { state: 'ready' }> | null {
  for (const probe of probes) if (probe?.state === 'run' && probe.verdict.state === 'ready') return probe.verdict;
  return null;
}

export const gibibytes = (bytes: number) => `${(bytes / 1e9).toFixed(bytes < 10e9 ? 1 : 0)} GB`;
