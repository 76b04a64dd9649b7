import { computed, type ComputedRef } from 'vue';
import { useI18n } from 'vue-i18n';
import { useRoute, useRouter } from 'vue-router';
import type { ListedExperiment } from '../../../contracts/calls/experiments';
import { policies, type PolicyName } from '../../../core/config/augmentation';
import { presetNames } from '../../../core/text/augmentation';
import { fieldName } from '../../../core/text/names';
import { shownStatus, statusIcon } from '../../components/status';
import { datasetPath, datasetTabs } from '../../features/datasets/tabs';
import { useVerdicts } from '../../features/library/useVerdicts';
import { useNames } from '../../features/results/parts/useNames';
import { resultTabs, runIdsOf, tabPath } from '../../features/results/tabs';
import { factorsOf, withFactors } from '../../features/wizard/document';
import { fieldAt, firstLevels } from '../../features/wizard/fields';
import { freeFields } from '../../features/wizard/search';
import { useLanguage } from '../../i18n';
import { glossary } from '../../i18n/shell/glossaryEn';
import { useDatasets } from '../../stores/datasets';
import { useDraft } from '../../stores/draft';
import { useExperiments } from '../../stores/experiments';
import { useInspector } from '../../stores/inspector';
import { useRuns } from '../../stores/runs';
import { useSettings } from '../../stores/settings';
import { useSystem } from '../../stores/system';
import { beginnings, pages, places } from '../places';
import type { Entry } from './entry';

export type Term = keyof typeof glossary.terms;
export const terms = Object.keys(glossary.terms) as Term[];

/** Policies that a person may look at or ask about: all but none. */
const askedPolicies = policies.filter((name): name is Exclude<PolicyName, 'none'> => name !== 'none');

/** All there is to find, in the language of the window and by its name in the other. */
export function useEntries(show: { keys: () => void; word: (term: Term | null) => void }): ComputedRef<readonly Entry[]> {
  const { t } = useI18n();
  const language = useLanguage();
  const router = useRouter();
  const route = useRoute();
  const [settings, runs, experiments, datasets, system, draft, inspector] = [useSettings(), useRuns(), useExperiments(), useDatasets(), useSystem(), useDraft(), useInspector()];
  const verdictOf = useVerdicts();
  const names = useNames();
  const go = (to: string) => () => { void router.push(to); };
  const other = () => (language.locale === 'ja' ? 'en' : 'ja');
  const said = (key: string, values: Record<string, unknown> = {}) => ({ label: t(key, values), also: t(key, values, { locale: other() }) });

  const levelsOf = ({ comparison }: ListedExperiment) => (comparison?.factors ?? []).flatMap(({ field, levels }) => [names.field(field), ...levels.map((level) => names.level(field, level))]);

  /** Adds a factor to the draft of a new experiment, where it is none yet. */
  function withFactor(path: string): void {
    draft.leaveExtension();
    const field = fieldAt(path);
    const factors = factorsOf(draft.document);
    if (field && factors.length < 6 && !factors.some((factor) => factor.field === path)) draft.replace(withFactors(draft.document, [...factors, { field: path, levels: firstLevels(draft.document, field) }]));
    void router.push('/new/question');
  }

  const views = computed((): readonly Entry[] => {
    const { path, query, params } = route;
    const id = typeof params.id === 'string' ? params.id : null;
    const target = path.startsWith('/experiments/') && id ? { experimentId: id } : path.startsWith('/compare/') ? { runIds: runIdsOf(query.runs) } : null;
    return [
      ...(target ? resultTabs.map((tab): Entry => ({ id: `tab-${tab}`, group: 'here', icon: 'right', ...said(`results.tab.${tab}`), run: go(tabPath(target, tab)) })) : []),
      ...places.map((place, i): Entry => ({ id: `view-${place.key}`, group: 'views', icon: place.icon, ...said(`nav.${place.key}`), keys: `Ctrl ${i + 1}`, run: go(place.to) })),
      ...pages.map((page): Entry => ({ id: `view-${page.to}`, group: 'views', icon: page.icon, ...said(page.title), note: t(page.of), run: go(page.to) })),
    ];
  });
  const commands = computed((): readonly Entry[] => [
    ...beginnings.map(({ to, title, keys }): Entry => ({ id: `new-${to}`, group: 'commands', icon: 'plus', ...said(title), keys, run: go(to) })),
    { id: 'check', group: 'commands', icon: 'check', ...said('system.checkAgain'), keys: 'F5', run: () => { go('/system/doctor')(); void system.check(); } },
    { id: 'keys', group: 'commands', icon: 'keyboard', ...said('keys.title'), keys: '?', run: show.keys },
    ...freeFields(draft.document).map(({ path }): Entry => ({ id: `factor-${path}`, group: 'commands', icon: 'plus', label: t('palette.factor', { field: fieldName(path, language.locale) }), also: `${path} ${fieldName(path, other())}`, run: () => { withFactor(path); } })),
    ...askedPolicies.map((name): Entry => ({ id: `see-${name}`, group: 'commands', icon: 'augmentation', label: t('palette.see', { policy: presetNames[name][language.locale] }), also: presetNames[name][other()], run: () => { inspector.look(name); go('/augmentation')(); } })),
    ...askedPolicies.map((name): Entry => ({ id: `filter-${name}`, group: 'commands', icon: 'search', label: t('palette.filter', { policy: presetNames[name][language.locale] }), also: presetNames[name][other()], run: () => { void router.push({ path: '/library', query: { find: presetNames[name].en } }); } })),
  ]);
  const kept = computed((): readonly Entry[] => [
    ...experiments.all.map((experiment): Entry => {
      const { icon, text } = verdictOf(experiment);
      return { id: `experiment-${experiment.id}`, group: 'experiments', icon, label: experiment.question || experiment.name, note: text, also: [experiment.name, experiment.id, ...levelsOf(experiment)].join(' '), run: go(tabPath({ experimentId: experiment.id }, 'answer')) };
    }),
    ...runs.runs.map((run): Entry => ({ id: `run-${run.id}`, group: 'runs', icon: statusIcon(shownStatus(run)), label: run.name || run.id, note: t(`run.${shownStatus(run)}`), also: run.id, run: go(`/runs/${run.id}`) })),
    ...datasets.list.flatMap(({ id, name }) => datasetTabs.map((tab): Entry => ({
      id: `dataset-${id}-${tab}`, group: 'datasets', icon: 'datasets', label: name, note: t(`datasets.tab.${tab}`), also: `${id} ${t(`datasets.tab.${tab}`, {}, { locale: other() })}`, run: go(datasetPath(id, tab)),
    }))),
  ]);
  const chosen = (is: boolean) => (is ? t('palette.chosen') : undefined);
  const onOff = (is: boolean) => t(is ? 'palette.on' : 'palette.off');
  const choices = computed((): readonly Entry[] => [
    ...(['light', 'dark', 'system'] as const).map((theme): Entry => ({ id: `theme-${theme}`, group: 'settings', icon: 'info', ...said('palette.theme', { theme: t(`settings.theme.${theme}`) }), note: chosen(settings.settings.theme === theme), run: () => { void settings.change({ theme }); } })),
    ...(['en', 'ja', 'system'] as const).map((name): Entry => ({ id: `language-${name}`, group: 'settings', icon: 'info', ...said('palette.language', { language: t(`settings.language.${name}`) }), note: chosen(settings.settings.language === name), run: () => { void settings.change({ language: name }); } })),
    { id: 'leave-one-core', group: 'settings', icon: 'info', ...said('settings.leaveOneCore'), note: onOff(settings.settings.leaveOneCore), run: () => { void settings.change({ leaveOneCore: !settings.settings.leaveOneCore }); } },
    ...(system.report?.gpuAwaited ? [{ id: 'cpu-meanwhile', group: 'settings', icon: 'info', ...said('meanwhile.setting'), note: onOff(settings.settings.cpuMeanwhile), run: () => { void settings.change({ cpuMeanwhile: !settings.settings.cpuMeanwhile }); } } satisfies Entry] : []),
    { id: 'single-keys', group: 'settings', icon: 'keyboard', ...said('settings.singleKeys'), note: onOff(settings.settings.singleKeyShortcuts), run: () => { void settings.change({ singleKeyShortcuts: !settings.settings.singleKeyShortcuts }); } },
  ]);
  const explained = computed((): readonly Entry[] => [
    { id: 'words', group: 'words', icon: 'info', ...said('palette.words'), run: () => { show.word(null); } },
    ...terms.map((term): Entry => ({
      id: `word-${term}`, group: 'words', icon: 'info', label: t('palette.what', { term: t(`glossary.terms.${term}.name`) }), note: t(`glossary.terms.${term}.text`), also: t(`glossary.terms.${term}.name`, {}, { locale: other() }), run: () => { show.word(term); },
    })),
  ]);
  return computed(() => [...views.value, ...commands.value, ...kept.value, ...choices.value, ...explained.value]);
}
