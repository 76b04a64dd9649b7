import { chmodSync, mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { because } from '../../test/support/because';
import { fakeProgram } from '../../test/support/fakeProgram';
import { mountProblem, tempDisk, tempFolder } from '../../test/support/tempFolder';
import { checkIds, type CheckId, type DoctorReport } from '../contracts/doctor';
import { sha256Of } from '../data/fileHash';
import { prepare, runEnvironment } from '../trainer/host/nativeHost';
import { classifyProbe } from './classifyProbe';
import { runDoctor, type DoctorEdges } from './doctor';
import type { RuntimeFacts } from './doctorFacts';
import { gpuSurroundings } from './nvidia';
import { cudaLibraries, runtimeFacts } from './runtimeFacts';
import { tensorFlowVersion } from './runtimeLayout';

afterEach(() => vi.unstubAllEnvs());

const cpuRuntime: RuntimeFacts = { variant: 'cpu', version: '2.21.0', folder: '/cache/tensorflow', bytes: 9e8, cudaDataDir: null, libraryDir: null, verified: 'sizes', problem: null };
const gpuRuntime: RuntimeFacts = { ...cpuRuntime, variant: 'gpu', cudaDataDir: '/cache/nvidia/cuda_nvcc' };
const report = (device: 'cpu' | 'gpu') => JSON.stringify({ tensorflowVersion: '2.21.0', device, loadMs: 310, stepMs: 1.2, deviation: 2e-6 });
const created = (name: string, capability: string) =>
  `I0000 gpu_device.cc:2040] Created device /job:localhost/replica:0/task:0/device:GPU:0 with 22295 MB memory:  -> device: 0, name: ${name}, pci bus id: 0000:01:00.0, compute capability: ${capability}\n`;
const probeThat = (code: number | null, stderr: string, stdout: string, signal: string | null = null): DoctorEdges['probe'] => () =>
  Promise.resolve({ verdict: classifyProbe({ kind: 'ended', code, signal }, stderr, stdout), durationMs: 1 });
const onCpu = probeThat(0, '', report('cpu'));
const never: DoctorEdges['probe'] = () => { throw new Error('the probe must not be started'); };
/** Works only where it is kept off the GPU. */
const cpuOnly = (withGpu: DoctorEdges['probe']): DoctorEdges['probe'] => (environment) => (environment['CUDA_VISIBLE_DEVICES'] === '-1' ? onCpu(environment) : withGpu(environment));

/** The computer's own GPU, or lack of one, is hidden behind files and an nvidia-smi of the test's. */
function machine(options: { smi?: string | null; kernelDriver?: string; onBus?: boolean; libraries?: readonly string[] }): DoctorEdges['gpu'] {
  const folder = tempFolder();
  if (options.kernelDriver) writeFileSync(join(folder, 'version'), `NVRM version: NVIDIA UNIX x86_64 Kernel Module  ${options.kernelDriver}  Thu Oct 10\n`);
  if (options.onBus) {
    mkdirSync(join(folder, 'pci/0000:01:00.0'), { recursive: true });
    writeFileSync(join(folder, 'pci/0000:01:00.0/vendor'), '0x10de\n');
    writeFileSync(join(folder, 'pci/0000:01:00.0/class'), '0x030000\n');
  }
  if (options.smi !== null) fakeProgram('nvidia-smi', options.smi ?? 'echo "no driver"; exit 9');
  const libraries = tempFolder('lib');
  for (const name of options.libraries ?? ['libcuda.so.1', 'libnvidia-ml.so.1']) writeFileSync(join(libraries, name), '');
  fakeProgram('ldconfig', 'exit 0');
  vi.stubEnv('LD_LIBRARY_PATH', libraries);
  return () => gpuSurroundings({ driverVersion: join(folder, 'version'), pciDevices: join(folder, 'pci') });
}

const smi = (name: string, driver: string, capability: string, mode = 'Default') =>
  `echo "0, ${name}, GPU-5c1e, ${driver}, 24564, 23010, ${capability}, ${mode}, [N/A], 00000000:01:00.0"`;

async function doctor(gpu: DoctorEdges['gpu'], runtime: RuntimeFacts, probe: DoctorEdges['probe'], libraryDir = tempFolder()): Promise<DoctorReport> {
  return runDoctor({ libraryDir, cacheDir: tempFolder(), edges: { gpu, runtime: () => Promise.resolve(runtime), probe } });
}
const check = (found: DoctorReport, id: CheckId) => found.checks.find((one) => one.id === id)!;

test('a computer without a GPU trains on the CPU, and says which', async () => {
  const found = await doctor(machine({ libraries: [] }), cpuRuntime, onCpu);
  expect(found.checks.map(({ id }) => id)).toEqual(checkIds);
  expect(found.device).toMatchObject({ kind: 'cpu', gpuNotUsed: null });
  expect(found.device?.name).toMatch(/\d+ cores?$/);
  expect(check(found, 'device')).toMatchObject({ state: 'passed', value: found.device?.name });
  expect(check(found, 'binding').value).toContain('2.21.0');
  expect(check(found, 'testStep')).toMatchObject({ state: 'passed' });
  for (const one of found.checks) if (one.state === 'failed' || one.state === 'warning') expect(one.error?.remedy).toBeTruthy();
});

test('a GPU in use', async () => {
  const found = await doctor(machine({ smi: smi('NVIDIA GeForce RTX 4090', '570.86.15', '8.9'), kernelDriver: '570.86.15', onBus: true }), gpuRuntime, probeThat(0, created('NVIDIA GeForce RTX 4090', '8.9'), report('gpu')));
  expect(found.device).toEqual({ kind: 'gpu', name: 'NVIDIA GeForce RTX 4090', gpuNotUsed: null });
  expect(check(found, 'device')).toMatchObject({ state: 'passed', note: 'in use' });
  expect(check(found, 'driver')).toMatchObject({ state: 'passed', value: '570.86.15', note: expect.stringContaining('525') as string });
  expect(found.gpus).toHaveLength(1);
});

describe('a GPU that is present but not used fails, with the reason', () => {
  const rtx = 'NVIDIA GeForce RTX 4090';
  test.each<[string, Parameters<typeof machine>[0], RuntimeFacts, DoctorEdges['probe'], RegExp]>([
    ['the CPU libraries are set up', { smi: smi(rtx, '570.86.15', '8.9'), kernelDriver: '570.86.15' }, cpuRuntime, onCpu, /is the one for the CPU/],
    ['the driver is too old', { smi: smi(rtx, '470.256.02', '8.9'), kernelDriver: '470.256.02' }, gpuRuntime, cpuOnly(never), /470\.256\.02 is too old.*525/],
    ['the driver is too old for a Blackwell card', { smi: smi('NVIDIA RTX PRO 6000', '565.57.01', '12.0'), kernelDriver: '565.57.01' }, gpuRuntime, cpuOnly(never), /570\.26 or newer/],
    ['the driver was updated under way', { smi: 'echo "Failed to initialize NVML: Driver/library version mismatch"; echo "NVML library version: 570.86"; exit 18', kernelDriver: '565.57' }, gpuRuntime, onCpu, /updated to 570\.86 while version 565\.57/],
    ['the driver is not loaded', { onBus: true }, gpuRuntime, onCpu, /driver is not loaded/],
    ['libcuda is missing', { smi: smi(rtx, '570.86.15', '8.9'), kernelDriver: '570.86.15', libraries: ['libnvidia-ml.so.1'] }, gpuRuntime, onCpu, /libcuda\.so\.1/],
    ['libnvidia-ml is missing', { smi: smi(rtx, '570.86.15', '8.9'), kernelDriver: '570.86.15', libraries: ['libcuda.so.1'] }, gpuRuntime, onCpu, /libnvidia-ml\.so\.1/],
    ['nvidia-smi is missing', { smi: null, kernelDriver: '570.86.15' }, cpuRuntime, onCpu, /nvidia-smi is missing/],
    ['no card is visible', { smi: 'true', kernelDriver: '570.86.15' }, gpuRuntime, onCpu, /no GPU is visible/],
    ['computing is prohibited', { smi: smi(rtx, '570.86.15', '8.9', 'Prohibited'), kernelDriver: '570.86.15' }, gpuRuntime, onCpu, /compute mode Prohibited/],
    ['a CUDA library does not load', { smi: smi(rtx, '570.86.15', '8.9'), kernelDriver: '570.86.15' }, gpuRuntime,
      probeThat(0, "Could not load dynamic library 'libcusolver.so.11'\nCannot dlopen some GPU libraries. Skipping registering GPU devices...\n", report('cpu')), /libcusolver\.so\.11/],
    ['the process dies in require', { smi: smi(rtx, '570.86.15', '8.9'), kernelDriver: '570.86.15' }, gpuRuntime, probeThat(null, '', '', 'SIGSEGV'), /SIGSEGV/],
    ['TensorFlow says nothing', { smi: smi(rtx, '570.86.15', '8.9'), kernelDriver: '570.86.15' }, gpuRuntime, onCpu, /gave no reason/],
  ])('%s', async (_name, surroundings, runtime, probe, message) => {
    const found = await doctor(machine(surroundings), runtime, probe);
    expect(found.ok).toBe(false);
    expect(check(found, 'device')).toMatchObject({ state: 'failed', value: expect.stringContaining('NOT used') as string, error: { code: expect.any(String) as string, message: expect.stringMatching(message) as string, remedy: expect.stringMatching(/./) as string } });
    if (found.device) expect(found.device.gpuNotUsed).toMatch(message);
  });
});

describe('a GPU that can be mended is waited for, where the CPU works meanwhile', () => {
  const rtx = 'NVIDIA GeForce RTX 4090';
  const listed = { smi: smi(rtx, '570.86.15', '8.9'), kernelDriver: '570.86.15' };
  const mismatch = { smi: 'echo "Failed to initialize NVML: Driver/library version mismatch"; echo "NVML library version: 570.86"; exit 18', kernelDriver: '565.57' };
  const crash = probeThat(null, '', '', 'SIGSEGV');
  beforeEach(() => { vi.stubEnv('CUDA_VISIBLE_DEVICES', undefined); });
  test.each<[string, Parameters<typeof machine>[0], RuntimeFacts, DoctorEdges['probe'], boolean, 'cpu' | 'gpu' | undefined]>([
    ['TensorFlow falls back by itself', mismatch, gpuRuntime, onCpu, true, 'cpu'],
    ['the process dies with the GPU, and lives without it', listed, gpuRuntime, cpuOnly(crash), true, 'cpu'],
    ['the driver is too old to try it', { smi: smi(rtx, '470.256.02', '8.9'), kernelDriver: '470.256.02' }, gpuRuntime, cpuOnly(never), true, 'cpu'],
    ['the process dies without the GPU too: nothing can be chosen', listed, gpuRuntime, crash, false, undefined],
    ['the GPU is used', listed, gpuRuntime, probeThat(0, created(rtx, '8.9'), report('gpu')), false, 'gpu'],
    ['the libraries for the CPU were chosen', listed, cpuRuntime, onCpu, false, 'cpu'],
    ['no GPU is there', { libraries: [] }, gpuRuntime, onCpu, false, 'cpu'],
    ['a card that nothing makes usable', { smi: smi('GeForce GTX 960', '535.183.01', '5.2'), kernelDriver: '535.183.01' }, gpuRuntime, onCpu, false, 'cpu'],
  ])('%s', async (_name, surroundings, runtime, probe, gpuAwaited, kind) => {
    const gpu = machine(surroundings);
    const found = await doctor(gpu, runtime, probe);
    expect({ gpuAwaited: found.gpuAwaited, kind: found.device?.kind }).toEqual({ gpuAwaited, kind });
    if (kind === undefined) return;
    const host = await prepare({ gpu, runtime: () => Promise.resolve(runtime), probe });
    expect(host.gpuAwaited !== null).toBe(gpuAwaited);
    if (gpuAwaited) expect(host).toMatchObject({ gpuAwaited: { code: 'gpu-unusable', message: found.device!.gpuNotUsed }, gpusUsed: 0 });
    // A trainer must not meet what killed the probe.
    const trained = await probe(runEnvironment(host, { intraOpThreads: null, device: 'auto', xla: false }));
    expect(trained.verdict.state).toBe('ready');
  });

  test('one that whoever started the program hides is not', async () => {
    vi.stubEnv('CUDA_VISIBLE_DEVICES', '-1');
    expect(await doctor(machine(mismatch), gpuRuntime, onCpu)).toMatchObject({ gpuAwaited: false, device: { kind: 'cpu' } });
  });
});

test('kernel and library of different versions, side by side', async () => {
  const found = await doctor(machine({ smi: 'echo "Failed to initialize NVML: Driver/library version mismatch"; echo "NVML library version: 570.86"; exit 18', kernelDriver: '565.57' }), gpuRuntime, onCpu);
  expect(check(found, 'driver')).toMatchObject({ state: 'failed', value: 'kernel 565.57, library 570.86', note: 'they must be equal', error: { command: 'sudo reboot' } });
});

test('a card that nothing can make usable is a warning', async () => {
  const found = await doctor(machine({ smi: smi('GeForce GTX 960', '535.183.01', '5.2'), kernelDriver: '535.183.01' }), cpuRuntime, onCpu);
  expect(check(found, 'device')).toMatchObject({ state: 'warning', error: { message: expect.stringContaining('5.2') as string } });
  expect(found.device?.gpuNotUsed).toContain('too old');
});

test('GPU libraries without a GPU: exactly what is missing', async () => {
  const found = await doctor(machine({ libraries: [] }), gpuRuntime, probeThat(0, "Could not load dynamic library 'libcuda.so.1'\n", report('cpu')));
  expect(check(found, 'driver')).toMatchObject({ state: 'failed', error: { message: expect.stringMatching(/driver is missing: libcuda\.so\.1 and libnvidia-ml\.so\.1/) as string } });
  expect(check(found, 'device')).toMatchObject({ state: 'failed', note: expect.stringContaining('CPU') as string });
});

test('without the native runtime nothing is started, and what needs it is not run', async () => {
  const problem = { code: 'runtime-missing' as const, message: 'gone', remedy: 'Set it up.', command: 'npm run setup' };
  const found = await doctor(machine({ libraries: [] }), { ...cpuRuntime, variant: null, problem }, never);
  expect(found).toMatchObject({ ok: false, device: null, versions: { tensorflow: null } });
  expect(['device', 'runtime', 'binding', 'testStep'].map((id) => check(found, id as CheckId).state)).toEqual(['not-run', 'failed', 'not-run', 'not-run']);
});

test.skipIf(mountProblem)(because(mountProblem, 'a read-only library is told'), async () => {
  const disk = tempDisk(256);
  disk.remountReadOnly();
  const found = await doctor(machine({ libraries: [] }), cpuRuntime, onCpu, disk.folder);
  expect(check(found, 'library')).toMatchObject({ state: 'failed', error: { code: 'library-read-only', message: expect.stringContaining(disk.folder) as string } });
  expect(check(found, 'disk').state).toBe('failed');
});

test('damaged runs are counted, a damaged data set is told, an absent library is made by nobody', async () => {
  const library = tempFolder();
  mkdirSync(join(library, 'runs/broken'), { recursive: true });
  mkdirSync(join(library, 'datasets/cifar10'), { recursive: true });
  writeFileSync(join(library, 'datasets/cifar10/manifest.json'), '{');
  const found = await doctor(machine({ libraries: [] }), cpuRuntime, onCpu, library);
  expect(check(found, 'library')).toMatchObject({ state: 'warning', value: 'schema 1, 1 run, 1 damaged' });
  expect(check(found, 'dataset')).toMatchObject({ state: 'failed', error: { code: 'dataset-damaged', command: expect.stringContaining('dataset import cifar10') as string } });
  const absent = await doctor(machine({ libraries: [] }), cpuRuntime, onCpu, join(library, 'a/b'));
  expect(check(absent, 'library')).toMatchObject({ state: 'passed', value: 'not made yet' });
  expect(check(absent, 'dataset')).toMatchObject({ state: 'warning', error: { code: 'dataset-unknown' } });
});

describe('the native runtime on disk', () => {
  function layout(variant: 'cpu' | 'gpu'): { packageFolder: string; cache: string } {
    const [packageFolder, cache] = [tempFolder('package'), tempFolder('cache')];
    const files: { path: string; bytes: number; sha256: string }[] = [];
    const put = (path: string, mode = 0o644) => {
      mkdirSync(dirname(join(cache, path)), { recursive: true });
      writeFileSync(join(cache, path), path);
      chmodSync(join(cache, path), mode);
      files.push({ path, bytes: Buffer.byteLength(path), sha256: sha256Of(path) });
    };
    mkdirSync(join(packageFolder, 'lib/napi-v8'), { recursive: true });
    mkdirSync(join(packageFolder, 'deps/lib'), { recursive: true });
    writeFileSync(join(packageFolder, 'lib/napi-v8/tfjs_binding.node'), '');
    for (const name of ['libtensorflow_cc.so.2', 'libtensorflow_framework.so.2']) {
      put(`tensorflow/${name}`);
      symlinkSync(join(cache, 'tensorflow', name), join(packageFolder, 'deps/lib', name));
    }
    if (variant === 'gpu') {
      for (const name of cudaLibraries) put(`nvidia/cuda_runtime/lib/${name}`);
      put('nvidia/cuda_nvcc/nvvm/libdevice/libdevice.10.bc');
      put('nvidia/cuda_nvcc/bin/ptxas', 0o755);
      symlinkSync(join(cache, 'nvidia'), join(packageFolder, 'deps/nvidia'));
    }
    writeFileSync(join(cache, 'files.json'), JSON.stringify({ schemaVersion: 1, variant, tensorFlowVersion, files }));
    return { packageFolder, cache };
  }

  test('whole, for the CPU and for the GPU', async () => {
    expect(await runtimeFacts(layout('cpu'))).toMatchObject({ variant: 'cpu', problem: null, cudaDataDir: null });
    const gpu = layout('gpu');
    expect(await runtimeFacts({ ...gpu, deep: true })).toMatchObject({ variant: 'gpu', problem: null, verified: 'hashes', cudaDataDir: join(gpu.cache, 'nvidia/cuda_nvcc') });
  });

  test.each<[string, (folders: { packageFolder: string; cache: string }) => void, RegExp]>([
    ['ptxas may not run', ({ cache }) => chmodSync(join(cache, 'nvidia/cuda_nvcc/bin/ptxas'), 0o644), /ptxas.*may not be executed/],
    ['a CUDA library is gone', ({ cache }) => rmSync(join(cache, 'nvidia/cuda_runtime/lib/libcusolver.so.11')), /libcusolver\.so\.11 is missing/],
    ['a library was truncated', ({ cache }) => writeFileSync(join(cache, 'tensorflow/libtensorflow_framework.so.2'), ''), /libtensorflow_framework\.so\.2 has another size/],
    ['the link to the CUDA libraries is gone', ({ packageFolder }) => rmSync(join(packageFolder, 'deps/nvidia')), /not linked.*deps\/nvidia/],
    ['the cache was removed', ({ cache }) => rmSync(cache, { recursive: true }), /cache folder removed/],
    ['the set-up was cut off', ({ cache }) => rmSync(join(cache, 'files.json')), /not set up to the end/],
    ['the binding was never built', ({ packageFolder }) => rmSync(join(packageFolder, 'lib'), { recursive: true }), /binding has not been built/],
  ])('%s', async (_name, change, message) => {
    const folders = layout('gpu');
    change(folders);
    expect((await runtimeFacts(folders)).problem).toMatchObject({ message: expect.stringMatching(message) as string, command: expect.stringMatching(/npm run setup|chmod/) as string });
  });

  test('one changed byte is found by the hashes alone', async () => {
    const folders = layout('cpu');
    writeFileSync(join(folders.cache, 'tensorflow/libtensorflow_cc.so.2'), 'tensorflow/libtensorflow_cc.so.3');
    expect((await runtimeFacts(folders)).problem).toBeNull();
    expect((await runtimeFacts({ ...folders, deep: true })).problem?.message).toMatch(/libtensorflow_cc\.so\.2 has changed/);
  });

  test('the npm packages are not installed', async () => {
    expect((await runtimeFacts({ packageFolder: null })).problem?.code).toBe('runtime-missing');
  });
});

const here = await runtimeFacts();
if (here.problem) console.warn(`The real native runtime is not tried: ${here.problem.message}`);
test.skipIf(here.problem)(because(here.problem?.message ?? null, 'the real native runtime, probed for real'), async () => {
  const found = await runDoctor({ libraryDir: tempFolder(), cacheDir: tempFolder() });
  expect(check(found, 'binding').state).toBe('passed');
  expect(check(found, 'testStep').state).toBe('passed');
  expect(found.device?.name).toBeTruthy();
  expect(found.versions.tensorflow).toBe('2.21.0');
});
