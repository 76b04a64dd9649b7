// A thread of the audit: takes tile after tile, finds the pairs in it that look alike from afar, and compares these closely.
import { parentPort, workerData } from 'node:worker_threads';
import { featureCount } from '../core/audit/features';
import { candidateCosine, keptUpTo, mostTwins } from '../core/audit/method';
import { foundBytes, nearKernel, pagesFor, vectorBytes } from '../core/audit/nearKernel';
import { thumbnailBytes } from '../core/audit/thumbnail';
import { comparePrepared, emptyPrepared, prepare } from '../core/audit/verify';
import type { TileResult, TileWork } from './protocol';
import { tileAt, tileCount, tileSide } from './tiles';

const { features, thumbnails, next, images } = workerData as TileWork;
const outAt = 2 * tileSide * vectorBytes;
const { instance } = await WebAssembly.instantiate(nearKernel(pagesFor(outAt + tileSide * foundBytes)));
const { memory, near } = instance.exports as { memory: WebAssembly.Memory; near(a: number, b: number, count: number, least: number, out: number): number };
const [numbers, places] = [new Float32Array(memory.buffer), new Uint32Array(memory.buffer)];
const [one, other] = [emptyPrepared(), emptyPrepared()];
const thumbnail = (place: number) => thumbnails.subarray(place * thumbnailBytes, (place + 1) * thumbnailBytes);
const vectors = (start: number, end: number) => features.subarray(start * featureCount, end * featureCount);

function workOn(tile: number): TileResult {
  const { row, column } = tileAt(tile, images);
  const [rowStart, columnStart] = [row * tileSide, column * tileSide];
  const [rowEnd, columnEnd] = [Math.min(images, rowStart + tileSide), Math.min(images, columnStart + tileSide)];
  numbers.set(vectors(rowStart, rowEnd), 0);
  numbers.set(vectors(columnStart, columnEnd), tileSide * featureCount);
  const pairs: number[] = [];
  const cutOff: number[] = [];
  for (let a = rowStart; a < rowEnd; a++) {
    const first = Math.max(columnStart, a + 1);
    if (first >= columnEnd) continue;
    const found = near((a - rowStart) * vectorBytes, (tileSide + first - columnStart) * vectorBytes, columnEnd - first, candidateCosine, outAt);
    if (found === 0) continue;
    prepare(thumbnail(a), false, one);
    let twins = 0;
    for (let i = 0; i < found; i++) {
      const at = outAt / 4 + (i * foundBytes) / 4;
      const b = first + places[at]!;
      const mirrored = numbers[at + 2]! > numbers[at + 1]!;
      prepare(thumbnail(b), mirrored, other);
      const { distance, right, down } = comparePrepared(one, other, keptUpTo);
      if (distance > keptUpTo) continue;
      if (++twins > mostTwins) {
        cutOff.push(a);
        break;
      }
      pairs.push(a, b, distance, Number(mirrored), right, down);
    }
  }
  return { pairs: Float64Array.from(pairs), cutOff };
}

for (;;) {
  const tile = Atomics.add(next, 0, 1);
  if (tile >= tileCount(images)) break;
  parentPort!.postMessage(workOn(tile));
}
