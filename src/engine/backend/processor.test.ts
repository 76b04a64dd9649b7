import { expect, it } from 'vitest';
import { multipliesBfloat16 } from './processor';

it.each([
  ['flags\t\t: fpu vme avx512f avx512_bf16 gfni\n', true],
  ['processor\t: 0\nflags\t\t: fpu amx_bf16 avx2\nbugs\t\t:\n', true],
  ['flags\t\t: fpu avx2 avx512f avx512_bf16x\n', false],
  ['Features\t: fp asimd bf16\n', null],
  [null, null],
])('%j', (cpuinfo, expected) => {
  expect(multipliesBfloat16(cpuinfo)).toBe(expected);
});
