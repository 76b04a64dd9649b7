import { shallowRef, watch } from 'vue';
import type { CultivarErrorData } from '../../../contracts/errors';
import { ask, asErrorData } from '../../api';

const none = new Uint8Array(0);
/** Images asked for in one call, and bytes kept in the window. */
const [perCall, keptBytes] = [256, 64 * 2 ** 20];

/** Images of one revision by index, fetched as they come into sight; what has scrolled by before it came is not fetched. */
export function useDatasetImages(of: () => { readonly datasetId: string; readonly revision: string } | null) {
  const held = new Map<number, Uint8Array>();
  const version = shallowRef(0);
  const side = shallowRef(32);
  const error = shallowRef<CultivarErrorData | null>(null);
  let wanted: number[] = [];
  /** What is in sight, as last told. */
  let needed: readonly number[] = [];
  let asking = false;
  let epoch = 0;

  watch(() => { const one = of(); return one && `${one.datasetId} ${one.revision}`; }, () => {
    epoch++;
    held.clear();
    wanted = [];
    needed = [];
    error.value = null;
    version.value++;
  });
  async function fetchNext(): Promise<void> {
    const from = of();
    const own = epoch;
    const indices = wanted.splice(0, perCall);
    if (!from || indices.length === 0) return;
    const got = await ask('dataset.images', from.datasetId, indices, from.revision);
    if (own !== epoch) return;
    const bytes = got.width * got.height * 3;
    side.value = got.width;
    indices.forEach((index, i) => held.set(index, got.pixels.subarray(i * bytes, (i + 1) * bytes)));
    for (const oldest of held.keys()) {
      if (held.size * bytes <= keptBytes) break;
      held.delete(oldest);
    }
    error.value = null;
    version.value++;
  }
  async function pump(): Promise<void> {
    if (asking) return;
    asking = true;
    try {
      while (wanted.length > 0) await fetchNext();
    } catch (reason) {
      wanted = [];
      error.value = asErrorData(reason);
    } finally {
      asking = false;
    }
  }
  /** In place of what was needed before. */
  function need(indices: readonly number[]): void {
    needed = indices;
    wanted = [...new Set(indices)].filter((index) => !held.has(index));
    void pump();
  }
  /** After an error: asks again for what is in sight. */
  function retry(): void {
    error.value = null;
    need(needed);
  }
  /** RGB bytes; empty until they are there. */
  const pixelsOf = (index: number): Uint8Array => (version.value >= 0 ? held.get(index) ?? none : none);
  return { need, retry, pixelsOf, side, error };
}
