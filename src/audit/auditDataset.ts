import { mostPairs, nearMethod } from '../core/audit/method';
import type { AuditProgress, DatasetAudit, DuplicatePair } from '../core/audit/types';
import { writeAudit } from '../data/audit/auditFile';
import { manifestOf } from '../data/audit/excludeLists';
import { cancelled, listed, scanImages } from '../data/audit/scan';
import { Gallery } from './nearPairs';

export interface AuditOptions {
  readonly library: string;
  readonly datasetId: string;
  readonly revision: string;
  readonly signal: AbortSignal;
  readonly onProgress: (progress: AuditProgress) => void;
}

/**
 * Audits a revision and keeps the result: equal images, near duplicates, images with nothing in them.
 * @throws CultivarError dataset-unknown, dataset-damaged; tool-cancelled, then nothing is kept; a storage error
 */
export async function auditDataset({ library, datasetId, revision, signal, onProgress }: AuditOptions): Promise<DatasetAudit> {
  const start = performance.now();
  const manifest = await manifestOf(library, datasetId, revision);
  const images = manifest.counts.train + manifest.counts.test;
  const gallery = new Gallery(manifest);
  const read = paced('read', images, onProgress);
  const scan = await scanImages(library, manifest, { signal, onImage: (index, pixels) => { gallery.add(index, pixels); if (index % 256 === 255) read(index + 1); } });
  let compared: ReturnType<typeof paced> | null = null;
  const near = await gallery.pairs(signal, (done, total) => { (compared ??= paced('compare', total, onProgress))(done); });
  if (signal.aborted) throw cancelled();
  onProgress({ phase: 'store', done: 0, total: 1, remainingMs: null });
  const pairs = merged(scan.pairs, near.pairs);
  return writeAudit(library, manifest, {
    ...scan, near: nearMethod(gallery.indices.length), elapsedMs: performance.now() - start, pairs: pairs.slice(0, mostPairs), pairsLeftOut: Math.max(0, pairs.length - mostPairs),
    notComparedInFull: listed([...new Set([...scan.notComparedInFull.indices, ...near.cutOff])].sort((a, b) => a - b)),
  });
}

/** Exact ones first, then by distance; equal images are not told again as near ones. */
function merged(exact: readonly DuplicatePair[], near: readonly DuplicatePair[]): DuplicatePair[] {
  const known = new Set(exact.map(({ a, b }) => `${a} ${b}`));
  const others = near.filter(({ a, b }) => !known.has(`${a} ${b}`)).sort((one, other) => one.distance - other.distance || one.a - other.a || one.b - other.b);
  return [...exact, ...others];
}

/** Progress with the time left at the pace so far. */
function paced(phase: AuditProgress['phase'], total: number, onProgress: AuditOptions['onProgress']): (done: number) => void {
  const start = performance.now();
  return (done) => { onProgress({ phase, done, total, remainingMs: done === 0 ? null : ((performance.now() - start) * (total - done)) / done }); };
}
