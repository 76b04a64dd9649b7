import { computed, shallowRef } from 'vue';
import { defineStore } from 'pinia';
import type { LibraryRemarks, Remarks, RemarksChange, RemarksOf } from '../../contracts/calls/remarks';
import { folded } from '../../core/text/fold';
import type { CultivarErrorData } from '../../contracts/errors';
import { ask, asErrorData, listen } from '../api';

const none: Remarks = { note: '', tags: [], pinned: false };

/** Notes and tags of runs and experiments, and which experiments are pinned. */
export const useRemarks = defineStore('remarks', () => {
  const all = shallowRef<LibraryRemarks>({ runs: {}, experiments: {} });
  const error = shallowRef<CultivarErrorData | null>(null);

  const of = ({ kind, id }: RemarksOf): Remarks => all.value[`${kind}s`][id] ?? none;
  /** Every tag that is in use, the most used first. */
  const tags = computed(() => {
    const counts = new Map<string, { tag: string; count: number }>();
    for (const { tags: own } of [...Object.values(all.value.experiments), ...Object.values(all.value.runs)]) {
      for (const tag of own) counts.set(folded(tag), { tag: counts.get(folded(tag))?.tag ?? tag, count: (counts.get(folded(tag))?.count ?? 0) + 1 });
    }
    return [...counts.values()].sort((a, b) => b.count - a.count || a.tag.localeCompare(b.tag)).map(({ tag }) => tag);
  });
  const pinned = computed(() => Object.entries(all.value.experiments).filter(([, remarks]) => remarks.pinned).map(([id]) => id));

  function put({ kind, id }: RemarksOf, remarks: Remarks): void {
    all.value = { ...all.value, [`${kind}s`]: { ...all.value[`${kind}s`], [id]: remarks } };
  }
  function subscribe(): void {
    listen('remarks.changed', ({ of: target, remarks }) => { put(target, remarks); });
  }
  async function load(): Promise<void> {
    try {
      all.value = await ask('remarks.list');
      error.value = null;
    } catch (reason) {
      error.value = asErrorData(reason);
    }
  }
  /** Answers with what takes the change back; null, with the error kept, where it was not made. */
  async function change(target: RemarksOf, wanted: RemarksChange): Promise<RemarksChange | null> {
    try {
      const { before, after } = await ask('remarks.change', target, wanted);
      put(target, after);
      error.value = null;
      const [had, has] = [new Set(before.tags.map(folded)), new Set(after.tags.map(folded))];
      return { note: before.note, pinned: before.pinned, add: before.tags.filter((tag) => !has.has(folded(tag))), remove: after.tags.filter((tag) => !had.has(folded(tag))) };
    } catch (reason) {
      error.value = asErrorData(reason);
      return null;
    }
  }
  return { all, error, tags, pinned, of, subscribe, load, change };
});
