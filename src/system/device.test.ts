import { mkdir, writeFile } from 'node:fs/promises';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test, vi } from 'vitest';
import { fakeProgram } from '../../test/support/fakeProgram';
import { tempFolder } from '../../test/support/tempFolder';
import { cpuTemperature } from './cpuTemperature';
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

/** A file tree under /sys: path → content. */
async function sysWith(files: Record<string, string>): Promise<string> {
  const root = tempFolder();
  for (const [path, text] of Object.entries(files)) {
    await mkdir(join(root, path, '..'), { recursive: true });
    await writeFile(join(root, path), `${text}\n`);
  }
  return root;
}

test('the processor\'s temperature is its own sensor\'s, else its thermal zone\'s, and no other\'s', async () => {
  const zones = { 'class/thermal/thermal_zone0/type': 'acpitz', 'class/thermal/thermal_zone0/temp': '27800', 'class/thermal/thermal_zone2/type': 'x86_pkg_temp', 'class/thermal/thermal_zone2/temp': '64000' };
  const drive = { 'class/hwmon/hwmon0/name': 'nvme', 'class/hwmon/hwmon0/temp1_input': '38850' };
  expect(await cpuTemperature(await sysWith({ ...zones, ...drive, 'class/hwmon/hwmon3/name': 'k10temp', 'class/hwmon/hwmon3/temp1_input': '71250' }))).toBe(71.25);
  expect(await cpuTemperature(await sysWith({ ...zones, ...drive }))).toBe(64);
  expect(await cpuTemperature(await sysWith({ ...drive, 'class/hwmon/hwmon3/name': 'coretemp', 'class/hwmon/hwmon3/temp1_input': '' }))).toBeNull();
  expect(await cpuTemperature(join(tempFolder(), 'none'))).toBeNull();
});

test('a GPU\'s figures are nvidia-smi\'s; what it does not tell is not known', async () => {
  fakeProgram('nvidia-smi', 'echo "NVIDIA GeForce RTX 4090, 97, 20480, 24564, 71, 338.20, [N/A]"');
  expect(await deviceSampler('0')()).toMatchObject({
    kind: 'gpu', name: 'NVIDIA GeForce RTX 4090', load: 0.97, memoryUsedBytes: 20480 * 2 ** 20, temperatureCelsius: 71, powerWatts: 338.2, powerLimitWatts: null,
  });
  fakeProgram('nvidia-smi', 'exit 9');
  expect(await deviceSampler('0')()).toMatchObject({ kind: 'gpu', load: null });
});
