import type { BatchTrial } from '../../core/tuning/batchSearch';
import type { LargestBatchResult } from '../../contracts/tools';
import { resolvedRunConfig, trainingImages } from '../../data/newRuns';
import { readDatasetManifest } from '../../data/openDataset';
import { findLargestBatch } from '../../trainer/host/largestBatch';
import { cancellable } from '../cancellable';
import type { CommandContext } from '../command';
import { answer, answerJson, exits, say, table, usage } from '../output';
import { readJsonFile } from './train';

export const largestBatchUsage = 'largest-batch CONFIG.json [--most N] [--memory-gb N]';

/** Beyond it a larger batch trains no faster on any machine that was measured. */
const mostByDefault = 4096;

/** largest-batch CONFIG.json: the largest batch that trains on this machine, with the rate of each size tried. The config stays as it is. */
export async function largestBatch({ library, json, positionals: [file, ...rest], options }: CommandContext): Promise<number> {
  if (!file || rest.length > 0) throw usage(`usage: cultivar ${largestBatchUsage}`);
  const config = await resolvedRunConfig(library, await readJsonFile(file));
  const images = config.data.trainImages ?? (await trainingImages(library, await readDatasetManifest(library, config.data.dataset), config.data));
  const most = Math.min(positive('most', options.most, mostByDefault), images);
  const memoryBytes = options['memory-gb'] === undefined ? null : positive('memory-gb', options['memory-gb'], 0) * 1e9;
  const result = await cancellable((signal) => findLargestBatch(library, { config, settings: { start: Math.min(32, most), most }, memoryBytes }, (trial) => { say(line(trial)); }, signal));
  if (!result) return exits.interrupted;
  if (json) answerJson({ schemaVersion: 1, configured: config.batchSize, ...result });
  else answer(text(result, config.batchSize, images));
  return result.reading.largest === null ? exits.failed : exits.done;
}

function positive(name: string, given: string | undefined, otherwise: number): number {
  const value = given === undefined ? otherwise : Number(given);
  if (!(value > 0)) throw usage(`--${name} must be a number above 0, not ${given}`);
  return value;
}

const gigabytes = (bytes: number) => `${(bytes / 1e9).toFixed(2)} GB`;
const whyNot = { 'out-of-memory': 'out of memory', 'over-limit': 'needs more memory than it may have', crashed: 'the process ended without a word' } as const;
const line = (trial: BatchTrial) => (trial.fits ? `${trial.batchSize}: fits, ${trial.imagesPerSecond.toFixed(0)} images/s, ${gigabytes(trial.peakBytes)}` : `${trial.batchSize}: does not fit, ${whyNot[trial.reason]}`);
const limitFrom = { person: 'as asked', container: 'what the container leaves, less a tenth', machine: 'what is free here, less a tenth' } as const;

function text({ trials, reading: { largest, smallestRefused, fastest }, limit, settings }: LargestBatchResult, configured: number, images: number): string {
  const rows = [...trials].sort((a, b) => a.batchSize - b.batchSize).map((trial) => [String(trial.batchSize), trial.fits ? trial.imagesPerSecond.toFixed(0) : '–', gigabytes(trial.peakBytes), trial.fits ? '' : whyNot[trial.reason]]);
  const bound = smallestRefused === null ? `; nothing larger was tried (${settings.most === images ? 'that is every training image' : 'the limit'})` : `; ${smallestRefused} does not`;
  return [
    table([['batch', 'images/s', 'memory', ''], ...rows]),
    largest === null ? 'No batch fits.' : `Largest batch that fits: ${largest}${bound}. Fastest of those tried: ${fastest}.`,
    limit && `Memory for one trial: ${gigabytes(limit.bytes)}, ${limitFrom[limit.from]}.`,
    `The config asks for ${configured}, and stays so: another batch size is another experiment.`,
  ].filter(Boolean).join('\n');
}
