import { shallowRef } from 'vue';
import { defineStore } from 'pinia';
import type { Settings } from '../../contracts/ipc';
import { ask, asErrorData, listen } from '../api';
import type { CultivarErrorData } from '../../contracts/errors';

const mirror = 'cultivar.settings';
const defaults: Settings = { theme: 'system', language: 'system', leaveOneCore: false, singleKeyShortcuts: true, notifications: true, preventSleep: true, cpuMeanwhile: false };

/** The last known settings, so that the first frame has the right theme and language before main has answered. */
function remembered(): Settings {
  try {
    return { ...defaults, ...(JSON.parse(localStorage.getItem(mirror) ?? '{}') as Partial<Settings>) };
  } catch {
    return defaults;
  }
}

/** What a person chose. Main keeps it; this is its copy. */
export const useSettings = defineStore('settings', () => {
  const settings = shallowRef<Settings>(remembered());
  const error = shallowRef<CultivarErrorData | null>(null);

  function take(next: Settings): void {
    settings.value = next;
    localStorage.setItem(mirror, JSON.stringify(next));
  }
  async function load(): Promise<void> {
    listen('settings.changed', take);
    try {
      take(await ask('settings.get'));
    } catch (reason) {
      error.value = asErrorData(reason);
    }
  }
  /** Shown at once; taken back, with the reason, where main could not keep it. */
  async function change(part: Partial<Settings>): Promise<void> {
    const before = settings.value;
    settings.value = { ...before, ...part };
    error.value = null;
    try {
      take(await ask('settings.set', part));
    } catch (reason) {
      settings.value = before;
      error.value = asErrorData(reason);
    }
  }
  return { settings, error, load, change };
});
