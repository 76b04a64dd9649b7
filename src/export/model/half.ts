/** Bits of the float16 (IEEE 754 binary16) nearest to each float32, ties to even. Beyond ±65504 it is infinite. */
export function toHalves(values: Float32Array): Uint16Array<ArrayBuffer> {
  const words = new Uint32Array(values.buffer, values.byteOffset, values.length);
  const halves = new Uint16Array(values.length);
  for (let i = 0; i < words.length; i++) halves[i] = halfOf(words[i]!);
  return halves;
}

/** @param word bits of a float32 */
function halfOf(word: number): number {
  const sign = (word >>> 16) & 0x8000;
  const exponent = (word >>> 23) & 0xff;
  const fraction = word & 0x7fffff;
  if (exponent === 0xff) return sign | 0x7c00 | (fraction ? 0x200 : 0);
  const shifted = exponent - 127 + 15;
  if (shifted >= 31) return sign | 0x7c00;
  if (shifted < -10) return sign;
  if (shifted <= 0) return sign | rounded(fraction | 0x800000, 14 - shifted);
  // A fraction that rounds up to its end carries into the exponent, which is what it should do.
  return sign | ((shifted << 10) + rounded(fraction, 13));
}

/** `fraction` without its last `shift` bits, rounded to nearest, ties to even. */
function rounded(fraction: number, shift: number): number {
  const whole = fraction >>> shift;
  const rest = fraction & ((1 << shift) - 1);
  const half = 1 << (shift - 1);
  return rest > half || (rest === half && (whole & 1) === 1) ? whole + 1 : whole;
}
