import { computed } from 'vue';
import { useI18n } from 'vue-i18n';
import type { ListedExperiment } from '../../../contracts/calls/experiments';
import type { ListedRun, RunSummary } from '../../../contracts/runs';
import { searchableExperiment, searchableRun } from '../../../contracts/searchable';
import { matchesSearch, parseSearch } from '../../../core/search/query';
import { folded } from '../../../core/text/fold';
import { shownStatus } from '../../components/status';
import { useExperiments } from '../../stores/experiments';
import { useRemarks } from '../../stores/remarks';
import { useRuns } from '../../stores/runs';
import { policyName } from '../recipe/policies';
import { useNames } from '../results/parts/useNames';
import { experimentState, runState } from './standing';
import type { usePlace } from './usePlace';

/** What the search and the filters leave of the library. */
export function useFound({ query, state, datasets, tags }: Pick<ReturnType<typeof usePlace>, 'query' | 'state' | 'datasets' | 'tags'>) {
  const { t } = useI18n();
  const names = useNames();
  const runs = useRuns();
  const experiments = useExperiments();
  const remarks = useRemarks();
  const terms = computed(() => parseSearch(query.value));
  const wantedTags = computed(() => new Set(tags.value.map(folded)));
  const wantedDatasets = computed(() => new Set(datasets.value));

  const runsOf = (experiment: ListedExperiment) => experiment.runIds.flatMap((id): RunSummary[] => { const run = runs.byId.get(id); return run && run.status !== 'damaged' ? [run] : []; });
  const tagged = (own: readonly string[]) => wantedTags.value.size === 0 || own.some((tag) => wantedTags.value.has(folded(tag)));
  const onData = (of: readonly RunSummary[]) => wantedDatasets.value.size === 0 || of.some(({ config }) => wantedDatasets.value.has(config.data.dataset));

  function runMatches(run: ListedRun): boolean {
    const own = remarks.of({ kind: 'run', id: run.id });
    if ((state.value !== 'any' && runState(run) !== state.value) || !tagged(own.tags) || !onData(run.status === 'damaged' ? [] : [run])) return false;
    if (terms.value.length === 0) return true;
    const words = run.status === 'damaged' ? [] : [t(`stem.${run.config.model.stem}`), policyName(run.config.augmentation, 'en'), policyName(run.config.augmentation, 'ja')];
    return matchesSearch(terms.value, searchableRun(run, own, { all: words, state: [t(`run.${shownStatus(run)}`), t(`listing.state.${runState(run)}`)] }));
  }
  function experimentMatches(experiment: ListedExperiment): boolean {
    const own = remarks.of({ kind: 'experiment', id: experiment.id });
    const standing = experimentState(experiment);
    if ((state.value !== 'any' && standing !== state.value) || !tagged(own.tags)) return false;
    const of = runsOf(experiment);
    if (!onData(of)) return false;
    if (terms.value.length === 0) return true;
    const words = (experiment.comparison?.factors ?? []).flatMap(({ field, levels }) => [names.field(field), ...levels.map((level) => names.value(field, level))]);
    return matchesSearch(terms.value, searchableExperiment(experiment, of, own, { all: words, state: [standing, t(`listing.state.${standing}`)] }));
  }
  return {
    runs: computed(() => runs.all.filter(runMatches)),
    experiments: computed(() => experiments.all.filter(experimentMatches)),
    /** Data sets that some run was trained on. */
    datasets: computed(() => [...new Set(runs.runs.map(({ config }) => config.data.dataset))].sort()),
    filtered: computed(() => terms.value.length > 0 || state.value !== 'any' || datasets.value.length > 0 || tags.value.length > 0),
    clear: () => { query.value = ''; state.value = 'any'; datasets.value = []; tags.value = []; },
  };
}
