import { computed, shallowRef, watch } from 'vue';
import { useRoute } from 'vue-router';
import type { DatasetManifest } from '../../../contracts/dataset';
import { ask } from '../../api';

/** Revisions of the shown data set, newest first, and the one that the address asks for; the newest where it asks for none, or for one that is gone. */
export function useRevisions(newest: () => DatasetManifest | null) {
  const route = useRoute();
  const all = shallowRef<readonly DatasetManifest[] | null>(null);
  let latest: symbol | null = null;
  async function load(): Promise<void> {
    const own = (latest = Symbol());
    const of = newest();
    // A revision that cannot be read is told where it is opened; the newest is there already.
    const found = of ? await ask('dataset.revisions', of.id).catch(() => [of]) : [];
    if (own === latest) all.value = found;
  }
  watch(() => { const of = newest(); return of && `${of.id} ${of.revision}`; }, () => { all.value = null; void load(); }, { immediate: true });
  const asked = computed(() => (typeof route.query.revision === 'string' ? route.query.revision : null));
  /** Null too until it is known whether the one asked for is there: the first look at a large revision reads all its pixels. */
  const shown = computed(() => {
    const now = newest();
    if (now === null || asked.value === null || asked.value === now.revision) return now;
    return all.value === null ? null : all.value.find(({ id, revision }) => id === now.id && revision === asked.value) ?? now;
  });
  /** Null for the newest, which an address does not name. */
  const named = computed(() => (shown.value === null || shown.value.revision === newest()?.revision ? null : shown.value.revision));
  return { all: computed(() => all.value ?? []), shown, named, load };
}
