import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test, vi } from 'vitest';
import { fakeProgram } from '../../test/support/fakeProgram';
import { tempFolder } from '../../test/support/tempFolder';
import { kernelDriverVersion, nvidiaPciDevices, queryNvidiaSmi } from './nvidia';

afterEach(() => vi.unstubAllEnvs());

const fakeNvidiaSmi = (script: string) => fakeProgram('nvidia-smi', script);

test('two cards with all fields', async () => {
  fakeNvidiaSmi(`cat <<'END'
0, NVIDIA GeForce RTX 4090, GPU-5c1e, 570.86.15, 24564, 23010, 8.9, Default, [N/A], 00000000:01:00.0
1, NVIDIA H100 80GB HBM3, GPU-77aa, 570.86.15, 81559, 81000, 9.0, Default, Disabled, 00000000:41:00.0
END`);
  const found = await queryNvidiaSmi();
  expect(found).toMatchObject({ state: 'listed', gpus: [{ name: 'NVIDIA GeForce RTX 4090', computeCapability: '8.9', migMode: null, totalMemoryMiB: 24564 }, { index: 1, migMode: 'Disabled' }] });
});

test('a driver that does not know compute_cap: the other fields are asked one by one', async () => {
  fakeNvidiaSmi(`case "$1" in
    *compute_cap*) echo 'Field "compute_cap" is not a valid field to query.'; exit 2;;
    --query-gpu=index) echo 0;;
    --query-gpu=name) echo 'Tesla P40';;
    --query-gpu=driver_version) echo 440.33.01;;
    --query-gpu=memory.total) echo 22919;;
    *) echo '[Not Supported]';;
  esac`);
  expect(await queryNvidiaSmi()).toEqual({
    state: 'listed',
    gpus: [{ index: 0, name: 'Tesla P40', uuid: null, driverVersion: '440.33.01', totalMemoryMiB: 22919, freeMemoryMiB: null, computeCapability: null, computeMode: null, migMode: null, pciBusId: null }],
  });
});

test.each([
  [18, 'Failed to initialize NVML: Driver/library version mismatch\nNVML library version: 570.86'],
  [0, 'No devices were found'],
  [9, 'NVIDIA-SMI has failed because it couldn\'t communicate with the NVIDIA driver. Make sure that the latest NVIDIA driver is installed and running.'],
])('nvidia-smi fails with %i', async (code, output) => {
  fakeNvidiaSmi(`cat <<'END'\n${output}\nEND\nexit ${code}`);
  expect(await queryNvidiaSmi()).toEqual({ state: 'failed', exitCode: code, output });
});

test('no nvidia-smi', async () => {
  vi.stubEnv('PATH', tempFolder('empty'));
  expect(await queryNvidiaSmi()).toEqual({ state: 'absent' });
});

test('the version of the loaded driver, proprietary and open', async () => {
  const path = join(tempFolder(), 'version');
  expect(await kernelDriverVersion(path)).toBeNull();
  writeFileSync(path, 'NVRM version: NVIDIA UNIX x86_64 Kernel Module  565.57.01  Thu Oct 10 12:29:05 UTC 2024\nGCC version:  gcc version 12.2.0\n');
  expect(await kernelDriverVersion(path)).toBe('565.57.01');
  writeFileSync(path, 'NVRM version: NVIDIA UNIX Open Kernel Module for x86_64  570.86.15  Release Build  (dvs-builder@U22)\n');
  expect(await kernelDriverVersion(path)).toBe('570.86.15');
});

test('NVIDIA display controllers on the bus, and nothing else of NVIDIA\'s', async () => {
  const folder = tempFolder();
  for (const [address, vendor, kind] of [['0000:01:00.0', '0x10de', '0x030000'], ['0000:01:00.1', '0x10de', '0x040300'], ['0000:02:00.0', '0x8086', '0x030000'], ['0000:41:00.0', '0x10de', '0x030200']] as const) {
    mkdirSync(join(folder, address));
    writeFileSync(join(folder, address, 'vendor'), `${vendor}\n`);
    writeFileSync(join(folder, address, 'class'), `${kind}\n`);
  }
  expect((await nvidiaPciDevices(folder)).sort()).toEqual(['0000:01:00.0', '0000:41:00.0']);
  expect(await nvidiaPciDevices(join(folder, 'absent'))).toEqual([]);
});
