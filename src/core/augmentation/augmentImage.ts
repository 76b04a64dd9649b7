import type { Augmenter } from './augmenter';
import type { Draw } from './draws';
import type { Policy } from './policy';

/**
 * What training feeds for an image in an epoch, before its batch is mixed: the one function that workers, the window and reports call.
 * @param epoch from 1
 * @param index of the image in its data set
 * @returns the draws
 */
export function augmentImage(policy: Policy, epoch: number, index: number, augmenter: Augmenter, image: Uint8Array, out: Uint8Array): Draw[] {
  const draws = policy.draw(epoch, index);
  augmenter.apply(draws, image, out);
  return draws;
}
