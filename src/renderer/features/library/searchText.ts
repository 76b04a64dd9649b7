import type { ListedRun } from '../../../contracts/runs';
import { shownStatus } from '../../components/status';
import { policyKey } from '../recipe/policies';

/** All that a run can be found by, in the language of the window. */
export function searchText(run: ListedRun, t: (key: string) => string): string {
  const parts = [run.id, t(`run.${shownStatus(run)}`)];
  if (run.status !== 'damaged') {
    const { config } = run;
    parts.push(run.name, config.model.architecture, t(`stem.${config.model.stem}`), t(`policy.${policyKey[config.augmentation]}`), config.data.dataset, config.optimizer.kind);
  }
  return parts.join(' ').normalize('NFKC').toLowerCase();
}
