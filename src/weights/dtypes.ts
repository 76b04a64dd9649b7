/** Number formats that weights come in; all but float32 are widened or, from float64, rounded to the nearest float32. */
export const floatTypes = { float32: 4, float16: 2, bfloat16: 2, float64: 8 } as const;
export type FloatType = keyof typeof floatTypes;

/** Values of a little-endian buffer as float32, each exactly (float64: rounded to nearest, as torch's `.float()`). */
export function toFloat32(bytes: Uint8Array, type: FloatType): Float32Array {
  // A copy, so that the data are aligned.
  const { buffer } = Uint8Array.from(bytes);
  switch (type) {
    case 'float32': return new Float32Array(buffer);
    case 'float64': return Float32Array.from(new Float64Array(buffer));
    case 'bfloat16': {
      const halves = new Uint16Array(buffer);
      const words = new Uint32Array(halves.length);
      for (let i = 0; i < halves.length; i++) words[i] = halves[i]! << 16;
      return new Float32Array(words.buffer);
    }
    case 'float16': {
      const halves = new Uint16Array(buffer);
      const words = new Uint32Array(halves.length);
      for (let i = 0; i < halves.length; i++) words[i] = widened(halves[i]!);
      return new Float32Array(words.buffer);
    }
  }
}

/** Bits of an IEEE 754 half as those of the float32 of equal value; a NaN keeps its payload. */
function widened(half: number): number {
  const sign = (half & 0x8000) << 16;
  const exponent = (half >> 10) & 31;
  const fraction = half & 1023;
  if (exponent === 31) return (sign | 0x7f800000 | (fraction << 13)) >>> 0;
  if (exponent > 0) return (sign | ((exponent + 112) << 23) | (fraction << 13)) >>> 0;
  if (fraction === 0) return sign >>> 0;
  // Subnormal: its leading one is moved to where a normal number has it.
  const shift = Math.clz32(fraction) - 21;
  return (sign | ((113 - shift) << 23) | (((fraction << shift) & 1023) << 13)) >>> 0;
}
