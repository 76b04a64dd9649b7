import { onScopeDispose, shallowRef, watch, type ShallowRef } from 'vue';
import type { Augmentation } from '../../../core/config/augmentation';
import type { Resolution } from '../../../core/inspection';
import type { CultivarErrorData } from '../../../contracts/errors';
import { asErrorData } from '../../api';
import type { DrawnTiles } from './inspection/protocol';
import { roughAt, stillMs } from './roughness';
import type { Inspected } from './useInspected';

/** Draws as they are shown, with what they were asked for: until the next come, words and pixels belong together. */
export interface ShownDraws extends DrawnTiles {
  readonly augmentation: Augmentation;
  readonly seed: number;
  /** Of the images as they are fed; the tiles are at one over `resolution.by`. */
  readonly width: number;
  readonly height: number;
  readonly resolution: Resolution;
}

/**
 * Of the image that is looked at, what a run feeds in the epochs from the chosen one on. Redrawn as soon as anything changes; of many changes the last
 * counts. Where exact tiles take longer than a frame or two, rough ones come while things change, and the exact ones once they are still.
 * @param by tiles are wanted at one over this; null: not known yet
 */
export function useDraws({ inspector, client, data, index }: Inspected, lane: string, policy: () => Augmentation | null, by: () => number | null) {
  const draws: ShallowRef<ShownDraws | null> = shallowRef(null);
  const error = shallowRef<CultivarErrorData | null>(null);
  /** What the last exact tiles took. */
  let exactMs = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;
  onScopeDispose(() => { clearTimeout(timer); });

  watch([data, policy, index, () => inspector.place.seed, () => inspector.place.epoch, () => inspector.place.draws, by], ([own, augmentation, image, seed, epoch, count, at], [before]) => {
    clearTimeout(timer);
    if (own !== before) exactMs = 0;
    if (!own || augmentation === null || image === null) {
      draws.value = null;
      return;
    }
    if (at === null) return;
    const places = Array.from({ length: count }, (_, i) => ({ epoch: epoch + i, index: image }));
    const ask = async (resolution: Resolution, givesWay: boolean) => {
      const startMs = performance.now();
      try {
        const tiles = await client.draws(lane, { augmentation, seed, places, resolution }, givesWay);
        if (!tiles || data.value !== own) return;
        if (!resolution.rough) exactMs = performance.now() - startMs;
        draws.value = { ...tiles, augmentation, seed, width: own.width, height: own.height, resolution };
        error.value = null;
      } catch (reason) {
        error.value = asErrorData(reason);
      }
    };
    const rough = roughAt(own, at, exactMs);
    if (rough === null) return void ask({ by: at, rough: false }, false);
    void ask({ by: rough, rough: true }, false);
    timer = setTimeout(() => { void ask({ by: at, rough: false }, true); }, stillMs);
  }, { immediate: true });
  return { draws, error };
}
