import { shallowRef, watch } from 'vue';
import type { CultivarErrorData } from '../../../contracts/errors';
import { ask, asErrorData } from '../../api';

export interface PagedImage {
  readonly index: number;
  readonly label: number;
  /** RGB bytes. */
  readonly pixels: Uint8Array;
}

const perPage = 128;
/** Pages that the window keeps; the oldest go first. */
const kept = 24;

/** Training images of a class (null: of all) by their place among them, a page at a time as they come into sight. */
export function useImagePages(of: () => { readonly id: string; readonly revision: string; readonly label: number | null }) {
  const pages = new Map<number, readonly PagedImage[]>();
  const version = shallowRef(0);
  const total = shallowRef<number | null>(null);
  const error = shallowRef<CultivarErrorData | null>(null);
  let epoch = 0;
  let wanted: number[] = [];
  /** What is in sight, as last told. */
  let needed: readonly number[] = [];
  let asking = false;

  async function pump(): Promise<void> {
    if (asking) return;
    asking = true;
    try {
      for (let page = wanted.shift(); page !== undefined; page = wanted.shift()) {
        const own = epoch;
        const { id, revision, label } = of();
        const got = await ask('dataset.page', id, revision, label, page * perPage, perPage);
        if (own !== epoch) continue;
        const bytes = got.width * got.height * 3;
        pages.set(page, got.indices.map((index, i) => ({ index, label: got.labels[i]!, pixels: got.pixels.subarray(i * bytes, (i + 1) * bytes) })));
        for (const oldest of pages.keys()) {
          if (pages.size <= kept) break;
          pages.delete(oldest);
        }
        total.value = got.total;
        error.value = null;
        version.value++;
      }
    } catch (reason) {
      wanted = [];
      error.value = asErrorData(reason);
    } finally {
      asking = false;
    }
  }
  /** In place of what was needed before. @param places among the images, from 0 */
  function need(places: readonly number[]): void {
    needed = places;
    wanted = [...new Set(places.map((place) => Math.floor(place / perPage)))].filter((page) => !pages.has(page));
    void pump();
  }
  /** After an error: asks again for what is in sight. */
  function retry(): void {
    error.value = null;
    need(needed);
  }
  watch(() => { const { id, revision, label } = of(); return `${id} ${revision} ${label}`; }, () => {
    epoch++;
    pages.clear();
    total.value = null;
    error.value = null;
    version.value++;
    need([0]);
  }, { immediate: true });
  const at = (place: number): PagedImage | null => (version.value >= 0 ? pages.get(Math.floor(place / perPage))?.[place % perPage] ?? null : null);
  return { need, retry, at, total, error };
}
