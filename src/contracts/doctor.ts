import type { CultivarErrorData } from './errors';

/** `not-run`: could not be looked at because something before it failed; the note says what. */
export type CheckState = 'passed' | 'warning' | 'failed' | 'not-run';

/** In the order they are shown. */
export const checkIds = [
  'platform', 'device', 'driver', 'runtime', 'binding', 'testStep', 'memory', 'disk', 'library', 'dataset', 'display', 'electron', 'network',
] as const;
export type CheckId = (typeof checkIds)[number];

export interface DoctorCheck {
  readonly id: CheckId;
  readonly state: CheckState;
  /** Key of the check's name in the window's languages. */
  readonly titleKey: `doctor.check.${CheckId}`;
  /** What was found, in English: figures and names. */
  readonly value: string;
  /** What stands beside it: what is needed, or where. */
  readonly note: string;
  /** With `failed` and `warning`: what is wrong, why, and the command that mends it. */
  readonly error?: CultivarErrorData;
}

/** What training runs on, always named. */
export interface DeviceInUse {
  readonly kind: 'cpu' | 'gpu';
  /** "Intel Xeon Platinum 8481C, 2 cores" or "NVIDIA GeForce RTX 4090". */
  readonly name: string;
  /** Why a GPU that is present is not used; null where there is none or it is used. */
  readonly gpuNotUsed: string | null;
}

/** What `doctor --json` prints, and the System page shows. */
export interface DoctorReport {
  readonly schemaVersion: 1;
  readonly checkedAt: string;
  readonly durationMs: number;
  /** No check failed. */
  readonly ok: boolean;
  /** Null when the native runtime cannot be loaded: then there is no device. */
  readonly device: DeviceInUse | null;
  /** A GPU that the native runtime is set up for cannot be used now, and the CPU can: runs wait for it unless the CPU is chosen meanwhile. */
  readonly gpuAwaited: boolean;
  readonly gpus: readonly GpuFacts[];
  readonly checks: readonly DoctorCheck[];
  readonly versions: {
    readonly cultivar: string;
    readonly node: string;
    readonly electron: string | null;
    readonly tensorflow: string | null;
    readonly librarySchema: number;
  };
}

/** One NVIDIA GPU as nvidia-smi describes it; null: not known (older drivers lack some fields). */
export interface GpuFacts {
  readonly index: number;
  readonly name: string;
  readonly uuid: string | null;
  readonly driverVersion: string | null;
  readonly totalMemoryMiB: number | null;
  readonly freeMemoryMiB: number | null;
  /** "8.9" */
  readonly computeCapability: string | null;
  readonly computeMode: string | null;
  readonly migMode: string | null;
  readonly pciBusId: string | null;
}
