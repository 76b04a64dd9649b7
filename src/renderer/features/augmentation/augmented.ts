import type { PolicyName } from '../../../core/config/run';

/** PROVISIONAL until core/augmentation is there. */
export function augmented(pixels: Uint8Array, side: number, policy: PolicyName, seed: number, epoch: number, index: number): Uint8Array {
  void [side, policy, seed, epoch, index];
  return pixels;
}
