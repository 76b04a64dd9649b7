import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { GpuFacts } from '../contracts/doctor';
import type { GpuSurroundings, NvidiaSmi } from './doctorFacts';
import { runProgram } from '../library/program';
import { queryGpus, type GpuField } from './nvidiaSmi';

const fields = ['index', 'name', 'uuid', 'driverVersion', 'totalMemoryMiB', 'freeMemoryMiB', 'computeCapability', 'computeMode', 'migMode', 'pciBusId'] as const satisfies readonly GpuField[];
const timeoutMs = 20_000;

/** The GPUs that the driver's own tool reports. A field that an older driver does not know is "not known", no failure. */
export async function queryNvidiaSmi(): Promise<NvidiaSmi> {
  const all = await queryGpus(fields, timeoutMs);
  if (all.rows) return listed(all.rows);
  if (all.failure.code === 'absent') return { state: 'absent' };
  // Either nvidia-smi cannot work at all, or it does not know one of the fields: the first field tells.
  const [index, ...others] = fields;
  const first = await queryGpus([index], timeoutMs);
  if (!first.rows || first.rows.some((row) => row.index === null)) return { state: 'failed', exitCode: all.failure.exitCode, output: all.failure.output };
  const gpus: Partial<GpuFacts>[] = first.rows.map((row) => ({ index: row.index ?? 0 }));
  for (const field of others) {
    const single = await queryGpus([field], timeoutMs);
    single.rows?.forEach((row, i) => { if (gpus[i]) Object.assign(gpus[i], row); });
  }
  return listed(gpus);
}

const nothingKnown: GpuFacts = {
  index: 0, name: 'NVIDIA GPU', uuid: null, driverVersion: null, totalMemoryMiB: null, freeMemoryMiB: null, computeCapability: null, computeMode: null, migMode: null, pciBusId: null,
};

const listed = (gpus: readonly { readonly [F in keyof GpuFacts]?: GpuFacts[F] | null }[]): NvidiaSmi =>
  ({ state: 'listed', gpus: gpus.map((gpu) => ({ ...nothingKnown, ...gpu, index: gpu.index ?? nothingKnown.index, name: gpu.name ?? nothingKnown.name })) });

/** Version of the NVIDIA driver that is loaded in the kernel; null where none is. */
export async function kernelDriverVersion(path = '/proc/driver/nvidia/version'): Promise<string | null> {
  const text = await readFile(path, 'utf8').catch(() => '');
  return /Kernel Module\s+(?:for \S+\s+)?(\d+(?:\.\d+)+)/.exec(text)?.[1] ?? null;
}

/** PCI addresses of NVIDIA display controllers: there whether or not a driver is. */
export async function nvidiaPciDevices(folder = '/sys/bus/pci/devices'): Promise<string[]> {
  const addresses = await readdir(folder).catch((): string[] => []);
  const read = (address: string, file: string) => readFile(join(folder, address, file), 'utf8').catch(() => '');
  const found: string[] = [];
  for (const address of addresses) {
    // Class 0x03: VGA and 3D controllers. NVIDIA also makes sound and USB functions, network cards and switches.
    if ((await read(address, 'vendor')).trim() === '0x10de' && (await read(address, 'class')).startsWith('0x03')) found.push(address);
  }
  return found;
}

const libraryFolders = ['/usr/lib/x86_64-linux-gnu', '/lib/x86_64-linux-gnu', '/usr/lib64', '/lib64', '/usr/lib/wsl/lib', '/usr/local/nvidia/lib64', '/usr/lib'];

/** Whether the loader would find a library of the driver: its cache, then the folders it looks in and LD_LIBRARY_PATH. */
export async function driverLibraryFound(name: 'libcuda.so.1' | 'libnvidia-ml.so.1', environment: NodeJS.ProcessEnv = process.env): Promise<boolean> {
  const cache = await runProgram('ldconfig', ['-p'], { timeoutMs: 10_000, extraPath: '/sbin:/usr/sbin' });
  if (cache.kind === 'ended' && cache.stdout.includes(`${name} `)) return true;
  const folders = [...libraryFolders, ...(environment.LD_LIBRARY_PATH ?? '').split(':').filter(Boolean)];
  for (const folder of folders) if ((await readdir(folder).catch((): string[] => [])).includes(name)) return true;
  return false;
}

/** Everything about NVIDIA GPUs that is to be seen without loading TensorFlow. The paths are parameters for tests. */
export async function gpuSurroundings(paths: { readonly driverVersion?: string; readonly pciDevices?: string } = {}): Promise<GpuSurroundings> {
  const [smi, kernelDriver, pciDevices, libcudaFound, libnvmlFound] = await Promise.all([
    queryNvidiaSmi(), kernelDriverVersion(paths.driverVersion), nvidiaPciDevices(paths.pciDevices),
    driverLibraryFound('libcuda.so.1'), driverLibraryFound('libnvidia-ml.so.1'),
  ]);
  return { smi, kernelDriver, pciDevices, libcudaFound, libnvmlFound };
}
