import { open } from 'node:fs/promises';
import { join } from 'node:path';
import type { DatasetManifest } from '../../contracts/dataset';
import { CultivarError } from '../../contracts/errors';
import { conditionOf } from '../../core/audit/condition';
import { pairsOfGroup, pixelHash } from '../../core/audit/exact';
import { mostListed } from '../../core/audit/method';
import type { AuditedImages, DuplicatePair } from '../../core/audit/types';
import { readImages } from '../readImages';
import { revisionFolder } from '../openDataset';

/** Read at once. */
const pieceBytes = 8 << 20;

/** Every image of a revision in its order, a piece of the file at a time. The pixels are only good until the next image is asked for. */
async function* eachImage(library: string, { id, revision, image, counts }: DatasetManifest): AsyncGenerator<{ readonly index: number; readonly pixels: Uint8Array }> {
  const bytes = image.width * image.height * image.channels;
  const each = Math.max(1, Math.floor(pieceBytes / bytes));
  const all = counts.train + counts.test;
  const piece = new Uint8Array(each * bytes);
  const file = await open(join(await revisionFolder(library, id, revision), 'images.bin'), 'r');
  try {
    for (let start = 0; start < all; start += each) {
      const count = Math.min(each, all - start);
      for (let at = 0; at < count * bytes;) {
        const { bytesRead } = await file.read(piece, at, count * bytes - at, start * bytes + at);
        if (bytesRead === 0) throw new CultivarError({ code: 'dataset-damaged', message: `The data set "${id}" is damaged: images.bin ends too early.` });
        at += bytesRead;
      }
      for (let i = 0; i < count; i++) yield { index: start + i, pixels: piece.subarray(i * bytes, (i + 1) * bytes) };
    }
  } finally {
    await file.close();
  }
}

export interface Scan {
  readonly pairs: readonly DuplicatePair[];
  readonly notComparedInFull: AuditedImages;
  readonly grey: AuditedImages;
  readonly constant: AuditedImages;
  readonly nearConstant: AuditedImages;
}

export interface ScanOptions {
  readonly signal?: AbortSignal;
  /** Told of every image on the way. */
  readonly onImage?: (index: number, pixels: Uint8Array) => void;
}

/** One pass over the images: equal ones, and those with nothing, or no colour, in them. @throws CultivarError dataset-damaged, tool-cancelled */
export async function scanImages(library: string, manifest: DatasetManifest, { signal, onImage }: ScanOptions = {}): Promise<Scan> {
  const byHash = new Map<number, number | number[]>();
  const found = { grey: [] as number[], constant: [] as number[], nearConstant: [] as number[] };
  for await (const { index, pixels } of eachImage(library, manifest)) {
    if (signal?.aborted) throw cancelled();
    const hash = pixelHash(pixels);
    const known = byHash.get(hash);
    if (known === undefined) byHash.set(hash, index);
    else if (typeof known === 'number') byHash.set(hash, [known, index]);
    else known.push(index);
    const condition = conditionOf(pixels);
    if (condition) found[condition].push(index);
    onImage?.(index, pixels);
  }
  const [pairs, partly]: [DuplicatePair[], number[]] = [[], []];
  for (const images of byHash.values()) {
    for (const group of typeof images === 'number' ? [] : await equalGroups(library, manifest, images)) {
      const told = pairsOfGroup(group);
      for (const [a, b] of told.pairs) pairs.push({ a, b, kind: 'exact', distance: 0, mirrored: false, shift: [0, 0] });
      if (!told.whole) partly.push(...group);
    }
  }
  return { pairs: pairs.sort((one, other) => one.a - other.a || one.b - other.b), notComparedInFull: listed(partly.sort((a, b) => a - b)), grey: listed(found.grey), constant: listed(found.constant), nearConstant: listed(found.nearConstant) };
}

/** Images of one hash, apart by what they really are. */
async function equalGroups(library: string, { id, image, revision }: DatasetManifest, images: readonly number[]): Promise<number[][]> {
  const groups: { first: Uint8Array; members: number[] }[] = [];
  for (const index of images) {
    const pixels = await readImages(library, id, image, [index], revision);
    const same = groups.find(({ first }) => Buffer.compare(first, pixels) === 0);
    if (same) same.members.push(index);
    else groups.push({ first: pixels, members: [index] });
  }
  return groups.map(({ members }) => members).filter((members) => members.length > 1);
}

export const listed = (indices: readonly number[]): AuditedImages => ({ count: indices.length, indices: indices.slice(0, mostListed) });

export const cancelled = () => new CultivarError({ code: 'tool-cancelled', message: 'The audit was cancelled; nothing of it is kept.' });
