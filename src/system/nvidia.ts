import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { GpuFacts } from '../contracts/doctor';
import type { GpuSurroundings, NvidiaSmi } from './doctorFacts';
import { runProgram } from '../library/program';

const fields = ['index', 'name', 'uuid', 'driver_version', 'memory.total', 'memory.free', 'compute_cap', 'compute_mode', 'mig.mode.current', 'pci.bus_id'] as const;
type Field = (typeof fields)[number];

/** The GPUs that the driver's own tool reports. A field that an older driver does not know is "not known", no failure. */
export async function queryNvidiaSmi(): Promise<NvidiaSmi> {
  const all = await query(fields);
  if (all.kind === 'not-found') return { state: 'absent' };
  if (all.kind === 'rows') return { state: 'listed', gpus: all.rows.map((row) => toGpu(Object.fromEntries(fields.map((field, i) => [field, row[i]])))) };
  // Either nvidia-smi cannot work at all, or it does not know one of the fields: the first field tells.
  const names = await query(['index']);
  if (names.kind !== 'rows') return { state: 'failed', exitCode: all.code, output: all.output };
  const gpus: Partial<Record<Field, string>>[] = names.rows.map(([index]) => ({ index }));
  for (const field of fields.slice(1)) {
    const single = await query([field]);
    if (single.kind === 'rows') single.rows.forEach(([value], i) => { if (gpus[i]) gpus[i][field] = value; });
  }
  return { state: 'listed', gpus: gpus.map(toGpu) };
}

type Rows = { readonly kind: 'rows'; readonly rows: string[][] } | { readonly kind: 'not-found' } | { readonly kind: 'error'; readonly code: number | null; readonly output: string };

async function query(names: readonly string[]): Promise<Rows> {
  const result = await runProgram('nvidia-smi', [`--query-gpu=${names.join(',')}`, '--format=csv,noheader,nounits'], { timeoutMs: 20_000 });
  if (result.kind === 'not-found') return { kind: 'not-found' };
  const output = `${result.stdout}${result.stderr}`.trim();
  if (result.kind === 'timed-out') return { kind: 'error', code: null, output: `${output}\nno answer in 20 seconds`.trim() };
  const rows = result.stdout.split('\n').filter((line) => line.trim()).map((line) => line.split(',').map((cell) => cell.trim()));
  if (result.code !== 0 || rows.some((row) => row.length !== names.length)) return { kind: 'error', code: result.code, output };
  return { kind: 'rows', rows };
}

function toGpu(row: Partial<Record<Field, string>>): GpuFacts {
  const text = (field: Field) => {
    const value = row[field];
    return value && !/^\[?(N\/A|Not Supported|Unknown Error|GPU requires reset|Insufficient Permissions)\]?$/i.test(value) ? value : null;
  };
  const number = (field: Field) => {
    const value = Number(text(field) ?? Number.NaN);
    return Number.isFinite(value) ? value : null;
  };
  return {
    index: number('index') ?? 0, name: text('name') ?? 'NVIDIA GPU', uuid: text('uuid'), driverVersion: text('driver_version'),
    totalMemoryMiB: number('memory.total'), freeMemoryMiB: number('memory.free'), computeCapability: text('compute_cap'),
    computeMode: text('compute_mode'), migMode: text('mig.mode.current'), pciBusId: text('pci.bus_id'),
  };
}

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
