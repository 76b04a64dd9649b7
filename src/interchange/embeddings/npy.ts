/**
 * An array as NumPy's .npy, version 1.0: numpy.lib.format.
 * @param data float32 or int32, row by row
 */
export function npy(data: Float32Array | Int32Array, shape: readonly number[]): Uint8Array[] {
  const type = data instanceof Float32Array ? '<f4' : '<i4';
  const sizes = shape.length === 1 ? `${shape[0]},` : shape.join(', ');
  const header = `{'descr': '${type}', 'fortran_order': False, 'shape': (${sizes}), }`;
  // Ten bytes stand before it; all of it is a multiple of 64 and ends in a line feed.
  const padded = Buffer.from(`${header}${' '.repeat((64 - ((10 + header.length + 1) % 64)) % 64)}\n`, 'latin1');
  const start = Buffer.concat([Buffer.from([0x93]), Buffer.from('NUMPY'), Buffer.from([1, 0]), Buffer.alloc(2)]);
  start.writeUInt16LE(padded.length, 8);
  return [start, padded, new Uint8Array(data.buffer, data.byteOffset, data.byteLength)];
}
