import { basename } from 'node:path';
import type { ImportOptions, ImportPlan, PlanSample } from '../contracts/importing';
import { DecoderPool } from './decode/pool';
import { anyFit, prepared, shrunk } from './decode/prepareFile';
import type { PreparedImage } from './decode/protocol';
import { importLimits, type ImportLimits } from './limits';
import { EntryProblem } from './problems';
import { openSource, type OpenedSource } from './openSource';
import { itemsOf, type SourceItem } from './source';
import { fingerprintOf, readJournal, stagingFolder } from './staging';

/** Images that are looked at, and of them those that are handed to a preview. */
const looked = 24;
const shown = 8;
/** Longer side of a preview. */
const largest = 640;
/** Sides that are suggested where images have several sizes, by the middle of their shorter sides. */
const sides = [{ from: 64, side: 64 }, { from: 32, side: 32 }, { from: 0, side: 28 }] as const;

export const defaultOptions = { fit: 'crop', testPercent: 10, seed: 0, validation: 'pool', licence: '' } as const satisfies Partial<ImportOptions>;

/**
 * What lies at a path, before any work: layout, classes, splits, sizes of some images, what they would take. Nothing is written.
 * @throws CultivarError import-unreadable
 */
export async function planImport(library: string, path: string, { limits = importLimits, pool: given }: { limits?: ImportLimits; pool?: DecoderPool } = {}): Promise<ImportPlan> {
  const opened = await openSource(path, limits);
  const pool = given ?? new DecoderPool(limits.imageMs, 1);
  try {
    const { source } = opened;
    const found = await lookAt(opened, pool, limits);
    const sizes = found.images.map(({ image }) => ({ width: image.width, height: image.height }));
    const shorter = sizes.map(({ width, height }) => Math.min(width, height)).sort((a, b) => a - b);
    const common = source.size ?? (sizes.length > 0 && sizes.every(({ width, height }) => width === sizes[0]!.width && height === sizes[0]!.height) ? sizes[0]! : null);
    const suggested = { name: nameOf(opened.path), side: sideFor(common, shorter), fit: defaultOptions.fit };
    const journal = await readJournal(stagingFolder(library, fingerprintOf(opened, { ...defaultOptions, ...suggested })));
    return {
      path: opened.path, kind: source.kind, container: opened.container, classes: source.classes, classCounts: source.classCounts, counts: source.counts,
      sourceBytes: opened.container === 'folder' ? null : opened.bytes, ignored: source.ignored, quarantined: source.quarantined.slice(0, 200),
      sides: shorter.length === 0 ? null : { least: shorter[0]!, median: shorter[Math.floor((shorter.length - 1) / 2)]!, most: shorter.at(-1)!, looked: shorter.length },
      commonSize: common, suggested, msPerImage: found.msPerImage, bytes: itemsOf(source) * suggested.side ** 2 * 3,
      samples: found.images.slice(0, shown).map(({ item, image }): PlanSample => ({ file: item.name, label: item.label, width: image.width, height: image.height, pixels: image.pixels, shown: image.size })),
      unfinished: journal === null ? null : { done: journal.items },
    };
  } finally {
    if (!given) pool.close();
    await opened.close();
  }
}

async function lookAt({ source }: OpenedSource, pool: DecoderPool, limits: ImportLimits): Promise<{ images: { item: SourceItem; image: PreparedImage }[]; msPerImage: number | null }> {
  const images: { item: SourceItem; image: PreparedImage }[] = [];
  const encoded: { item: SourceItem; bytes: Uint8Array }[] = [];
  for await (const item of source.some(looked)) {
    const { content } = item;
    if (content.kind === 'pixels') images.push({ item, image: prepared(content.image, shrunk(content.image, largest), anyFit, { format: 'raw', alpha: content.alpha, turned: false }) });
    const bytes = content.kind === 'bytes' ? content.bytes : content.kind === 'file' ? await content.open.read(limits.fileBytes).catch(notRead) : null;
    if (bytes !== null) encoded.push({ item, bytes });
  }
  // The first batch waits for the decoder's start; the time is that of the second.
  let msPerImage: number | null = null;
  for (const batch of [encoded.slice(0, warmUp), encoded.slice(warmUp)].filter(({ length }) => length > 0)) {
    const startMs = performance.now();
    const outcomes = await pool.decode({ sources: batch.map(({ bytes }) => ({ bytes })), target: null, largest, fit: anyFit });
    msPerImage = (performance.now() - startMs) / batch.length;
    outcomes.forEach((outcome, i) => { if ('image' in outcome) images.push({ item: batch[i]!.item, image: outcome.image }); });
  }
  return { images: mixed(images), msPerImage: encoded.length > warmUp ? msPerImage : null };
}

const warmUp = 8;
const notRead = (error: unknown) => {
  if (error instanceof EntryProblem) return null;
  throw error;
};

/** One of each class, then a second one, and so on. */
function mixed<T extends { item: SourceItem }>(images: readonly T[]): T[] {
  const seen = new Map<number, number>();
  return images.map((image) => {
    const round = seen.get(image.item.label) ?? 0;
    seen.set(image.item.label, round + 1);
    return { image, round };
  }).sort((a, b) => a.round - b.round).map(({ image }) => image);
}

function sideFor(common: { width: number; height: number } | null, shorter: readonly number[]): number {
  if (common && common.width === common.height && common.width >= 8 && common.width <= 96) return common.width;
  const median = shorter[Math.floor((shorter.length - 1) / 2)] ?? 64;
  return sides.find(({ from }) => median >= from)!.side;
}

const nameOf = (path: string) => basename(path).replace(/(\.tar)?\.(gz|tgz|zip|tar|csv|tsv|jsonl|npz|parquet|ndjson)$/i, '').replace(/[_]+/g, ' ').trim().slice(0, 120) || 'images';
