import type { PolicyName } from '../config/run';
import { CounterRandom } from '../random/philox';
import { sampleDraws, type Augmenter, type Draw } from './policy';

/** The stream that a run's draws come from; indices are (epoch, image index). */
export const augmentationStream = (seed: number) => new CounterRandom(seed, 'augment');

/**
 * What training with this seed feeds for an image in an epoch: the one function that workers, the window and reports call.
 * @param random of `augmentationStream(seed)`; moved to (epoch, index)
 * @param epoch from 1
 * @param index of the image in its data set
 * @returns the draws
 */
export function augmentImage(policy: PolicyName, random: CounterRandom, epoch: number, index: number, augmenter: Augmenter, image: Uint8Array, out: Uint8Array): Draw[] {
  const draws = sampleDraws(policy, random.reset(epoch, index));
  augmenter.apply(draws, image, out);
  return draws;
}
