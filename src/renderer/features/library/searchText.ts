import type { ListedExperiment } from '../../../contracts/calls/experiments';
import type { ListedRun } from '../../../contracts/runs';
import type { Level } from '../../../core/judgement/comparison';
import { shownStatus } from '../../components/status';
import { policyName } from '../recipe/policies';

/** All that a run can be found by, in the language of the window. */
export function searchText(run: ListedRun, t: (key: string) => string): string {
  const parts = [run.id, t(`run.${shownStatus(run)}`)];
  if (run.status !== 'damaged') {
    const { config } = run;
    parts.push(run.name, config.model.architecture, t(`stem.${config.model.stem}`), policyName(config.augmentation, 'en'), policyName(config.augmentation, 'ja'), config.data.dataset, config.optimizer.kind);
  }
  return parts.join(' ').normalize('NFKC').toLowerCase();
}

/** All that an experiment can be found by. */
export function experimentText({ id, name, question, comparison }: ListedExperiment, names: { field: (field: string) => string; value: (field: string, level: Level) => string }): string {
  const levels = (comparison?.factors ?? []).flatMap(({ field, levels: of }) => [names.field(field), ...of.map((level) => names.value(field, level))]);
  return [id, name, question, ...levels].join(' ').normalize('NFKC').toLowerCase();
}
