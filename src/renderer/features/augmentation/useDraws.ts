import { shallowRef, watch, type ShallowRef } from 'vue';
import type { Augmentation } from '../../../core/config/augmentation';
import type { CultivarErrorData } from '../../../contracts/errors';
import { asErrorData } from '../../api';
import type { DrawnTiles } from './inspection/protocol';
import type { Inspected } from './useInspected';

/** Draws as they are shown, with what they were asked for: until the next come, words and pixels belong together. */
export interface ShownDraws extends DrawnTiles {
  readonly augmentation: Augmentation;
  readonly width: number;
  readonly height: number;
}

/** Of the image that is looked at, what a run feeds in the epochs from the chosen one on. Redrawn as soon as anything changes; of many changes the last counts. */
export function useDraws({ inspector, client, data, index }: Inspected, lane: string, policy: () => Augmentation | null) {
  const draws: ShallowRef<ShownDraws | null> = shallowRef(null);
  const error = shallowRef<CultivarErrorData | null>(null);
  watch([data, policy, index, () => inspector.place.seed, () => inspector.place.epoch, () => inspector.place.draws], async ([own, augmentation, image, seed, epoch, count]) => {
    if (!own || augmentation === null || image === null) {
      draws.value = null;
      return;
    }
    try {
      const tiles = await client.draws(lane, { augmentation, seed, places: Array.from({ length: count }, (_, i) => ({ epoch: epoch + i, index: image })) });
      if (!tiles || data.value !== own) return;
      draws.value = { ...tiles, augmentation, width: own.width, height: own.height };
      error.value = null;
    } catch (reason) {
      error.value = asErrorData(reason);
    }
  }, { immediate: true });
  return { draws, error };
}
