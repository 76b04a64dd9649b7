import { z } from 'zod';
import type { CultivarErrorData } from '../contracts/errors';
import { setupCommand } from '../library/command';
import { gpuProblemInLog, lacksKernels, logTail, registeredGpu, type RegisteredGpu } from './gpuProblems';

/** How the probe's process ended. */
export type ProbeExit =
  | { readonly kind: 'ended'; readonly code: number | null; readonly signal: string | null }
  | { readonly kind: 'timed-out'; readonly afterMs: number };

const reportSchema = z.object({
  tensorflowVersion: z.string(),
  device: z.enum(['cpu', 'gpu']),
  loadMs: z.number(),
  stepMs: z.number(),
  /** Largest deviation of the test step's results from the ones it must have, relative. */
  deviation: z.number(),
});
type ProbeReport = z.output<typeof reportSchema>;

export type ProbeVerdict =
  | {
      readonly state: 'ready';
      readonly report: ProbeReport;
      readonly gpu: RegisteredGpu | null;
      /** Why a GPU, should there be one, is not used; null where it is, or the log is silent. */
      readonly gpuProblem: CultivarErrorData | null;
      /** True of the native runtime and GPU, but to be said. */
      readonly warning: CultivarErrorData | null;
    }
  /** The binding loads; the test step does not run, or not rightly. */
  | { readonly state: 'step-failed'; readonly error: CultivarErrorData; readonly gpu: RegisteredGpu | null }
  | { readonly state: 'unloadable'; readonly error: CultivarErrorData };


/**
 * What a run of the probe means. A good one needs three things at once: exit 0, a whole report on stdout, and results that are right.
 * @param stderr TensorFlow's log at level 0 with VMODULE dso_loader=1,cuda_diagnostics=1
 */
export function classifyProbe(exit: ProbeExit, stderr: string, stdout: string): ProbeVerdict {
  const detail = logTail(stderr);
  const gpu = registeredGpu(stderr);
  if (exit.kind === 'timed-out') {
    const seconds = Math.round(exit.afterMs / 1000);
    return gpu
      ? { state: 'step-failed', gpu, error: { code: 'probe-failed', message: `The test step on ${gpu.name} did not end within ${seconds} seconds.`, remedy: gpuHang(gpu), detail } }
      : { state: 'unloadable', error: { code: 'probe-failed', message: `The native runtime did not answer within ${seconds} seconds.`, remedy: 'See whether the computer is very busy, then run the checks again.', detail } };
  }
  if (exit.signal !== null || exit.code === null || exit.code >= 128) return crashed(exit, stderr, gpu);
  if (exit.code !== 0) return failed(stderr, stdout, gpu);
  const report = readReport(stdout);
  if (!report) return { state: 'unloadable', error: { code: 'probe-failed', message: 'The native runtime\'s probe ended well but reported nothing.', remedy: 'Set the native runtime up again.', command: setupCommand(), detail: `${stdout}\n${detail}` } };
  if (report.device === 'gpu' && !gpu) {
    return { state: 'step-failed', gpu, error: { code: 'probe-failed', message: 'The probe says that it used a GPU, but TensorFlow did not register one.', remedy: 'Run the checks again; copy the diagnostics if it stays so.', detail } };
  }
  return { state: 'ready', report, gpu, gpuProblem: report.device === 'gpu' ? null : gpuProblemInLog(stderr), warning: kernelWarning(stderr, gpu) };
}

/** The last line of stdout that is a report: libraries may print lines of their own. */
function readReport(stdout: string): ProbeReport | null {
  for (const line of stdout.trim().split('\n').reverse()) {
    try {
      const parsed = reportSchema.safeParse(JSON.parse(line));
      if (parsed.success) return parsed.data;
    } catch {
      // not the report's line
    }
  }
  return null;
}

function kernelWarning(stderr: string, gpu: RegisteredGpu | null): CultivarErrorData | null {
  const capability = lacksKernels(stderr);
  if (!capability || !gpu) return null;
  return {
    code: 'gpu-unusable',
    message: `TensorFlow has no ready code for ${gpu.name} (compute capability ${capability}); the driver makes it at the first start, which takes minutes, once.`,
    remedy: 'Wait for the first start. This card is experimental here.',
    detail: logTail(stderr),
  };
}

function crashed(exit: { code: number | null; signal: string | null }, stderr: string, gpu: RegisteredGpu | null): ProbeVerdict {
  const signal = exit.signal ?? (exit.code === null ? 'no exit code' : signalNames[exit.code - 128] ?? `exit code ${exit.code}`);
  const detail = logTail(stderr) || `ended by ${signal}, with nothing on stderr`;
  if (signal === 'SIGILL') {
    return { state: 'unloadable', error: { code: 'platform-unsupported', message: 'This processor lacks instructions that TensorFlow needs (AVX).', remedy: 'Use a computer whose processor has AVX.', command: 'grep -o -m1 -w avx /proc/cpuinfo', detail } };
  }
  if (signal === 'SIGKILL') {
    return { state: 'unloadable', error: { code: 'out-of-memory', message: 'The system ended the native runtime while it was being loaded, most likely because memory ran out.', remedy: 'Close other programs, then run the checks again.', command: 'free -h', detail } };
  }
  if (gpu) return { state: 'step-failed', gpu, error: { code: 'probe-failed', message: `The test step on ${gpu.name} crashed (${signal}).`, remedy: gpuHang(gpu), detail } };
  const known = gpuProblemInLog(stderr);
  // A GPU whose driver is in a bad state ends the process inside require(), most often without a word (GPU.md, finding 3).
  return {
    state: 'unloadable',
    error: {
      code: 'runtime-unloadable',
      message: `The native runtime crashed while loading (${signal}).${known ? ` ${known.message}` : ' With an NVIDIA GPU the usual cause is a driver that is too old or in a bad state.'}`,
      remedy: known?.remedy ?? 'Update the NVIDIA driver and restart; without an NVIDIA GPU, set the native runtime up again.',
      command: known?.command ?? setupCommand(),
      detail,
    },
  };
}

const signalNames: Readonly<Record<number, string>> = { 4: 'SIGILL', 6: 'SIGABRT', 7: 'SIGBUS', 8: 'SIGFPE', 9: 'SIGKILL', 11: 'SIGSEGV' };

const gpuHang = (gpu: RegisteredGpu) => `See whether another program holds ${gpu.name}, restart, and update the NVIDIA driver if it stays so.`;

function failed(stderr: string, stdout: string, gpu: RegisteredGpu | null): ProbeVerdict {
  const text = `${stdout}\n${stderr}`;
  const detail = logTail(text);
  const unloadable = (error: Omit<CultivarErrorData, 'detail'>): ProbeVerdict => ({ state: 'unloadable', error: { ...error, detail } });
  const stepFailed = (error: Omit<CultivarErrorData, 'detail'>): ProbeVerdict => ({ state: 'step-failed', gpu, error: { ...error, detail } });
  const shared = /(\S+): cannot open shared object file/.exec(text);
  if (shared) {
    const name = shared[1]!.replace(/^.*\//, '');
    return unloadable({ code: 'runtime-unloadable', message: `The native runtime does not load: the library ${name} is missing.`, remedy: 'Set the native runtime up again.', command: setupCommand() });
  }
  const version = /version `((?:GLIBC|GLIBCXX|CXXABI)_[\d.]+)' not found/.exec(text);
  if (version) {
    return unloadable({ code: 'platform-unsupported', message: `This system's C library is too old for TensorFlow: it lacks ${version[1]}.`, remedy: 'Use a distribution of 2020 or later (glibc 2.31).', command: 'ldd --version' });
  }
  if (/Cannot find module|MODULE_NOT_FOUND|tfjs_binding\.node\S* can not be found|runtime-missing/.test(text)) {
    return unloadable({ code: 'runtime-missing', message: 'The native runtime is not set up.', remedy: 'Set it up.', command: setupCommand() });
  }
  if (/file too short|invalid ELF header|undefined symbol|ELF load command/.test(text)) {
    return unloadable({ code: 'runtime-unloadable', message: 'The native runtime is damaged: one of its libraries is not whole.', remedy: 'Set the native runtime up again.', command: setupCommand() });
  }
  if (/JIT compilation failed|ptxas/.test(text) && gpu) {
    return stepFailed({ code: 'gpu-unusable', message: `Code for ${gpu.name} could not be compiled: ptxas or libdevice of the native runtime is missing or may not be run.`, remedy: 'Set the native runtime up again.', command: setupCommand() });
  }
  if (/RESOURCE_EXHAUSTED|out of memory/i.test(text)) {
    return stepFailed({ code: 'out-of-memory', message: gpu ? `The memory of ${gpu.name} is taken by other programs.` : 'There is too little memory for the test step.', remedy: 'Close other programs that use it.', command: gpu ? 'nvidia-smi' : 'free -h' });
  }
  const last = stderr.trim().split('\n').reverse().find((line) => /Error|deviat|wrong/.test(line)) ?? 'no reason was given';
  return stepFailed({ code: 'probe-failed', message: `The test step failed: ${last.trim().slice(0, 300)}`, remedy: 'Set the native runtime up again; copy the diagnostics if it stays so.', command: setupCommand() });
}
