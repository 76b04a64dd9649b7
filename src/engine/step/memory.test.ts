import { expect, it } from 'vitest';
import { memoryNoiseBytes, memoryOfTraining } from '../testing/flatMemory';

// 2,000 steps: test/long/memory.test.ts.
it('memory stays flat while a network trains', async () => {
  const { early, late } = await memoryOfTraining(160);
  console.log(`resident ${(early.residentBytes / 1e6).toFixed(1)} MB at step ${early.step}, ${(late.residentBytes / 1e6).toFixed(1)} MB at step ${late.step}; tensors ${early.tensors}, ${late.tensors}`);
  expect(late.tensors).toBe(early.tensors);
  expect(late.residentBytes - early.residentBytes).toBeLessThan(memoryNoiseBytes);
}, 300_000);
