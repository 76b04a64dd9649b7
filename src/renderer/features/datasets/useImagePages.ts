import { shallowRef, watch } from 'vue';
import { ask } from '../../api';
import { useNeeded } from './useNeeded';

export interface PagedImage {
  readonly index: number;
  readonly label: number;
  /** RGB bytes. */
  readonly pixels: Uint8Array;
}

/** Images of a page, and pages that the window keeps. */
const [perPage, kept] = [128, 24];

/** Training images of a class (null: of all) by their place among them, a page at a time as they come into sight. */
export function useImagePages(of: () => { readonly id: string; readonly revision: string; readonly label: number | null }) {
  const total = shallowRef<number | null>(null);
  const key = () => { const { id, revision, label } = of(); return `${id} ${revision} ${label}`; };
  const pages = useNeeded<readonly PagedImage[]>({
    of: key,
    perCall: 1,
    fetch: async ([page = 0]) => {
      const { id, revision, label } = of();
      const got = await ask('dataset.page', id, revision, label, page * perPage, perPage);
      const bytes = got.width * got.height * 3;
      return () => {
        total.value = got.total;
        return [got.indices.map((index, i) => ({ index, label: got.labels[i]!, pixels: got.pixels.subarray(i * bytes, (i + 1) * bytes) }))];
      };
    },
    kept: () => kept,
  });
  watch(key, () => {
    total.value = null;
    pages.need([0]);
  }, { immediate: true });
  /** In place of what was needed before. @param places among the images, from 0 */
  const need = (places: readonly number[]): void => { pages.need(places.map((place) => Math.floor(place / perPage))); };
  const at = (place: number): PagedImage | null => pages.at(Math.floor(place / perPage))?.[place % perPage] ?? null;
  return { need, retry: pages.retry, at, total, error: pages.error };
}
