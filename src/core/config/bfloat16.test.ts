import { expect, it } from 'vitest';
import { bfloat16SpeedIn } from './bfloat16';

it.each([
  ['flags\t\t: fpu vme avx512f avx512_bf16 gfni\n', 'fast'],
  ['processor\t: 0\nflags\t\t: fpu amx_bf16 avx2\nbugs\t\t:\n', 'fast'],
  ['flags\t\t: fpu avx512_bf16 avx512_fp16 amx_bf16 amx_tile\n', 'fast'],
  ['flags\t\t: fpu avx512_bf16 avx512_fp16 arch_capabilities\n', 'slow-instruction'],
  ['flags\t\t: fpu avx2 avx512f avx512_bf16x\n', 'no-instruction'],
  ['Features\t: fp asimd bf16\n', null],
  [null, null],
])('%j', (cpuinfo, expected) => {
  expect(bfloat16SpeedIn(cpuinfo)).toBe(expected);
});
