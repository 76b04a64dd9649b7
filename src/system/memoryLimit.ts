import { readFile } from 'node:fs/promises';
import type { MemoryLimit } from '../contracts/tools';
import { hostMemory } from './device';

/** Left to everything else on the machine. */
const spare = 0.1;

/**
 * Memory that one more process may take: what is free on the machine or left of the container's limit, less a tenth; or what a person
 * asked for, where that is less.
 * @param wanted bytes; null where nobody asked
 */
export async function memoryLimit(wanted: number | null): Promise<MemoryLimit> {
  const constrained = process.constrainedMemory();
  const { totalBytes, availableBytes } = await hostMemory();
  const free = Math.floor(availableBytes * (1 - spare));
  if (wanted !== null && wanted < free) return { bytes: wanted, from: 'person' };
  return { bytes: free, from: constrained > 0 && constrained === totalBytes ? 'container' : 'machine' };
}

/** Resident bytes of a process now and at its most; null once it is gone. */
export async function residentBytes(pid: number): Promise<{ now: number; peak: number } | null> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => null);
  const kibibytes = (field: string) => Number(new RegExp(`^${field}:\\s+(\\d+) kB`, 'm').exec(status ?? '')?.[1] ?? Number.NaN) * 1024;
  const [now, peak] = [kibibytes('VmRSS'), kibibytes('VmHWM')];
  return Number.isFinite(now) && Number.isFinite(peak) ? { now, peak } : null;
}
