import { computed, shallowRef } from 'vue';
import { defineStore } from 'pinia';
import type { RuntimeProgress, RuntimeState } from '../../contracts/calls/runtime';
import type { CultivarErrorData } from '../../contracts/errors';
import { ask, asErrorData, listen } from '../api';

/** An installed app's native runtime: missing, on its way, or there. It goes on whichever page is open. */
export const useRuntime = defineStore('runtime', () => {
  const state = shallowRef<RuntimeState | null>(null);
  const progress = shallowRef<RuntimeProgress | null>(null);
  const running = shallowRef(false);
  const cancelling = shallowRef(false);
  const cancelled = shallowRef(false);
  const error = shallowRef<CultivarErrorData | null>(null);

  async function load(): Promise<void> {
    try {
      state.value = await ask('runtime.state');
    } catch (reason) {
      error.value = asErrorData(reason);
    }
  }
  async function run(get: () => Promise<RuntimeState | null>): Promise<void> {
    if (running.value) return;
    [error.value, cancelled.value, cancelling.value] = [null, false, false];
    running.value = true;
    try {
      state.value = (await get()) ?? state.value;
    } catch (reason) {
      const data = asErrorData(reason);
      if (data.code === 'tool-cancelled') cancelled.value = true;
      else error.value = data;
      await load();
    } finally {
      running.value = false;
      progress.value = null;
    }
  }
  const fetch = (variant: 'cpu' | 'gpu') => run(() => ask('runtime.fetch', variant));
  const usePack = (path: string | null) => run(() => ask('runtime.usePack', path));
  function cancel(): void {
    cancelling.value = true;
    void ask('runtime.cancel');
  }
  function subscribe(): void {
    listen('runtime.progress', (next) => { if (running.value) progress.value = next; });
  }

  /** Only an installed app fetches it by itself. */
  const missing = computed(() => state.value !== null && state.value.installed && !state.value.ready);
  const part = computed(() => (progress.value?.totalBytes ? progress.value.doneBytes / progress.value.totalBytes : null));
  return { state, progress, running, cancelling, cancelled, error, missing, part, load, fetch, usePack, cancel, subscribe };
});
