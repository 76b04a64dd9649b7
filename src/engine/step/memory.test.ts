import { expect, it } from 'vitest';
import { arrayNoiseBytes, memoryNoiseBytes, memoryOfTraining } from '../testing/flatMemory';

// 2,000 steps: test/long/memory.test.ts.
it('memory stays flat while a network trains', async () => {
  const { early, late } = await memoryOfTraining(160, 64);
  console.log(`resident ${(early.residentBytes / 1e6).toFixed(1)} MB at step ${early.step}, ${(late.residentBytes / 1e6).toFixed(1)} MB at step ${late.step}; arrays ${early.arrayBytes} bytes, ${late.arrayBytes}; tensors ${early.tensors}, ${late.tensors}`);
  expect(late.tensors).toBe(early.tensors);
  // A batch that is kept in each step hides in what the allocators have freed: resident memory alone does not show it.
  expect(late.arrayBytes - early.arrayBytes).toBeLessThan(arrayNoiseBytes(64));
  expect(late.residentBytes - early.residentBytes).toBeLessThan(memoryNoiseBytes);
}, 300_000);
