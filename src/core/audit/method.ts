import { featureCount } from './features';
import { shiftPixels } from './verify';

/** Raised when the same images could give other pairs. */
export const auditVersion = 1;

/**
 * Pairs up to this distance count as near duplicates. Chosen on CIFAR-10, where mirrored look-alikes, of which there are hardly any, tell how many of the
 * others are chance (docs/experiments/near-duplicates.md).
 */
export const nearThreshold = 0.36;

/** Pairs are kept up to this distance, so that a threshold can be chosen afterwards. */
export const keptUpTo = 0.48;

/** Correlation of two blurred pictures from which on they are compared closely. */
export const candidateCosine = 0.825;

/** Images up to which every pair is compared; of a larger set every test image and an even part of the training images. */
export const mostCompared = 300_000;

/** Pairs that are kept at most, the closest ones. */
export const mostPairs = 50_000;

/** Near twins of an image that are told at most. */
export const mostTwins = 50;

/** Images of a condition that are listed at most; all are counted. */
export const mostListed = 5000;

export const nearMethod = (images: number) => ({ features: featureCount, candidateCosine, shiftPixels, images });
