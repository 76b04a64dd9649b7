import { shallowRef } from 'vue';
import { ask } from '../../api';
import { useNeeded } from '../datasets/useNeeded';

const none = new Uint8Array(0);
/** Images asked for in one call, and bytes kept in the window. */
const [perCall, keptBytes] = [256, 64 * 2 ** 20];

/** Images of one revision by index, fetched as they come into sight. */
export function useDatasetImages(of: () => { readonly datasetId: string; readonly revision: string } | null) {
  const side = shallowRef(32);
  const { need, retry, at, error } = useNeeded<Uint8Array>({
    of: () => { const one = of(); return one ? `${one.datasetId} ${one.revision}` : ''; },
    perCall,
    fetch: async (indices) => {
      const from = of();
      if (!from) return () => [];
      const { width, height, pixels } = await ask('dataset.images', from.datasetId, [...indices], from.revision);
      const bytes = width * height * 3;
      return () => { side.value = width; return indices.map((_, i) => pixels.subarray(i * bytes, (i + 1) * bytes)); };
    },
    kept: () => Math.floor(keptBytes / (side.value ** 2 * 3)),
  });
  /** RGB bytes; empty until they are there. */
  const pixelsOf = (index: number): Uint8Array => at(index) ?? none;
  return { need, retry, pixelsOf, side, error };
}
