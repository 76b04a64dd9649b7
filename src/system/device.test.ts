import { cpus } from 'node:os';
import { afterEach, expect, test, vi } from 'vitest';
import { fakeProgram } from '../../test/support/fakeProgram';
import { deviceSampler, hostMemory, processorName } from './device';

afterEach(() => vi.unstubAllEnvs());

test('the processor is named without trade marks', () => {
  const core = cpus()[0]!;
  expect(processorName([{ ...core, model: 'Intel(R) Xeon(R) Platinum 8481C CPU @ 2.70GHz' }, core])).toBe('Intel Xeon Platinum 8481C, 2 cores');
  expect(processorName([{ ...core, model: 'AMD Ryzen 9 7950X 16-Core Processor' }])).toBe('AMD Ryzen 9 7950X 16-Core, 1 core');
});

test('a busy core shows in the load', async () => {
  const sample = deviceSampler(null);
  await sample();
  const end = performance.now() + 400;
  while (performance.now() < end);
  const { kind, load, hostMemoryUsedBytes, hostMemoryTotalBytes } = await sample();
  expect(kind).toBe('cpu');
  expect(load).toBeGreaterThan(0.5 / cpus().length);
  expect(load).toBeLessThanOrEqual(1);
  expect(hostMemoryUsedBytes).toBeLessThan(hostMemoryTotalBytes);
  expect((await hostMemory()).availableBytes).toBeGreaterThan(0);
});

test('a GPU\'s figures are nvidia-smi\'s; what it does not tell is not known', async () => {
  fakeProgram('nvidia-smi', 'echo "NVIDIA GeForce RTX 4090, 97, 20480, 24564, 71, 338.20, [N/A]"');
  expect(await deviceSampler('0')()).toMatchObject({
    kind: 'gpu', name: 'NVIDIA GeForce RTX 4090', load: 0.97, memoryUsedBytes: 20480 * 2 ** 20, temperatureCelsius: 71, powerWatts: 338.2, powerLimitWatts: null,
  });
  fakeProgram('nvidia-smi', 'exit 9');
  expect(await deviceSampler('0')()).toMatchObject({ kind: 'gpu', load: null });
});
