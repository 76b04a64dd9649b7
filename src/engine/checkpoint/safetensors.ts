import { safetensorsHeader } from '../../weights/safetensorsHeader';

/** safetensors: 8 bytes little-endian length of a JSON header, the header, the data. https://github.com/huggingface/safetensors */
export interface NamedTensor {
  readonly name: string;
  readonly shape: readonly number[];
  readonly data: Float32Array;
}

interface HeaderEntry {
  readonly dtype: string;
  readonly shape: number[];
  readonly data_offsets: [number, number];
}

/** The file in parts, to be written one after another: the tensors' own memory, not copied. */
export const encodeSafetensors = (tensors: readonly NamedTensor[], metadata: Readonly<Record<string, string>> = {}): Uint8Array[] =>
  [safetensorsHeader(tensors, metadata), ...tensors.map(({ data }) => new Uint8Array(data.buffer, data.byteOffset, data.byteLength))];

/**
 * float32 tensors of a safetensors file, in the header's order.
 * @throws RangeError with what is wrong with the file
 */
export function decodeSafetensors(file: Uint8Array): NamedTensor[] {
  const bytes = Buffer.from(file.buffer, file.byteOffset, file.byteLength);
  if (bytes.length < 8) throw new RangeError('shorter than its header');
  const headerLength = Number(bytes.readBigUInt64LE(0));
  const start = 8 + headerLength;
  if (start > bytes.length) throw new RangeError('shorter than its header');
  const { __metadata__: _, ...header } = JSON.parse(bytes.toString('utf8', 8, start)) as Record<string, HeaderEntry>;
  return Object.entries(header).map(([name, { dtype, shape, data_offsets: [from, to] }]) => {
    const elements = shape.reduce((product, size) => product * size, 1);
    if (dtype !== 'F32') throw new RangeError(`${name} is ${dtype}, not F32`);
    if (to - from !== elements * 4 || start + to > bytes.length) throw new RangeError(`${name} does not fit its shape or the file`);
    // A copy: the data need not be aligned in the file.
    return { name, shape, data: new Float32Array(Uint8Array.from(bytes.subarray(start + from, start + to)).buffer) };
  });
}
