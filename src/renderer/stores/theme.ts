import { computed, watchEffect } from 'vue';
import { defineStore } from 'pinia';
import { usePreferredDark } from '@vueuse/core';
import { useSettings } from './settings';

/** Light or dark: the system's choice, or a person's own. `resolved` is what the document shows. */
export const useTheme = defineStore('theme', () => {
  const settings = useSettings();
  const systemDark = usePreferredDark();
  const resolved = computed(() => {
    const choice = settings.settings.theme;
    return choice === 'system' ? (systemDark.value ? 'dark' : 'light') : choice;
  });
  watchEffect(() => { document.documentElement.dataset.theme = resolved.value; }, { flush: 'sync' });
  return { resolved };
});
