import { shallowRef, watch } from 'vue';
import { useI18n } from 'vue-i18n';
import type { CultivarErrorData } from '../../../contracts/errors';
import type { SplitLeaks } from '../../../core/audit/types';
import type { RunConfig } from '../../../core/config/run';
import { ask, asErrorData } from '../../api';
import { useAudits } from '../../stores/audits';
import { leaveLeaksOut } from './leaks';

/** Twins between the splits of the runs being planned; read anew where their data change or an audit has ended. */
export function useLeaks(config: () => RunConfig | null, set: (exclude: { list: string; sha256: string }) => void) {
  const { t } = useI18n();
  const audits = useAudits();
  const leaks = shallowRef<SplitLeaks | null>(null);
  const error = shallowRef<CultivarErrorData | null>(null);
  const working = shallowRef(false);
  let latest: symbol | null = null;

  async function read(): Promise<void> {
    const asked = config();
    const own = (latest = Symbol());
    if (!asked) {
      leaks.value = null;
      return;
    }
    try {
      const got = await ask('audit.leaks', asked);
      if (own === latest) [leaks.value, error.value] = [got, null];
    } catch (reason) {
      if (own === latest) [leaks.value, error.value] = [null, asErrorData(reason)];
    }
  }
  watch(() => [JSON.stringify(config()?.data ?? null), audits.running === null], ([, idle]) => { if (idle) void read(); }, { immediate: true });

  /** Saves the training images of all pairs as a list and puts it into the recipe; what it left out before stays out. */
  async function leaveOut(): Promise<void> {
    const [base, found] = [config(), leaks.value];
    if (!base || !found || working.value) return;
    working.value = true;
    try {
      const { datasetId, revision, excluded } = found;
      const taken = new Set((await ask('exclude.list', datasetId, revision)).map(({ name }) => name));
      const name = [t('audit.wizard.listName'), ...Array.from({ length: taken.size + 1 }, (_, i) => `${t('audit.wizard.listName')} ${i + 2}`)].find((one) => !taken.has(one))!;
      const already = excluded ? await ask('exclude.images', datasetId, revision, excluded.sha256) : [];
      let exclude: { list: string; sha256: string } | null = null;
      await leaveLeaksOut(found, already, {
        saveAndAsk: async (indices) => {
          const { sha256 } = await ask('exclude.save', datasetId, revision, name, indices);
          exclude = { list: name, sha256 };
          return ask('audit.leaks', { ...base, data: { ...base.data, exclude } });
        },
      });
      if (exclude) set(exclude);
    } catch (reason) {
      error.value = asErrorData(reason);
    } finally {
      working.value = false;
    }
  }
  return { leaks, error, working, read, leaveOut };
}
