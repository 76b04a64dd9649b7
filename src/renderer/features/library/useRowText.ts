import { useI18n } from 'vue-i18n';
import { getAt } from '../../../core/design/withField';
import type { ListedExperiment } from '../../../contracts/calls/experiments';
import type { ListedRun, RunSummary } from '../../../contracts/runs';
import type { ComparedArm, Level } from '../../../core/judgement/comparison';
import { useFormat } from '../../i18n/useFormat';
import { useSaid } from '../../i18n/useSaid';
import { useRuns } from '../../stores/runs';
import { policySeries } from '../recipe/policies';
import { armLooks } from '../results/parts/arms';
import { useNames } from '../results/parts/useNames';
import type { Row } from './row';
import { seedsFigure, settingValues } from './sorting';
import { bestArm, standingOf } from './standing';

type Series = 0 | 1 | 2 | 3 | 4;

/** What the cells of a row say, in the language of the window. */
export function useRowText(table: { readonly groupField: () => string | null; readonly varying: () => readonly string[]; readonly experiments: () => boolean }) {
  const { t } = useI18n();
  const format = useFormat();
  const said = useSaid();
  const names = useNames();
  const runs = useRuns();

  const looksOf = (experiment: ListedExperiment) => (experiment.comparison ? armLooks(experiment.comparison) : new Map<string, never>());
  const seriesOf = (experiment: ListedExperiment, key: string | undefined): Series => { const series = key === undefined ? 'ink' : looksOf(experiment).get(key)?.series; return typeof series === 'number' ? (Math.min(4, series) as Series) : 0; };
  const curveOf = (ids: readonly (string | null)[]) => { for (const id of ids) { const run = id === null ? undefined : runs.byId.get(id); if (run && run.status !== 'damaged' && run.validationCurve.length > 0) return run.validationCurve; } return []; };
  const nameOfRun = (run: ListedRun) => (run.status === 'damaged' ? run.id : run.name || run.id);
  /** What tells runs of a group apart; the group's own field is said above. */
  const configName = (run: RunSummary) => table.varying().filter((field) => field !== table.groupField()).map((field) => names.level(field, (getAt(run.config, field) ?? null) as Level)).join(t('common.comma')) || nameOfRun(run);
  const factsOf = (run: RunSummary, key: 'library.facts' | 'listing.alike', seeds: string | number) => t(key, { network: format.network(run.config.model.architecture), stem: t(`stem.${run.config.model.stem}`), policy: format.policy(run.config.augmentation), epochs: run.config.epochs, [key === 'library.facts' ? 'seed' : 'seeds']: seeds });
  const design = (experiment: ListedExperiment): string => {
    if (experiment.failure) return said.error(experiment.failure).message;
    const factors = (experiment.comparison?.factors ?? []).map(({ field, levels }) => t('listing.levels', { count: levels.length, field: names.field(field) }));
    return [...factors, t('listing.seeds', { count: experiment.seeds }, experiment.seeds)].join(t('listing.times'));
  };
  const half = (interval: { readonly low: number; readonly high: number }) => format.decimal(((interval.high - interval.low) / 2) * 100, 2);
  const armInterval = (arm: ComparedArm | null) => (arm === null ? '' : arm.validation.interval ? `± ${half(arm.validation.interval)}` : arm.n === 0 && arm.given > 0 ? t('results.runs.given') : t('listing.n', { n: arm.n }));
  const newest = (of: readonly RunSummary[]) => Math.max(...of.map(({ endedAt, startedAt, createdAt }) => Date.parse(endedAt ?? startedAt ?? createdAt)));

  return {
    looksOf,
    name(row: Row): string {
      switch (row.kind) {
        case 'experiment': return row.experiment.question || row.experiment.name;
        case 'arm': return names.armOf(row.arm);
        case 'run': return nameOfRun(row.run);
        case 'seeds': return table.groupField() === null ? nameOfRun(row.runs[0]!) : configName(row.runs[0]!);
        case 'group': return names.level(table.groupField() ?? '', row.value as Level);
      }
    },
    /** The second line; rows without one are low. */
    facts(row: Row): string | null {
      switch (row.kind) {
        case 'experiment': return design(row.experiment);
        case 'run': return row.run.status === 'damaged' ? said.error(row.run.failure).message : factsOf(row.run, 'library.facts', row.run.config.seed);
        case 'seeds': return table.groupField() === null ? factsOf(row.runs[0]!, 'listing.alike', t('listing.seeds', { count: row.runs.length }, row.runs.length)) : null;
        default: return null;
      }
    },
    /** How far a run is that has not ended as it should. */
    progress(run: ListedRun): string | undefined {
      if (run.status === 'damaged' || run.status === 'completed' || run.status === 'queued') return undefined;
      return t('library.epochOf', { epoch: format.decimal(run.epochsDone, Number.isInteger(run.epochsDone) ? 0 : 1), epochs: run.config.epochs });
    },
    curve(row: Row): { readonly values: readonly number[]; readonly series: Series } {
      switch (row.kind) {
        case 'experiment': return { values: curveOf(bestArm(row.experiment)?.runs.map((run) => run.runId) ?? []), series: seriesOf(row.experiment, bestArm(row.experiment)?.key) };
        case 'arm': return { values: curveOf(row.arm.runs.map((run) => run.runId)), series: seriesOf(row.experiment, row.arm.key) };
        case 'run': return row.run.status === 'damaged' ? { values: [], series: 0 } : { values: row.run.validationCurve, series: policySeries(row.run.config.augmentation) };
        case 'seeds': return { values: curveOf(row.runs.map(({ id }) => id)), series: policySeries(row.runs[0]!.config.augmentation) };
        case 'group': return { values: [], series: 0 };
      }
    },
    value(row: Row): { readonly text: string; readonly note: string } {
      const epoch = (at: { readonly epoch: number } | null) => (at && !table.experiments() ? t('library.ep', { epoch: at.epoch }) : '');
      switch (row.kind) {
        case 'experiment': return { text: format.percentNumber(bestArm(row.experiment)?.validation.mean), note: '' };
        case 'arm': return { text: format.percentNumber(row.arm.validation.mean), note: '' };
        case 'run': return row.run.status === 'damaged' ? { text: '–', note: '' } : { text: format.percentNumber(row.run.lastValidation?.accuracy), note: epoch(row.run.lastValidation) };
        case 'seeds': return { text: format.percentNumber(seedsFigure(row.runs).mean), note: table.experiments() || seedsFigure(row.runs).mean === null ? '' : t('listing.mean') };
        case 'group': return { text: '', note: '' };
      }
    },
    interval(row: Row): string {
      switch (row.kind) {
        case 'experiment': return armInterval(bestArm(row.experiment));
        case 'arm': return armInterval(row.arm);
        case 'run': return row.run.status !== 'damaged' && row.run.lastValidation ? t('listing.n', { n: 1 }) : '';
        case 'seeds': { const { interval } = seedsFigure(row.runs); const n = row.runs.filter((run) => run.status === 'completed' && run.lastValidation).length; return !interval ? t('listing.n', { n }) : table.experiments() && n === row.runs.length ? `± ${half(interval)}` : t('listing.interval', { half: half(interval), n }); }
        case 'group': return '';
      }
    },
    best(row: Row): { readonly text: string; readonly note: string } {
      if (row.kind !== 'run' || row.run.status === 'damaged') return { text: '', note: '' };
      const { bestValidation } = row.run;
      return { text: format.percentNumber(bestValidation?.accuracy), note: bestValidation ? t('library.ep', { epoch: bestValidation.epoch }) : '' };
    },
    setting: (row: Row, path: string) => settingValues(row, path, { runs: runs.byId }).map((value) => names.value(path, value as Level)).join(t('common.comma')),
    when(row: Row): string {
      switch (row.kind) {
        case 'experiment': return standingOf(row.experiment) === 'running' ? t('library.now') : format.when(Date.parse(row.experiment.createdAt));
        case 'run': return row.run.status === 'damaged' ? '' : row.run.status === 'running' ? t('library.now') : format.when(newest([row.run]));
        case 'seeds': return row.runs.some(({ status }) => status === 'running') ? t('library.now') : format.when(newest(row.runs));
        default: return '';
      }
    },
  };
}
