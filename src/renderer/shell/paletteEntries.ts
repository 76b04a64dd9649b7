import { computed, type ComputedRef } from 'vue';
import { useI18n } from 'vue-i18n';
import { useRouter } from 'vue-router';
import type { IconName } from '../components/icons';
import { shownStatus, statusIcon } from '../components/status';
import { useRuns } from '../stores/runs';
import { useSettings } from '../stores/settings';
import { useSystem } from '../stores/system';
import { places } from './places';

export interface PaletteEntry {
  readonly id: string;
  readonly group: 'views' | 'commands' | 'runs';
  readonly icon: IconName;
  readonly label: string;
  readonly note?: string;
  readonly keys?: string;
  readonly run: () => void;
}

/** All there is to find, in the language of the window. */
export function usePaletteEntries(showKeys: () => void): ComputedRef<PaletteEntry[]> {
  const { t } = useI18n();
  const router = useRouter();
  const settings = useSettings();
  const runs = useRuns();
  const system = useSystem();
  const go = (to: string) => () => { void router.push(to); };

  return computed(() => [
    ...places.map((place, i): PaletteEntry => ({ id: `view-${place.key}`, group: 'views', icon: place.icon, label: t(`nav.${place.key}`), keys: `Ctrl ${i + 1}`, run: go(place.to) })),
    { id: 'view-queue', group: 'views', icon: 'live', label: t('queue.title'), note: t('nav.live'), run: go('/live/queue') },
    ...(['storage', 'settings'] as const).map((tab): PaletteEntry => ({ id: `view-${tab}`, group: 'views', icon: 'system', label: t(`system.tab.${tab}`), note: t('nav.system'), run: go(`/system/${tab}`) })),
    { id: 'new', group: 'commands', icon: 'plus', label: t('wizard.title'), keys: 'Ctrl N', run: go('/new') },
    { id: 'new-run', group: 'commands', icon: 'plus', label: t('recipe.title'), run: go('/new/run') },
    { id: 'check', group: 'commands', icon: 'system', label: t('system.checkAgain'), keys: 'F5', run: () => { go('/system/doctor')(); void system.check(); } },
    ...(['light', 'dark', 'system'] as const).map((choice): PaletteEntry => ({ id: `theme-${choice}`, group: 'commands', icon: 'info', label: t('palette.theme', { theme: t(`settings.theme.${choice}`) }), run: () => { void settings.change({ theme: choice }); } })),
    ...(['en', 'ja'] as const).map((choice): PaletteEntry => ({ id: `language-${choice}`, group: 'commands', icon: 'info', label: t('palette.language', { language: t(`settings.language.${choice}`) }), run: () => { void settings.change({ language: choice }); } })),
    { id: 'keys', group: 'commands', icon: 'keyboard', label: t('keys.title'), keys: '?', run: showKeys },
    ...runs.runs.map((run): PaletteEntry => ({ id: `run-${run.id}`, group: 'runs', icon: statusIcon(shownStatus(run)), label: run.name || run.id, note: t(`run.${shownStatus(run)}`), run: go(`/runs/${run.id}`) })),
  ]);
}
