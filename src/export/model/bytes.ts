/** The bytes of a typed array, not copied. Little-endian, as every machine that this runs on. */
export const bytesOf = ({ buffer, byteOffset, byteLength }: ArrayBufferView): Uint8Array => new Uint8Array(buffer, byteOffset, byteLength);

/** OIHW → HWIO. */
export function toHwio(weights: Float32Array, [out, inside, height, width]: readonly [number, number, number, number]): Float32Array {
  const result = new Float32Array(weights.length);
  const area = height * width;
  for (let o = 0; o < out; o++) {
    for (let i = 0; i < inside; i++) {
      for (let at = 0; at < area; at++) result[(at * inside + i) * out + o] = weights[(o * inside + i) * area + at]!;
    }
  }
  return result;
}
