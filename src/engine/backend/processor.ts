import { readFileSync } from 'node:fs';

/**
 * Whether a training step in bfloat16 is faster than in float32 here: `no-instruction` where the processor lacks avx512_bf16 and amx_bf16, `slow-instruction`
 * on one that was made for amx_bf16 (avx512_fp16 tells it) and whose virtual machine hides that; null where the system does not say.
 */
type Bfloat16Speed = 'fast' | 'no-instruction' | 'slow-instruction';

export function bfloat16Speed(cpuinfo: string | null = readCpuinfo()): Bfloat16Speed | null {
  const flags = /^flags\s*:\s*(.*)$/m.exec(cpuinfo ?? '')?.[1]?.split(/\s+/);
  if (!flags) return null;
  if (flags.includes('amx_bf16')) return 'fast';
  if (!flags.includes('avx512_bf16')) return 'no-instruction';
  return flags.includes('avx512_fp16') ? 'slow-instruction' : 'fast';
}

function readCpuinfo(): string | null {
  try {
    return readFileSync('/proc/cpuinfo', 'utf8');
  } catch {
    return null;
  }
}
