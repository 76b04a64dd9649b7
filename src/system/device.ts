import { readFile } from 'node:fs/promises';
import { cpus, totalmem } from 'node:os';
import type { DeviceSample } from '../contracts/system';
import { cpuTemperature } from './cpuTemperature';
import { queryGpus } from './nvidiaSmi';

/** "Intel Xeon Platinum 8481C, 2 cores": the processor as people name it, and how many of its threads this process may use. */
export function processorName(list = cpus()): string {
  const model = (list[0]?.model ?? '').replace(/\((?:R|TM)\)|\bCPU\b|\bProcessor\b|@.*$/gi, ' ').replace(/\s+/g, ' ').trim();
  return `${model || 'unknown processor'}, ${list.length} ${list.length === 1 ? 'core' : 'cores'}`;
}

/** Memory in bytes: of the machine, or of the container where that has less. */
export async function hostMemory(path = '/proc/meminfo'): Promise<{ totalBytes: number; availableBytes: number }> {
  const text = await readFile(path, 'utf8');
  const kibibytes = (field: string) => Number(new RegExp(`^${field}:\\s+(\\d+) kB`, 'm').exec(text)?.[1] ?? Number.NaN) * 1024;
  const totalBytes = kibibytes('MemTotal') || totalmem();
  const limit = process.constrainedMemory();
  const limited = limit > 0 && limit < totalBytes;
  const available = kibibytes('MemAvailable');
  return limited
    ? { totalBytes: limit, availableBytes: Math.min(available, Math.max(0, limit - (await containerMemoryUsed()))) }
    : { totalBytes, availableBytes: available };
}

async function containerMemoryUsed(): Promise<number> {
  return Number(await readFile('/sys/fs/cgroup/memory.current', 'utf8').catch(() => '0'));
}

/**
 * Makes a function that samples the device a run uses, for the live page. CPU load is that since the sample before, the first since
 * boot; with a GPU the figures are nvidia-smi's.
 * @param gpu the GPU in use, by what nvidia-smi calls it (index or uuid); null for the CPU
 */
export function deviceSampler(gpu: string | null): () => Promise<DeviceSample> {
  let before = { busy: 0, all: 0 };
  return async () => {
    const now = cpuTimes();
    const load = now.all > before.all ? (now.busy - before.busy) / (now.all - before.all) : null;
    before = now;
    const { totalBytes, availableBytes } = await hostMemory();
    const host = { hostMemoryUsedBytes: totalBytes - availableBytes, hostMemoryTotalBytes: totalBytes };
    if (gpu !== null) return { atMs: Date.now(), ...(await sampleGpu(gpu)), ...host };
    return {
      atMs: Date.now(), kind: 'cpu', name: processorName(), load, memoryUsedBytes: null, memoryTotalBytes: null,
      temperatureCelsius: await cpuTemperature(), powerWatts: null, powerLimitWatts: null, ...host,
    };
  };
}

function cpuTimes(): { busy: number; all: number } {
  let [busy, all] = [0, 0];
  for (const { times } of cpus()) {
    const sum = times.user + times.nice + times.sys + times.irq + times.idle;
    all += sum;
    busy += sum - times.idle;
  }
  return { busy, all };
}

type GpuPart = Omit<DeviceSample, 'atMs' | 'hostMemoryUsedBytes' | 'hostMemoryTotalBytes'>;

async function sampleGpu(gpu: string): Promise<GpuPart> {
  const { rows } = await queryGpus(['name', 'loadPercent', 'usedMemoryMiB', 'totalMemoryMiB', 'temperatureCelsius', 'powerWatts', 'powerLimitWatts'], 5000, gpu);
  const row = rows?.[0];
  const scaled = (value: number | null = null, scale = 1) => (value === null ? null : value * scale);
  return {
    kind: 'gpu', name: row?.name ?? 'NVIDIA GPU', load: scaled(row?.loadPercent, 0.01),
    memoryUsedBytes: scaled(row?.usedMemoryMiB, 2 ** 20), memoryTotalBytes: scaled(row?.totalMemoryMiB, 2 ** 20),
    temperatureCelsius: scaled(row?.temperatureCelsius), powerWatts: scaled(row?.powerWatts), powerLimitWatts: scaled(row?.powerLimitWatts),
  };
}
