import { useI18n } from 'vue-i18n';
import type { ComparedRun } from '../../../../core/judgement/comparison';
import { useFormat } from '../../../i18n/useFormat';
import { useRuns } from '../../../stores/runs';
import { useSystem } from '../../../stores/system';
import { useDatasets } from '../../../stores/datasets';
import { useResults } from '../useResults';

/** Where figures come from, in words: images, weights, runs, data, version. */
export function useSource() {
  const { t } = useI18n();
  const format = useFormat();
  const { comparison } = useResults();
  const runs = useRuns();
  const system = useSystem();
  const datasets = useDatasets();
  return {
    sourceOf(of: readonly ComparedRun[]): string {
      const given = of.some((run) => run.status === 'given');
      const images = comparison.value?.validationImages ?? null;
      const ids = of.flatMap((run) => (run.runId === null ? [] : [run.runId]));
      const dataset = ids.map((id) => runs.byId.get(id)).find((run) => run !== undefined && run.status !== 'damaged');
      const known = datasets.card && dataset && dataset.config.data.dataset === datasets.card.manifest.id ? datasets.card.manifest : null;
      return [
        given ? t('results.why.given') : images === null ? t('results.why.weights') : t('results.why.images', { images: format.whole(images) }),
        ids.length > 0 ? t('results.why.runs', { count: ids.length }, ids.length) : '',
        known ? t('results.why.data', { name: known.name, revision: known.revision.slice(0, 6) }) : '',
        system.info ? `Cultivar ${system.info.version}.` : '',
      ].filter(Boolean).join(t('common.space'));
    },
  };
}
