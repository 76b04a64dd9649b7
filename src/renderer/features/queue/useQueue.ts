import { computed, shallowRef, watch } from 'vue';
import { useI18n } from 'vue-i18n';
import type { CultivarErrorData } from '../../../contracts/errors';
import type { QueueState, RunSummary } from '../../../contracts/runs';
import { ask, asErrorData } from '../../api';
import { useDatasets } from '../../stores/datasets';
import { useLive } from '../../stores/live';
import { useRuns } from '../../stores/runs';
import { useToasts } from '../../stores/toasts';
import { useTrainingImages } from '../../stores/trainingImages';
import { armLooks, type ArmLook } from '../results/parts/arms';
import { useNames } from '../results/parts/useNames';
import { queueTime, rateKey, waitingMs } from './queueTime';
import { useExperiments } from './useExperiments';

/** A run of the queue, with what a person calls it by. */
export interface QueueEntry {
  readonly runId: string;
  readonly run: RunSummary | null;
  /** Its experiment's name; null for a lone run. */
  readonly experiment: string | null;
  readonly experimentId: string | null;
  /** Its arm, or the run's own name. */
  readonly name: string;
  readonly look: ArmLook | undefined;
  readonly seed: number | null;
  readonly ms: number | null;
}

/** The queue as the window shows and changes it. What could not be carried out stands in `error`. */
export function useQueue() {
  const { t } = useI18n();
  const live = useLive();
  const runs = useRuns();
  const datasets = useDatasets();
  const trainable = useTrainingImages();
  const toasts = useToasts();
  const names = useNames();
  const error = shallowRef<CultivarErrorData | null>(null);
  const rates = shallowRef<ReadonlyMap<string, number | null>>(new Map());

  const summaryOf = (runId: string) => { const run = runs.byId.get(runId); return run === undefined || run.status === 'damaged' ? null : run; };
  const ids = computed(() => [...live.queue.activeRunIds, ...live.queue.waitingRunIds]);
  const records = useExperiments(() => ids.value.flatMap((id) => summaryOf(id)?.experimentId ?? []));
  const configs = computed(() => new Map(live.queue.waitingRunIds.flatMap((id) => { const run = summaryOf(id); return run ? [[rateKey(run.config), run.config] as const] : []; })));
  // A rate that was not known is asked for again whenever the queue has moved on: a finished run may have told it.
  watch(() => [...configs.value.keys(), ...ids.value].join('\n'), () => {
    for (const [key, config] of configs.value) {
      if (typeof rates.value.get(key) === 'number') continue;
      const put = (rate: number | null) => { rates.value = new Map([...rates.value, [key, rate]]); };
      ask('runs.estimate', config).then((rate) => { put(rate?.imagesPerSecond ?? null); }, () => { put(null); });
    }
  }, { immediate: true });

  function entry(runId: string): QueueEntry {
    const run = summaryOf(runId);
    const record = run?.experimentId ? records.value.get(run.experimentId) : undefined;
    const arm = record?.comparison.arms.find((one) => one.runs.some((own) => own.runId === runId));
    const full = run && trainable.ofAny(run.config.data, datasets.card?.manifest);
    return {
      runId, run, experimentId: run?.experimentId ?? null, experiment: record?.summary.name ?? null, name: arm && record ? names.armOf(arm) : run?.name || runId,
      look: arm && record ? armLooks(record.comparison).get(arm.key) : undefined, seed: run?.config.seed ?? null, ms: run ? waitingMs(run, rates.value.get(rateKey(run.config)) ?? null, full) : null,
    };
  }
  const active = computed(() => live.queue.activeRunIds.map(entry));
  const waiting = computed(() => live.queue.waitingRunIds.map(entry));
  const time = computed(() => queueTime(live.queue.activeRunIds.map((id) => (id === live.runId ? live.timeLeftMs : null)), waiting.value.map(({ ms }) => ms), live.queue.atOnce));

  async function change(call: () => Promise<QueueState>): Promise<void> {
    error.value = null;
    try {
      live.queue = await call();
    } catch (reason) {
      error.value = asErrorData(reason);
    }
  }
  const pause = () => change(() => ask('queue.pause'));
  const goOn = () => change(() => ask('queue.continue'));
  const atOnce = (count: number) => change(() => ask('queue.atOnce', count));
  /** @param toIndex place among the waiting; one that is none changes nothing */
  async function move(runId: string, toIndex: number): Promise<void> {
    if (toIndex < 0 || toIndex >= live.queue.waitingRunIds.length || live.queue.waitingRunIds[toIndex] === runId) return;
    await change(() => ask('queue.move', runId, toIndex));
  }
  /** Puts runs that were taken out back into their places. */
  async function putBack(taken: readonly { readonly runId: string; readonly at: number }[]): Promise<void> {
    try {
      for (const { runId, at } of taken) {
        await ask('runs.resume', runId);
        const { waitingRunIds } = await ask('queue.get');
        if (waitingRunIds.includes(runId)) live.queue = await ask('queue.move', runId, Math.min(at, waitingRunIds.length - 1));
      }
    } catch (reason) {
      error.value = asErrorData(reason);
    }
  }
  /** Takes a run out of the queue; it is kept, and the toast puts it back. */
  async function remove(one: QueueEntry): Promise<void> {
    const at = live.queue.waitingRunIds.indexOf(one.runId);
    error.value = null;
    try {
      await ask('runs.stop', one.runId);
      toasts.offerUndo(t('queue.removed', { name: one.name }), () => { void putBack([{ runId: one.runId, at }]); });
    } catch (reason) {
      error.value = asErrorData(reason);
    }
  }
  /** Takes what waits of an experiment out of the queue, and ends what trains of it at a checkpoint. */
  async function cutShort(experimentId: string): Promise<void> {
    const taken = live.queue.waitingRunIds.map((runId, at) => ({ runId, at })).filter(({ runId }) => summaryOf(runId)?.experimentId === experimentId);
    error.value = null;
    try {
      await ask('experiments.cutShort', experimentId);
      toasts.offerUndo(t('queue.cutShortDone', { count: taken.length }, taken.length), () => { void putBack(taken); });
    } catch (reason) {
      error.value = asErrorData(reason);
    }
  }
  return { active, waiting, time, error, records, pause, goOn, atOnce, move, remove, cutShort };
}
