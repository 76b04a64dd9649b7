import { computed, onScopeDispose, ref, shallowRef } from 'vue';
import { useI18n } from 'vue-i18n';
import type { ArchiveProgress } from '../../../contracts/calls/interchange';
import { ask, listen } from '../../api';
import { useFormat } from '../../i18n/useFormat';

/** How far the archive is that this component packs or unpacks, in words, and its end. */
export function useArchiveProgress() {
  const { t } = useI18n();
  const format = useFormat();
  const busy = ref(false);
  const cancelling = ref(false);
  const progress = shallowRef<ArchiveProgress | null>(null);
  onScopeDispose(listen('archive.progress', (now) => { if (busy.value) progress.value = now; }));
  const words = computed(() => {
    const now = progress.value;
    return now ? t('interchange.progress', { phase: t(`interchange.phase.${now.phase}`), done: format.bytes(now.doneBytes), total: format.bytes(now.totalBytes) }) : '';
  });
  const fraction = computed(() => (progress.value && progress.value.totalBytes > 0 ? progress.value.doneBytes / progress.value.totalBytes : null));
  async function during<T>(work: () => Promise<T>): Promise<T> {
    [busy.value, cancelling.value, progress.value] = [true, false, null];
    try {
      return await work();
    } finally {
      busy.value = false;
    }
  }
  function cancel(): void {
    cancelling.value = true;
    void ask('archive.cancel');
  }
  return { busy, cancelling, progress, words, fraction, during, cancel };
}
