import type { TensorShape } from '../core/model/matchWeights';

/** What a safetensors file of float32 (or int32) tensors begins with; their values follow in this order, without a gap. */
export function safetensorsHeader(tensors: readonly (TensorShape & { readonly dtype?: 'F32' | 'I32' })[], metadata: Readonly<Record<string, string>> | null = null): Buffer {
  let offset = 0;
  const entries = tensors.map(({ name, shape, dtype = 'F32' }) => {
    const start = offset;
    offset += shape.reduce((product, size) => product * size, 4);
    return [name, { dtype, shape: [...shape], data_offsets: [start, offset] }] as const;
  });
  const json = Buffer.from(JSON.stringify({ ...(metadata && { __metadata__: metadata }), ...Object.fromEntries(entries) }));
  // Padded with spaces, so that the data start on a multiple of 8 bytes.
  const header = Buffer.concat([json, Buffer.alloc((8 - (json.length % 8)) % 8, ' ')]);
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(header.length));
  return Buffer.concat([length, header]);
}
