import { useI18n } from 'vue-i18n';
import type { ListedRun } from '../../../contracts/runs';
import { asErrorData } from '../../api';
import { useRuns } from '../../stores/runs';
import { useToasts } from '../../stores/toasts';

/** Moves a run to the bin and offers to undo it. True where that was done; else the list's error says why. */
export function useRemoveRun() {
  const runs = useRuns();
  const toasts = useToasts();
  const { t } = useI18n();
  return async (run: ListedRun): Promise<boolean> => {
    try {
      await runs.remove(run.id);
    } catch (reason) {
      runs.error = asErrorData(reason);
      return false;
    }
    const name = run.status === 'damaged' ? run.id : run.name || run.id;
    const undo = () => { runs.restore(run.id).catch((reason: unknown) => { runs.error = asErrorData(reason); }); };
    toasts.offerUndo(t('library.deleted', { name }), undo);
    return true;
  };
}
