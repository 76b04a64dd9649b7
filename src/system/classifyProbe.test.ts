import { expect, test } from 'vitest';
import { classifyProbe, type ProbeExit } from './classifyProbe';

const good: ProbeExit = { kind: 'ended', code: 0, signal: null };
const failedExit: ProbeExit = { kind: 'ended', code: 1, signal: null };
const cpuReport = JSON.stringify({ tensorflowVersion: '2.21.0', device: 'cpu', loadMs: 310, stepMs: 52, deviation: 1e-7 });
const gpuReport = cpuReport.replace('"cpu"', '"gpu"');

/** Of the CPU wheel, as it came on a machine without a GPU. */
const cpuLog = `WARNING: All log messages before absl::InitializeLog() is called are written to STDERR
I0000 00:00:1795567404.483784   15267 port.cc:153] oneDNN custom operations are on. You may see slightly different numerical results due to floating-point round-off errors from different computation orders. To turn them off, set the environment variable \`TF_ENABLE_ONEDNN_OPTS=0\`.
I0000 00:00:1795567404.885889   15267 cpu_feature_guard.cc:227] This TensorFlow binary is optimized to use available CPU instructions in performance-critical operations.
To enable the following instructions: AVX2 AVX512F AVX512_VNNI AVX512_BF16 AVX_VNNI FMA, in other operations, rebuild TensorFlow with the appropriate compiler flags.
`;
const line = (text: string) => `${cpuLog}E0000 00:00:1795567404.900000   15267 ${text}\n`;
const created = 'gpu_device.cc:2040] Created device /job:localhost/replica:0/task:0/device:GPU:0 with 22295 MB memory:  -> device: 0, name: NVIDIA GeForce RTX 4090, pci bus id: 0000:01:00.0, compute capability: 8.9';

test('the CPU runtime on a machine without a GPU', () => {
  expect(classifyProbe(good, cpuLog, `${cpuReport}\n`)).toMatchObject({ state: 'ready', report: { device: 'cpu', tensorflowVersion: '2.21.0' }, gpu: null, gpuProblem: null, warning: null });
});

test('a GPU that works', () => {
  expect(classifyProbe(good, line(created), gpuReport)).toMatchObject({
    state: 'ready', gpu: { name: 'NVIDIA GeForce RTX 4090', computeCapability: '8.9', pciBusId: '0000:01:00.0', memoryMiB: 22295 }, gpuProblem: null, warning: null,
  });
});

test('a GPU that TensorFlow has no code for', () => {
  const log = line(`gpu_device.cc:2432] TensorFlow was not built with CUDA kernel binaries compatible with compute capability 12.0a. CUDA kernels will be jit-compiled from PTX, which could take 30 minutes or longer.\n${created.replace('8.9', '12.0')}`);
  expect(classifyProbe(good, log, gpuReport)).toMatchObject({ state: 'ready', warning: { message: expect.stringContaining('12.0a') as string } });
});

test.each([
  ['no driver, level 0', line('cuda_platform.cc:52] failed call to cuInit: INTERNAL: CUDA error: Failed call to cuInit: UNKNOWN ERROR (303)'), /driver is not installed/],
  ['no driver, with its library named', line("dso_loader.cc:59] Could not load dynamic library 'libcuda.so.1'; dlerror: libcuda.so.1: cannot open shared object file: No such file or directory"), /libcuda\.so\.1/],
  ['mismatch after an update', line('cuda_platform.cc:52] failed call to cuInit: INTERNAL: CUDA error: Failed call to cuInit: CUDA_ERROR_SYSTEM_DRIVER_MISMATCH: system has unsupported display driver / cuda driver combination'), /updated while the old version/],
  ['no device', line('cuda_platform.cc:52] failed call to cuInit: INTERNAL: CUDA error: Failed call to cuInit: CUDA_ERROR_NO_DEVICE: no CUDA-capable device is detected'), /reports no GPU/],
  ['another CUDA error', line('cuda_platform.cc:52] failed call to cuInit: INTERNAL: CUDA error: Failed call to cuInit: CUDA_ERROR_UNKNOWN: unknown error'), /CUDA_ERROR_UNKNOWN/],
  ['NVML missing', line("dso_loader.cc:59] Could not load dynamic library 'libnvidia-ml.so.1'; dlerror: libnvidia-ml.so.1: cannot open shared object file"), /libnvidia-ml\.so\.1/],
  ['CUDA runtime missing', line('cudart_stub.cc:31] Could not find cuda drivers on your machine, GPU will not be used.'), /libcudart\.so\.12/],
  ['a CUDA library missing', line("dso_loader.cc:59] Could not load dynamic library 'libcusolver.so.11'; dlerror: libcusolver.so.11: cannot open shared object file\nW0000 gpu_device.cc:2342] Cannot dlopen some GPU libraries. Please make sure the missing libraries mentioned above are installed properly if you would like to use GPU. Skipping registering GPU devices..."), /libcusolver\.so\.11/],
])('why no GPU is used: %s', (_name, log, message) => {
  const verdict = classifyProbe(good, log, cpuReport);
  expect(verdict).toMatchObject({ state: 'ready', report: { device: 'cpu' }, gpuProblem: { code: 'gpu-unusable', message: expect.stringMatching(message) as string } });
  if (verdict.state === 'ready') expect(verdict.gpuProblem?.remedy).toBeTruthy();
});

test.each([
  ['SIGSEGV without a word (an old driver)', { kind: 'ended', code: null, signal: 'SIGSEGV' }, '', 'unloadable', 'runtime-unloadable', /SIGSEGV.*driver/],
  ['the same as an exit code', { kind: 'ended', code: 139, signal: null }, '', 'unloadable', 'runtime-unloadable', /SIGSEGV/],
  ['SIGABRT', { kind: 'ended', code: null, signal: 'SIGABRT' }, 'F0000 BadStatusOrAccess', 'unloadable', 'runtime-unloadable', /SIGABRT/],
  ['no AVX', { kind: 'ended', code: null, signal: 'SIGILL' }, '', 'unloadable', 'platform-unsupported', /AVX/],
  ['killed for memory', { kind: 'ended', code: null, signal: 'SIGKILL' }, '', 'unloadable', 'out-of-memory', /memory/],
  ['a crash in the step', { kind: 'ended', code: null, signal: 'SIGSEGV' }, line(created), 'step-failed', 'probe-failed', /RTX 4090 crashed/],
  ['a hang in the step', { kind: 'timed-out', afterMs: 300_000 }, line(created), 'step-failed', 'probe-failed', /300 seconds/],
  ['a hang at loading', { kind: 'timed-out', afterMs: 300_000 }, '', 'unloadable', 'probe-failed', /300 seconds/],
  ['never set up', failedExit, "Error: The Node.js native addon module (tfjs_binding.node) can not be found at path: /p/lib/napi-v8/tfjs_binding.node.", 'unloadable', 'runtime-missing', /not set up/],
  ['cache removed', failedExit, 'Error: libtensorflow_cc.so.2: cannot open shared object file: No such file or directory', 'unloadable', 'runtime-unloadable', /libtensorflow_cc\.so\.2 is missing/],
  ['a truncated library', failedExit, 'Error: /c/libtensorflow_cc.so.2: file too short', 'unloadable', 'runtime-unloadable', /not whole/],
  ['an old system', failedExit, "Error: /lib/x86_64-linux-gnu/libstdc++.so.6: version `GLIBCXX_3.4.30' not found (required by x)", 'unloadable', 'platform-unsupported', /GLIBCXX_3\.4\.30/],
  ['no ptxas', failedExit, `${line(created)}Error: Session fail to run with error: UNKNOWN: JIT compilation failed.`, 'step-failed', 'gpu-unusable', /ptxas/],
  ['a full GPU', failedExit, `${line(created)}Error: Session fail to run with error: RESOURCE_EXHAUSTED: OOM when allocating tensor`, 'step-failed', 'out-of-memory', /taken by other programs/],
  ['wrong numbers', failedExit, 'Error: the test step deviates by 0.3', 'step-failed', 'probe-failed', /deviates by 0\.3/],
] as const)('%s', (_name, exit, stderr, state, code, message) => {
  expect(classifyProbe(exit, stderr, '')).toMatchObject({ state, error: { code, message: expect.stringMatching(message) as string } });
});

test('exit 0 alone proves nothing', () => {
  expect(classifyProbe(good, cpuLog, '')).toMatchObject({ state: 'unloadable', error: { code: 'probe-failed' } });
  expect(classifyProbe(good, cpuLog, '{"device":"cpu"}')).toMatchObject({ state: 'unloadable' });
  expect(classifyProbe(good, cpuLog, gpuReport)).toMatchObject({ state: 'step-failed', error: { message: expect.stringContaining('did not register one') as string } });
});
