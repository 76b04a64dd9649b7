import { expect, it } from 'vitest';
import { slowBfloat16 } from './slowBfloat16';

it('only bfloat16, on a processor that is slow in it, where that is what trains', () => {
  const told = (precision: 'bfloat16' | 'float32', device: 'auto' | 'cpu' | 'gpu', speed: Parameters<typeof slowBfloat16>[1], found: 'cpu' | 'gpu' | null) => slowBfloat16({ precision, device }, speed, found)?.message ?? null;
  expect(told('bfloat16', 'auto', 'slow-instruction', 'cpu')).toContain('more slowly');
  expect(told('bfloat16', 'cpu', 'no-instruction', 'gpu')).toContain('emulated');
  expect(told('float32', 'cpu', 'no-instruction', 'cpu')).toBeNull();
  expect(told('bfloat16', 'auto', 'fast', 'cpu')).toBeNull();
  expect(told('bfloat16', 'auto', null, 'cpu')).toBeNull();
  expect(told('bfloat16', 'auto', 'no-instruction', 'gpu')).toBeNull();
  expect(told('bfloat16', 'auto', 'no-instruction', null)).toBeNull();
  expect(told('bfloat16', 'gpu', 'no-instruction', 'cpu')).toBeNull();
});
