import { useI18n } from 'vue-i18n';
import { ask, asErrorData } from '../../api';
import { useFormat } from '../../i18n/useFormat';
import { useRuns } from '../../stores/runs';
import { useToasts } from '../../stores/toasts';

/** Moves the weights of runs to the bin, where their records stay, and offers to undo it; else the list's error says why. */
export function useRemoveWeights() {
  const runs = useRuns();
  const toasts = useToasts();
  const format = useFormat();
  const { t } = useI18n();
  return async (runIds: readonly string[]): Promise<void> => {
    try {
      const { runIds: binned, bytes } = await ask('runs.binWeights', runIds);
      if (binned.length === 0) {
        toasts.show(t('listing.weights.none'));
        return;
      }
      const undo = () => { ask('runs.restoreWeights', binned).catch((reason: unknown) => { runs.error = asErrorData(reason); }); };
      toasts.offerUndo(t('listing.weights.removed', { count: binned.length, bytes: format.bytes(bytes) }, binned.length), undo);
    } catch (reason) {
      runs.error = asErrorData(reason);
    }
  };
}
