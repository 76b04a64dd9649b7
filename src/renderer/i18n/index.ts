import { computed, watchEffect } from 'vue';
import { defineStore } from 'pinia';
import { createI18n } from 'vue-i18n';
import { useSettings } from '../stores/settings';
import { en } from './en';
import type { Locale } from './format';
import { ja } from './ja';

export const i18n = createI18n({ legacy: false, locale: 'en', fallbackLocale: 'en', messages: { en, ja } });

/** The language: the system's (Japanese where it is Japanese, else English) or a person's own choice. */
export const useLanguage = defineStore('language', () => {
  const settings = useSettings();
  const locale = computed<Locale>(() => {
    const choice = settings.settings.language;
    return choice !== 'system' ? choice : navigator.language.startsWith('ja') ? 'ja' : 'en';
  });
  watchEffect(() => {
    i18n.global.locale.value = locale.value;
    document.documentElement.lang = locale.value;
  }, { flush: 'sync' });
  return { locale };
});
