import { computed, inject, onScopeDispose, provide, shallowRef, watch, type ComputedRef, type InjectionKey, type ShallowRef } from 'vue';
import type { ExperimentRecord, ReportTarget } from '../../../contracts/calls/experiments';
import type { CultivarErrorData } from '../../../contracts/errors';
import type { Comparison } from '../../../core/judgement/comparison';
import { ask, asErrorData, listen } from '../../api';
import { armLooks, type ArmLook } from './parts/arms';

export interface Results {
  readonly target: ReportTarget;
  readonly comparison: ShallowRef<Comparison | null>;
  /** Null for runs picked by hand. */
  readonly record: ShallowRef<ExperimentRecord | null>;
  readonly error: ShallowRef<CultivarErrorData | null>;
  readonly looks: ComputedRef<ReadonlyMap<string, ArmLook>>;
  reload(): Promise<void>;
}

const key: InjectionKey<Results> = Symbol('results');
/** Pushes of a running experiment come close together; one reading answers all of them. */
const gatherMs = 400;

/** Reads an experiment, or compares runs, and reads again when one of them changes. All tabs of a page share it. */
export function provideResults(target: () => ReportTarget): Results {
  const comparison = shallowRef<Comparison | null>(null);
  const record = shallowRef<ExperimentRecord | null>(null);
  const error = shallowRef<CultivarErrorData | null>(null);
  let latest: symbol | null = null;

  async function reload(): Promise<void> {
    const own = (latest = Symbol());
    const of = target();
    if ('runIds' in of && of.runIds.length === 0) return;
    try {
      const read = 'experimentId' in of ? await ask('experiments.get', of.experimentId) : null;
      const compared = read?.comparison ?? ('runIds' in of ? await ask('compare.runs', of.runIds) : null);
      if (latest !== own) return;
      record.value = read;
      comparison.value = compared;
      error.value = null;
    } catch (reason) {
      if (latest === own) error.value = asErrorData(reason);
    }
  }

  let timer: ReturnType<typeof setTimeout> | undefined;
  const soon = () => {
    clearTimeout(timer);
    timer = setTimeout(() => { void reload(); }, gatherMs);
  };
  const holds = (runId: string) => comparison.value?.arms.some((arm) => arm.runs.some((run) => run.runId === runId)) ?? false;
  const stops = [
    listen('experiment.changed', ({ experimentId }) => { const of = target(); if ('experimentId' in of && of.experimentId === experimentId) soon(); }),
    listen('run.changed', ({ id }) => { if (holds(id)) soon(); }),
  ];
  onScopeDispose(() => {
    stops.forEach((stop) => { stop(); });
    clearTimeout(timer);
    latest = null;
  });
  watch(() => JSON.stringify(target()), () => {
    comparison.value = null;
    record.value = null;
    error.value = null;
    void reload();
  }, { immediate: true });

  const looks = computed(() => (comparison.value ? armLooks(comparison.value) : new Map<string, ArmLook>()));
  const results: Results = { get target() { return target(); }, comparison, record, error, looks, reload };
  provide(key, results);
  return results;
}

/** @throws Error outside a results page */
export function useResults(): Results {
  const results = inject(key);
  if (!results) throw new Error('no results here');
  return results;
}
