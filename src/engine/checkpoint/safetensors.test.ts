import { describe, expect, it } from 'vitest';
import { decodeSafetensors, encodeSafetensors } from './safetensors';

const tensors = [
  { name: 'conv1.weight', shape: [2, 3], data: Float32Array.of(1, -2, Infinity, 0, 5e-42, NaN) },
  { name: '層.bias', shape: [], data: Float32Array.of(7) },
];

describe('safetensors', () => {
  it('come back as they were, bit for bit', () => {
    const file = Buffer.concat(encodeSafetensors(tensors, { format: 'pt' }));
    expect(decodeSafetensors(file)).toEqual(tensors);
    expect((Number(file.readBigUInt64LE(0)) + 8) % 8).toBe(0);
  });

  it('that are cut off are told', () => {
    const file = Buffer.concat(encodeSafetensors(tensors));
    expect(() => decodeSafetensors(file.subarray(0, file.length - 1))).toThrow(/does not fit/);
    expect(() => decodeSafetensors(file.subarray(0, 20))).toThrow(/shorter than its header/);
    expect(() => decodeSafetensors(file.subarray(0, 4))).toThrow(/shorter/);
  });
});
