/**
 * Whether a training step in bfloat16 is faster than in float32 on a processor: `no-instruction` where it lacks avx512_bf16 and amx_bf16,
 * `slow-instruction` on one that was made for amx_bf16 (avx512_fp16 tells it) and whose virtual machine hides that.
 */
export type Bfloat16Speed = 'fast' | 'no-instruction' | 'slow-instruction';

/** @param cpuinfo as Linux writes /proc/cpuinfo; null where there is none @returns null where it does not say */
export function bfloat16SpeedIn(cpuinfo: string | null): Bfloat16Speed | null {
  const flags = /^flags\s*:\s*(.*)$/m.exec(cpuinfo ?? '')?.[1]?.split(/\s+/);
  if (!flags) return null;
  if (flags.includes('amx_bf16')) return 'fast';
  if (!flags.includes('avx512_bf16')) return 'no-instruction';
  return flags.includes('avx512_fp16') ? 'slow-instruction' : 'fast';
}
