import type { Command } from '../command';
import { augment, augmentUsage } from './augment';
import { embeddings, embeddingsUsage } from './embeddings';
import { gradcam, gradcamUsage } from './gradcam';
import { largestBatch, largestBatchUsage } from './largestBatch';
import { lrRange, lrRangeUsage } from './lrRange';

/** What is asked of a network before it trains, and of a trained one. */
export const toolCommands: Readonly<Record<string, Command>> = {
  'lr-range': { usage: lrRangeUsage, does: 'learning-rate range test: loss over growing rates, and the rates it suggests', options: ['from', 'to', 'steps'], run: lrRange },
  'largest-batch': { usage: largestBatchUsage, does: 'the largest batch that trains on this machine, and the rate of each size', options: ['most', 'memory-gb'], run: largestBatch },
  embeddings: { usage: embeddingsUsage, does: 'what the penultimate layer makes of each image', options: ['out', 'split', 'map', 'seed', 'force'], run: embeddings },
  augment: { usage: augmentUsage, does: 'what training feeds of an image, epoch after epoch, as a PNG sheet; or one operation or draw on an image file', options: ['out', 'image', 'policy', 'seed', 'epoch', 'draws', 'language', 'force', 'op', 'magnitude', 'input'], run: augment },
  gradcam: { usage: gradcamUsage, does: 'where in an image the logit of a class comes from', options: ['out', 'class', 'fit', 'force'], run: gradcam },
};

/** Their options, for `parseArgs`. */
export const toolOptions = {
  from: { type: 'string' }, to: { type: 'string' }, steps: { type: 'string' }, most: { type: 'string' }, 'memory-gb': { type: 'string' }, map: { type: 'string' }, seed: { type: 'string' }, class: { type: 'string' }, image: { type: 'string' }, policy: { type: 'string' }, epoch: { type: 'string' }, draws: { type: 'string' }, op: { type: 'string' }, magnitude: { type: 'string' }, input: { type: 'string' },
} as const;
