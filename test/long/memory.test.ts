import { expect, it } from 'vitest';
import { arrayNoiseBytes, memoryNoiseBytes, memoryOfTraining } from '../../src/engine/testing/flatMemory';

/** Few, so that 2,000 steps take a minute of processor time: a busy machine is through in 30. */
const images = 8;

// The short one: src/engine/step/memory.test.ts.
it('memory stays flat over 2,000 steps of a small network', async () => {
  const { early, late } = await memoryOfTraining(2000, images);
  console.log(`resident ${(early.residentBytes / 1e6).toFixed(1)} MB at step ${early.step}, ${(late.residentBytes / 1e6).toFixed(1)} MB at step ${late.step}; arrays ${early.arrayBytes} bytes, ${late.arrayBytes}; tensors ${early.tensors}, ${late.tensors}`);
  expect(late.tensors).toBe(early.tensors);
  // A batch that is kept in each step hides in what the allocators have freed: resident memory alone does not show it.
  expect(late.arrayBytes - early.arrayBytes).toBeLessThan(arrayNoiseBytes(images));
  expect(late.residentBytes - early.residentBytes).toBeLessThan(memoryNoiseBytes);
}, 1_800_000);
