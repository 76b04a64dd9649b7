import { computed, shallowRef } from 'vue';
import { defineStore } from 'pinia';
import type { DoctorReport } from '../../contracts/doctor';
import type { CultivarErrorData } from '../../contracts/errors';
import type { AppInfo, IpcCalls } from '../../contracts/ipc';
import { slowBfloat16 } from '../../contracts/slowBfloat16';
import type { RunConfig } from '../../core/config/run';
import { ask, asErrorData, listen } from '../api';

export type Storage = IpcCalls['storage.report']['value'];

/** What training runs on, in the one line the status bar has for it. */
export type Device =
  | { readonly kind: 'unknown' }
  | { readonly kind: 'ready'; readonly label: string }
  | { readonly kind: 'gpu-unused'; readonly label: string; readonly reason: string }
  | { readonly kind: 'failed'; readonly label: string; readonly reason: string };

/** The checks whose failure means that nothing can train. */
const needed = ['platform', 'runtime', 'binding', 'testStep'] as const;

function deviceOf(report: DoctorReport | null): Device {
  if (!report) return { kind: 'unknown' };
  // With the GPU awaited the runtime works without it: its checks tell of the GPU.
  const failed = report.checks.find((check) => check.state === 'failed' && (needed as readonly string[]).includes(check.id) && !(report.gpuAwaited && check.id !== 'platform'));
  if (failed || !report.device) {
    const reason = failed?.error?.message ?? failed?.value ?? '';
    return { kind: 'failed', label: failed?.value ?? '', reason };
  }
  if (report.device.gpuNotUsed !== null) return { kind: 'gpu-unused', label: report.device.name, reason: report.device.gpuNotUsed };
  return { kind: 'ready', label: report.device.name };
}

/** The app, its machine and its disk. */
export const useSystem = defineStore('system', () => {
  const info = shallowRef<AppInfo | null>(null);
  const report = shallowRef<DoctorReport | null>(null);
  const storage = shallowRef<Storage | null>(null);
  const checking = shallowRef(false);
  /** Whether the checks have ended once, with a report or an error. */
  const checked = shallowRef(false);
  const error = shallowRef<CultivarErrorData | null>(null);

  async function runChecks(again: boolean): Promise<void> {
    if (checking.value) return;
    checking.value = true;
    error.value = null;
    try {
      report.value = await ask('doctor.report', again);
    } catch (reason) {
      error.value = asErrorData(reason);
    } finally {
      checking.value = false;
      checked.value = true;
    }
  }
  async function measure(): Promise<void> {
    try {
      storage.value = await ask('storage.report');
    } catch (reason) {
      error.value = asErrorData(reason);
    }
  }
  /** What nobody expected: told on the System page, where it can be copied. */
  const tell = (reason: unknown) => { error.value = asErrorData(reason); };
  const check = async () => { await Promise.all([runChecks(true), measure()]); };
  async function load(): Promise<void> {
    try {
      info.value = await ask('app.info');
    } catch (reason) {
      error.value = asErrorData(reason);
    }
    await Promise.all([runChecks(false), measure()]);
  }
  function subscribe(): void {
    listen('doctor.changed', (next) => { report.value = next; });
    // A run that starts or ends has changed what lies on the disk.
    listen('queue.changed', () => { void measure(); });
  }

  const device = computed(() => deviceOf(report.value));
  const failing = computed(() => error.value !== null || (report.value !== null && !report.value.ok) || device.value.kind === 'gpu-unused');
  /** What is told of a config in bfloat16 where this computer is slower in it than in float32; null where it is not, or is not known yet. */
  const slowPrecision = (config: Pick<RunConfig, 'precision' | 'device'>) => slowBfloat16(config, info.value?.bfloat16 ?? null, report.value?.device?.kind ?? null);
  const runtime = computed(() => (report.value?.versions.tensorflow ? `TensorFlow ${report.value.versions.tensorflow}` : null));
  return { info, report, storage, checking, checked, error, device, failing, runtime, slowPrecision, tell, check, measure, load, subscribe };
});
