import { onScopeDispose, ref } from 'vue';
import { useI18n } from 'vue-i18n';
import { ask, asErrorData } from '../../../api';
import { useFormat } from '../../../i18n/useFormat';
import { useSystem } from '../../../stores/system';
import { useToasts } from '../../../stores/toasts';

/** Takes text or bytes out of the window. What came of it: a tick for two seconds, a toast with the place, or the window's error. */
export function useTake() {
  const { t } = useI18n();
  const format = useFormat();
  const system = useSystem();
  const toasts = useToasts();
  const state = ref<'idle' | 'done'>('idle');
  let timer: ReturnType<typeof setTimeout> | undefined;
  onScopeDispose(() => { clearTimeout(timer); });

  async function guarded(work: () => Promise<boolean>): Promise<void> {
    try {
      if (!(await work())) return;
      state.value = 'done';
      clearTimeout(timer);
      timer = setTimeout(() => { state.value = 'idle'; }, 2000);
    } catch (reason) {
      system.tell(asErrorData(reason));
    }
  }
  return {
    state,
    copy: (text: string) => guarded(async () => { await ask('clipboard.write', text); return true; }),
    save: (name: string, content: string | Uint8Array | Promise<string | Uint8Array | null>) => guarded(async () => {
      const bytes = await content;
      if (bytes === null) return false;
      const saved = await ask('file.save', name, bytes);
      if (saved) toasts.show(t('results.take.saved', { path: saved.path, bytes: format.bytes(saved.bytes) }), { label: t('exports.show'), run: () => { void ask('shell.show', saved.path); } });
      return saved !== null;
    }),
  };
}
