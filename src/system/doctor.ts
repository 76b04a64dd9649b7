import type { DoctorReport } from '../contracts/doctor';
import { deviceCheck, deviceInUse, driverCheck } from './checks/deviceChecks';
import { listedGpus } from './checks/gpuState';
import { datasetCheck, libraryCheck } from './checks/libraryChecks';
import { diskCheck, displayCheck, electronCheck, memoryCheck, networkCheck, platformCheck, platformFacts } from './checks/machineChecks';
import { probeChecks, runtimeCheck } from './checks/runtimeChecks';
import { hostMemory, processorName } from './device';
import { readyVerdict, type GpuSurroundings, type RuntimeFacts } from './doctorFacts';
import { currentNativeEnvironment } from './nativeEnvironment';
import { gpuSurroundings } from './nvidia';
import { runProbe } from './runProbe';
import { runtimeFacts } from './runtimeFacts';
import { freeBytes } from './storage';
import { tryRuntime } from './tryRuntime';
import { cultivarVersion } from './version';

export interface DoctorOptions {
  readonly libraryDir: string;
  readonly cacheDir: string;
  /** Compare every hash, also of files whose size and time have not changed: seconds instead of a moment. */
  readonly deep?: boolean;
  /** What the window knows of its screen. */
  readonly display?: string | null;
  /** What is looked at, replaced by tests at the outermost edge. */
  readonly edges?: Partial<DoctorEdges>;
}

export interface DoctorEdges {
  readonly gpu: () => Promise<GpuSurroundings>;
  readonly runtime: () => Promise<RuntimeFacts>;
  readonly probe: typeof runProbe;
}

/**
 * Looks at everything that training needs and says what is missing and the command that mends it. Never throws for what it finds,
 * and never loads TensorFlow into this process.
 */
export async function runDoctor(options: DoctorOptions): Promise<DoctorReport> {
  const started = performance.now();
  const { libraryDir, cacheDir, deep = false } = options;
  const edges: DoctorEdges = { gpu: gpuSurroundings, runtime: () => runtimeFacts({ deep }), probe: runProbe, ...options.edges };
  const [gpu, runtime] = await Promise.all([edges.gpu(), edges.runtime()]);
  const { probe, cpuProbe, gpuAwaited } = await tryRuntime(gpu, runtime, await currentNativeEnvironment(runtime), edges.probe);
  const facts = { gpu, runtime, probe, cpuProbe, processor: processorName() };
  const [platform, library, dataset, memory, libraryFree, cacheFree] = await Promise.all([
    platformFacts(), libraryCheck(libraryDir), datasetCheck(libraryDir, deep), hostMemory(), freeBytes(libraryDir), freeBytes(cacheDir),
  ]);
  const checks = [
    platformCheck(platform),
    deviceCheck(facts),
    driverCheck(facts),
    runtimeCheck(runtime),
    ...probeChecks(probe),
    memoryCheck(memory),
    diskCheck([{ what: 'library', folder: libraryDir, freeBytes: libraryFree }, { what: 'cache', folder: cacheDir, freeBytes: cacheFree }]),
    library,
    dataset,
    displayCheck(process.env, options.display ?? null),
    electronCheck(process.env),
    networkCheck(),
  ];
  const ready = readyVerdict(probe, cpuProbe);
  return {
    schemaVersion: 1,
    checkedAt: new Date().toISOString(),
    durationMs: Math.round(performance.now() - started),
    ok: checks.every(({ state }) => state === 'passed' || state === 'warning'),
    device: deviceInUse(facts),
    gpuAwaited: gpuAwaited !== null,
    gpus: listedGpus(gpu),
    checks,
    versions: {
      cultivar: cultivarVersion(), node: process.versions.node, electron: process.versions.electron ?? null,
      tensorflow: ready?.report.tensorflowVersion ?? null, librarySchema: 1,
    },
  };
}
