import { readFileSync } from 'node:fs';

/** Instructions that multiply bfloat16; without one of them it is slower than float32. */
const bfloat16Flags = ['avx512_bf16', 'amx_bf16'];

/** Whether the processor multiplies bfloat16 itself; null where the system does not say. */
export function multipliesBfloat16(cpuinfo: string | null = readCpuinfo()): boolean | null {
  const flags = /^flags\s*:\s*(.*)$/m.exec(cpuinfo ?? '')?.[1]?.split(/\s+/);
  return flags ? bfloat16Flags.some((flag) => flags.includes(flag)) : null;
}

function readCpuinfo(): string | null {
  try {
    return readFileSync('/proc/cpuinfo', 'utf8');
  } catch {
    return null;
  }
}
