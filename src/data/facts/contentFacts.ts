import { createHash } from 'node:crypto';
import { mkdir, open } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import type { DatasetManifest } from '../../contracts/dataset';
import type { ChannelFacts, SplitFacts } from '../../contracts/datasetFacts';
import { CultivarError } from '../../contracts/errors';
import { readJson, writeJsonAtomic } from '../../library/atomic';
import { ChannelStatistics } from '../channelStatistics';
import { readLabels } from '../datasetSplit';
import { revisionFolder } from '../openDataset';
import { pixelHistogram } from './pixelHistogram';

/** What all pixels of a revision have to be read for. */
interface ContentFacts {
  readonly channels: ChannelFacts;
  readonly splits: readonly SplitFacts[];
}

const figures = z.array(z.number()).length(3);
const cacheSchema = z.strictObject({
  schemaVersion: z.literal(1),
  revision: z.string(),
  channels: z.strictObject({ images: z.int(), mean: figures, deviation: figures, histogram: z.array(z.array(z.number())).length(3) }),
  splits: z.array(z.strictObject({ split: z.enum(['train', 'test']), images: z.int(), sha256: z.string() })),
});

/** Bytes that are read at once: between two pieces the process does other things. */
const pieceBytes = 1 << 20;
const underWay = new Map<string, Promise<ContentFacts>>();

const cacheFile = (library: string, revision: string) => join(library, 'index', 'datasets', `${revision}.json`);

/**
 * Channel figures of the training images and each split's hash. Read from all pixels once a revision, then kept (`index/datasets`): a revision names
 * its content, so they never change.
 * @throws CultivarError dataset-damaged
 */
export async function contentFacts(library: string, manifest: DatasetManifest): Promise<ContentFacts> {
  const path = cacheFile(library, manifest.revision);
  const kept = await cacheSchema.parseAsync(await readJson(path).catch(() => null)).catch(() => null);
  if (kept?.revision === manifest.revision) return { channels: kept.channels, splits: kept.splits };
  const started = underWay.get(path);
  if (started) return started;
  const reading = readAll(library, manifest);
  underWay.set(path, reading);
  try {
    const found = await reading;
    // A library that cannot be written to reads them again each time.
    await mkdir(join(library, 'index', 'datasets'), { recursive: true }).then(() => writeJsonAtomic(path, { schemaVersion: 1, revision: manifest.revision, ...found })).catch(() => undefined);
    return found;
  } finally {
    underWay.delete(path);
  }
}

async function readAll(library: string, manifest: DatasetManifest): Promise<ContentFacts> {
  const { id, revision, counts, image } = manifest;
  const bytes = image.width * image.height * image.channels;
  const labels = await readLabels(library, manifest);
  const statistics = new ChannelStatistics();
  const histogram = pixelHistogram();
  const file = await open(join(await revisionFolder(library, id, revision), 'images.bin'), 'r');
  try {
    const buffer = new Uint8Array(Math.max(1, Math.floor(pieceBytes / bytes)) * bytes);
    const stretch = async (split: 'train' | 'test', first: number, images: number): Promise<SplitFacts> => {
      const hash = createHash('sha256');
      for (let at = first * bytes, end = (first + images) * bytes; at < end;) {
        const { bytesRead } = await file.read(buffer, 0, Math.min(buffer.length, end - at), at);
        // Whole images only: a read may end anywhere.
        const whole = bytesRead - (bytesRead % bytes);
        if (whole === 0) throw new CultivarError({ code: 'dataset-damaged', message: `The data set "${id}" is damaged: images.bin ends too early.` });
        const piece = buffer.subarray(0, whole);
        hash.update(piece);
        if (split === 'train') {
          statistics.add(piece);
          histogram.add(piece);
        }
        at += whole;
      }
      const own = labels.subarray(first, first + images);
      hash.update(new Uint8Array(own.buffer, own.byteOffset, own.byteLength));
      return { split, images, sha256: hash.digest('hex') };
    };
    const splits = [await stretch('train', 0, counts.train), ...(counts.test > 0 ? [await stretch('test', counts.train, counts.test)] : [])];
    return { channels: { images: counts.train, ...statistics.result(), histogram: histogram.shares() }, splits };
  } finally {
    await file.close();
  }
}
