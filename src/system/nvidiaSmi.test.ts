import { afterEach, expect, test, vi } from 'vitest';
import { fakeProgram } from '../../test/support/fakeProgram';
import { tempFolder } from '../../test/support/tempFolder';
import { queryComputeProcesses, queryGpus } from './nvidiaSmi';

afterEach(() => vi.unstubAllEnvs());

const printed = (lines: string) => fakeProgram('nvidia-smi', `cat <<'END'\n${lines}\nEND`);

test('fields in the order asked, numbers as numbers, a row a GPU', async () => {
  printed('NVIDIA GeForce RTX 4090, 0, 24564, 61.03, 8.9\nNVIDIA H100 80GB HBM3, 1, 81559, 118.40, 9.0');
  expect(await queryGpus(['name', 'index', 'totalMemoryMiB', 'powerWatts', 'computeCapability'], 10_000)).toEqual({
    failure: null,
    rows: [
      { name: 'NVIDIA GeForce RTX 4090', index: 0, totalMemoryMiB: 24564, powerWatts: 61.03, computeCapability: '8.9' },
      { name: 'NVIDIA H100 80GB HBM3', index: 1, totalMemoryMiB: 81559, powerWatts: 118.4, computeCapability: '9.0' },
    ],
  });
});

test.each(['[N/A]', 'N/A', '[Not Supported]', 'Not Supported', '[Unknown Error]', '[GPU requires reset]', '[Insufficient Permissions]', ''])('"%s" is not known, as a number and as text', async (cell) => {
  printed(`0, ${cell}, ${cell}`);
  expect((await queryGpus(['index', 'powerWatts', 'migMode'], 10_000)).rows).toEqual([{ index: 0, powerWatts: null, migMode: null }]);
});

test('what is asked is named as nvidia-smi names it, of the one GPU', async () => {
  fakeProgram('nvidia-smi', 'echo "$*" >&2; exit 3');
  expect((await queryGpus(['usedMemoryMiB', 'loadPercent'], 10_000, 'GPU-5c1e')).failure?.output).toBe('--id=GPU-5c1e --query-gpu=memory.used,utilization.gpu --format=csv,noheader,nounits');
  expect((await queryComputeProcesses(['pid', 'usedMemoryMiB'], 10_000)).failure?.output).toBe('--query-compute-apps=pid,used_memory --format=csv,noheader,nounits');
});

test('processes that compute on the GPUs, and none', async () => {
  printed('4711, 1824\n4712, [N/A]');
  expect((await queryComputeProcesses(['pid', 'usedMemoryMiB'], 10_000)).rows).toEqual([{ pid: 4711, usedMemoryMiB: 1824 }, { pid: 4712, usedMemoryMiB: null }]);
  printed('');
  expect((await queryComputeProcesses(['pid', 'usedMemoryMiB'], 10_000)).rows).toEqual([]);
});

test('what went wrong is a code', async () => {
  fakeProgram('nvidia-smi', 'echo "Field \\"compute_cap\\" is not a valid field to query."; exit 2');
  expect((await queryGpus(['computeCapability'], 10_000)).failure).toEqual({ code: 'failed', exitCode: 2, output: 'Field "compute_cap" is not a valid field to query.' });
  printed('No devices were found');
  expect((await queryGpus(['index', 'name'], 10_000)).failure).toEqual({ code: 'unreadable', exitCode: 0, output: 'No devices were found' });
  fakeProgram('nvidia-smi', 'exec sleep 60');
  expect((await queryGpus(['index'], 200)).failure).toEqual({ code: 'no-answer', exitCode: null, output: 'no answer in 0.2 seconds' });
  vi.stubEnv('PATH', tempFolder('empty'));
  expect((await queryGpus(['index'], 10_000)).failure).toEqual({ code: 'absent', exitCode: null, output: '' });
});
