import { computed, ref, shallowRef } from 'vue';
import { defineStore } from 'pinia';
import type { CultivarErrorData } from '../../contracts/errors';
import type { QueueState } from '../../contracts/runs';
import type { TrainerEvent } from '../../core/run/events';
import { applyEvent, emptyView, replay, type RunView } from '../../core/run/view';
import { ask, asErrorData, listen } from '../api';
import { mergeEvents } from './merge';
import { useRuns } from './runs';

const emptyQueue: QueueState = { activeRunId: null, activeRunIds: [], waitingRunIds: [], paused: false, atOnce: 1, held: null };

/** The run that trains, or the last that did: its view, built from events by core's reducer, at most once a frame. */
export const useLive = defineStore('live', () => {
  const runs = useRuns();
  const queue = shallowRef<QueueState>(emptyQueue);
  /** The queue was read, or told; before that nothing is known of it. */
  const loaded = shallowRef(false);
  const queueError = shallowRef<CultivarErrorData | null>(null);
  const runId = ref<string | null>(null);
  const view = shallowRef<RunView>(emptyView);
  const stopAsked = ref<string | null>(null);
  const error = shallowRef<CultivarErrorData | null>(null);

  let pending: TrainerEvent[] = [];
  /** The reading of a record that counts: a later one takes its place. */
  let reading: symbol | null = null;
  let frame = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;

  function flush(): void {
    cancelAnimationFrame(frame);
    clearTimeout(timer);
    frame = 0;
    timer = undefined;
    if (reading !== null || pending.length === 0) return;
    view.value = pending.reduce(applyEvent, view.value);
    pending = [];
  }
  function take(events: readonly TrainerEvent[]): void {
    pending.push(...events);
    if (frame === 0) frame = requestAnimationFrame(flush);
    // No frames come while the window is hidden, or from the moment it is: then the timer keeps the buffer short.
    timer ??= setTimeout(flush, 1000);
  }
  /** Follows a run from its record on; what is pushed meanwhile is joined to it. */
  async function follow(id: string): Promise<void> {
    runId.value = id;
    view.value = emptyView;
    pending = [];
    error.value = null;
    const own = (reading = Symbol(id));
    try {
      const record = await ask('runs.get', id);
      if (reading !== own) return;
      view.value = replay(mergeEvents(record.events, pending));
      pending = [];
      runs.put(record.summary);
    } catch (reason) {
      if (reading === own) error.value = asErrorData(reason);
    } finally {
      if (reading === own) {
        reading = null;
        flush();
      }
    }
  }
  function takeQueue(next: QueueState): void {
    queue.value = next;
    [loaded.value, queueError.value] = [true, null];
    if (next.activeRunId !== null && (next.activeRunId !== runId.value || ended.value)) {
      stopAsked.value = null;
      void follow(next.activeRunId);
    }
  }
  function subscribe(): void {
    listen('run.events', ({ runId: id, events }) => { if (id === runId.value) take(events); });
    listen('queue.changed', takeQueue);
  }
  async function load(): Promise<void> {
    queueError.value = null;
    try {
      takeQueue(await ask('queue.get'));
    } catch (reason) {
      queueError.value = asErrorData(reason);
    }
  }
  /** @returns whether it was carried out; the reason stands in `error` where not */
  async function command(call: 'runs.stop' | 'runs.stopAtBest' | 'runs.pause' | 'runs.continue' | 'runs.resume', id: string): Promise<boolean> {
    error.value = null;
    const stops = call === 'runs.stop' || call === 'runs.stopAtBest';
    if (stops) stopAsked.value = id;
    try {
      await ask(call, id);
      return true;
    } catch (reason) {
      if (stops) stopAsked.value = null;
      error.value = asErrorData(reason);
      return false;
    }
  }

  /** What held the queue may be mended. */
  async function continueQueue(): Promise<void> {
    error.value = null;
    try {
      takeQueue(await ask('queue.continue'));
    } catch (reason) {
      error.value = asErrorData(reason);
    }
  }

  const ended = computed(() => !['waiting', 'running', 'paused'].includes(view.value.phase));
  const active = computed(() => runId.value !== null && queue.value.activeRunId === runId.value);
  const summary = computed(() => {
    const run = runId.value === null ? undefined : runs.byId.get(runId.value);
    return run === undefined || run.status === 'damaged' ? null : run;
  });
  const plan = computed(() => view.value.plan);
  const name = computed(() => (active.value ? (summary.value?.name ?? '') : null));
  const progress = computed(() => (active.value && plan.value ? view.value.step / plan.value.totalSteps : null));
  const epochs = computed(() => (plan.value ? { done: view.value.step / plan.value.stepsPerEpoch, all: plan.value.epochs } : null));
  const timeLeftMs = computed(() => (active.value ? view.value.remainingMs : null));
  const running = computed(() => queue.value.activeRunIds.length);
  const waiting = computed(() => queue.value.waitingRunIds.length);
  const stopping = computed(() => active.value && stopAsked.value === runId.value);

  return { queue, loaded, queueError, load, runId, view, error, ended, active, summary, plan, name, progress, epochs, timeLeftMs, running, waiting, stopping, subscribe, follow, command, continueQueue };
});
