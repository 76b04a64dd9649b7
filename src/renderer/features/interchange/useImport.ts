import { computed, shallowRef } from 'vue';
import type { ImportedArchive } from '../../../contracts/calls/interchange';
import type { CultivarErrorData } from '../../../contracts/errors';
import { ask, asErrorData } from '../../api';
import { useExperiments } from '../../stores/experiments';
import { useRuns } from '../../stores/runs';
import { useArchiveProgress } from './useArchiveProgress';

/** Brings an archive in: from a question for a file, or a dropped one. */
export function useImport() {
  const runs = useRuns();
  const experiments = useExperiments();
  const archive = useArchiveProgress();
  const imported = shallowRef<ImportedArchive | null>(null);
  const error = shallowRef<CultivarErrorData | null>(null);
  /** Of the last try, so that it can be done again with new ids; null where a question asked for it. */
  const path = shallowRef<string | null>(null);
  const told = computed(() => archive.busy.value || imported.value !== null || error.value !== null);

  async function bring(from: string | null, asNew = false): Promise<void> {
    if (archive.busy.value) return;
    [imported.value, error.value, path.value] = [null, null, from];
    try {
      imported.value = await archive.during(() => ask('archive.import', from, asNew));
      if (imported.value) await Promise.all([runs.load(), experiments.load()]);
    } catch (reason) {
      const data = asErrorData(reason);
      if (data.code !== 'archive-cancelled') error.value = data;
    }
  }
  const dismiss = () => { [imported.value, error.value] = [null, null]; };
  return { ...archive, imported, error, path, told, bring, dismiss };
}
