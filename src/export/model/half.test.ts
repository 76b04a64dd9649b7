import { expect, it } from 'vitest';
import { toFloat32 } from '../../weights/dtypes';
import { toHalves } from './half';

const widened = (halves: Uint16Array) => toFloat32(new Uint8Array(halves.buffer), 'float16');

it('gives every float16 back', () => {
  // All but NaN, which has many forms.
  const all = Uint16Array.from({ length: 65536 }, (_, i) => i).filter((half) => (half & 0x7c00) !== 0x7c00 || (half & 0x3ff) === 0);
  expect(toHalves(widened(all))).toEqual(all);
});

it('rounds to the nearest, ties to even', () => {
  const finite = Uint16Array.from({ length: 0x7bff }, (_, i) => i);
  const values = widened(finite);
  const next = widened(finite.map((half) => half + 1));
  const between = (part: number) => Float32Array.from(values, (value, i) => value + (next[i]! - value) * part);
  expect(toHalves(between(0.25))).toEqual(finite);
  expect(toHalves(between(0.75))).toEqual(finite.map((half) => half + 1));
  expect(toHalves(between(0.5))).toEqual(finite.map((half) => half + (half & 1)));
  expect([...toHalves(Float32Array.of(65519, 65520, -1e9, 1e-9, -0, NaN))]).toEqual([0x7bff, 0x7c00, 0xfc00, 0, 0x8000, 0x7e00]);
});
