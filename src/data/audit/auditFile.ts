import { join } from 'node:path';
import { z } from 'zod';
import type { DatasetManifest } from '../../contracts/dataset';
import { CultivarError } from '../../contracts/errors';
import { auditVersion, keptUpTo, nearThreshold } from '../../core/audit/method';
import type { AuditMethod, DatasetAudit, DuplicatePair } from '../../core/audit/types';
import { asStorageError, errorCode, makeFolder, readJson, writeFileAtomic } from '../../library/atomic';
import { readLabels } from '../datasetSplit';
import { auditFolder } from './auditFolder';
import { scanImages, type Scan } from './scan';

const index = z.int().min(0);
const images = z.strictObject({ count: index, indices: z.array(index) });
/** `audits/<revision>/audit.json`, schema 1. What the data set itself tells (classes, labels, counts) is not stored again. */
const storedSchema = z.strictObject({
  schemaVersion: z.literal(1),
  revision: z.string(),
  createdAt: z.iso.datetime(),
  elapsedMs: z.number().min(0),
  method: z.strictObject({
    version: z.int().min(1), threshold: z.number(), keptUpTo: z.number(),
    near: z.strictObject({ features: z.int(), candidateCosine: z.number(), shiftPixels: z.int(), images: index }).nullable(),
  }),
  /** a, b, exact (1) or near (0), distance, mirrored (1), shift right, shift down. */
  pairs: z.array(z.tuple([index, index, z.literal([0, 1]), z.number(), z.literal([0, 1]), z.number(), z.number()])),
  pairsLeftOut: index,
  notComparedInFull: images, grey: images, constant: images, nearConstant: images,
});

const fileOf = (library: string, id: string, revision: string) => join(auditFolder(library, id, revision), 'audit.json');

export interface AuditResult extends Omit<Scan, 'pairs'> {
  readonly elapsedMs: number;
  readonly near: AuditMethod['near'];
  readonly pairs: readonly DuplicatePair[];
  readonly pairsLeftOut: number;
}

/** @throws CultivarError a storage error */
export async function writeAudit(library: string, manifest: DatasetManifest, { near, pairs, elapsedMs, pairsLeftOut, notComparedInFull, grey, constant, nearConstant }: AuditResult): Promise<DatasetAudit> {
  const folder = auditFolder(library, manifest.id, manifest.revision);
  const document = {
    schemaVersion: 1, revision: manifest.revision, createdAt: new Date().toISOString(), elapsedMs: Math.round(elapsedMs),
    method: { version: auditVersion, threshold: nearThreshold, keptUpTo, near: near && { ...near } },
    pairs: pairs.map(({ a, b, kind, distance, mirrored, shift: [right, down] }) => [a, b, kind === 'exact' ? 1 : 0, Math.round(distance * 1e4) / 1e4, mirrored ? 1 : 0, right, down]),
    pairsLeftOut, notComparedInFull, grey, constant, nearConstant,
  };
  try {
    await makeFolder(folder);
    await writeFileAtomic(fileOf(library, manifest.id, manifest.revision), `${JSON.stringify(document)}\n`);
  } catch (error) {
    throw asStorageError(error, folder);
  }
  return (await readAudit(library, manifest))!;
}

/** The kept audit of a revision; null where none was made, or only by a version whose file is not read any more. @throws CultivarError dataset-damaged */
export async function readAudit(library: string, manifest: DatasetManifest): Promise<DatasetAudit | null> {
  const document = await readJson(fileOf(library, manifest.id, manifest.revision)).catch((error: unknown) => {
    // A damaged one can be made again: it is as if there were none.
    if (errorCode(error) === 'ENOENT' || error instanceof SyntaxError) return null;
    throw error;
  });
  const parsed = storedSchema.safeParse(document);
  if (!parsed.success || parsed.data.revision !== manifest.revision) return null;
  const { pairs, ...rest } = parsed.data;
  const labels = await readLabels(library, manifest);
  const { train, test } = manifest.counts;
  const counted = (from: number, to: number) => {
    const counts = manifest.classes.map(() => 0);
    for (let i = from; i < to; i++) counts[labels[i]!]!++;
    return counts;
  };
  return {
    ...rest, datasetId: manifest.id, counts: manifest.counts, classes: manifest.classes,
    pairs: pairs.map(([a, b, exact, distance, mirrored, right, down]): DuplicatePair => ({ a, b, kind: exact === 1 ? 'exact' : 'near', distance, mirrored: mirrored === 1, shift: [right, down] })),
    classCounts: { train: counted(0, train), test: counted(train, train + test) },
    labels: Object.fromEntries(pairs.flatMap(([a, b]) => [[a, labels[a]!], [b, labels[b]!]])),
  };
}

/** Bytes of images up to which equal ones are looked for without being asked: a second or two. */
const quickBytes = 600e6;

/** The kept audit, or a first one of equal images alone where that takes no time; null for a large set that was never audited. @throws CultivarError dataset-damaged, a storage error */
export async function auditOrEqualImages(library: string, manifest: DatasetManifest): Promise<DatasetAudit | null> {
  const kept = await readAudit(library, manifest);
  if (kept || manifest.files['images.bin'].bytes > quickBytes) return kept;
  const start = performance.now();
  const scan = await scanImages(library, manifest);
  const result = { ...scan, near: null, pairsLeftOut: 0, elapsedMs: performance.now() - start };
  return writeAudit(library, manifest, result).catch((error: unknown) => {
    // A library that is only read tells its plan all the same, without.
    if (error instanceof CultivarError) return null;
    throw error;
  });
}
