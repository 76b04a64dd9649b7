import { createRequire } from 'node:module';
import { availableParallelism } from 'node:os';
import { pathToFileURL } from 'node:url';
import { Worker } from 'node:worker_threads';
import { featureCount, writeFeatures } from '../core/audit/features';
import { mostCompared } from '../core/audit/method';
import { thumbnailBytes, thumbnailOf } from '../core/audit/thumbnail';
import type { DuplicatePair } from '../core/audit/types';
import type { DatasetManifest } from '../contracts/dataset';
import type { TileResult, TileWork } from './protocol';
import { tileCount } from './tiles';

/** Vectors and thumbnails of the images that are compared, filled while the images are read. */
export class Gallery {
  /** Index in the data set of each place. */
  readonly indices: Uint32Array;
  private readonly work: TileWork;
  private readonly places: Int32Array;

  constructor(private readonly manifest: Pick<DatasetManifest, 'counts' | 'image'>) {
    this.indices = comparedImages(manifest.counts);
    const images = this.indices.length;
    this.places = new Int32Array(manifest.counts.train + manifest.counts.test).fill(-1);
    this.indices.forEach((index, place) => { this.places[index] = place; });
    this.work = {
      images, next: new Int32Array(new SharedArrayBuffer(4)),
      features: new Float32Array(new SharedArrayBuffer(images * featureCount * 4)), thumbnails: new Uint8Array(new SharedArrayBuffer(images * thumbnailBytes)),
    };
  }

  add(index: number, pixels: Uint8Array): void {
    const place = this.places[index]!;
    if (place < 0) return;
    const { width, height } = this.manifest.image;
    const thumbnail = thumbnailOf({ pixels, width, height });
    this.work.thumbnails.set(thumbnail, place * thumbnailBytes);
    writeFeatures(thumbnail, this.work.features, place * featureCount);
  }

  /**
   * Every pair of these images that is alike, in any order, by as many threads as there are cores.
   * @param onTile told of each part that is done
   */
  async pairs(signal: AbortSignal, onTile: (done: number, total: number) => void): Promise<{ pairs: DuplicatePair[]; cutOff: Set<number> }> {
    const [total, pairs, cutOff] = [tileCount(this.work.images), [] as DuplicatePair[], new Set<number>()];
    let done = 0;
    const take = ({ pairs: found, cutOff: partly }: TileResult) => {
      for (let i = 0; i < found.length; i += 6) pairs.push(this.pairOf(found.subarray(i, i + 6)));
      for (const place of partly) cutOff.add(this.indices[place]!);
      onTile(++done, total);
    };
    const workers = Array.from({ length: Math.max(1, Math.min(availableParallelism(), total, 16)) }, () => startWorker(this.work));
    const stop = () => { for (const worker of workers) void worker.terminate(); };
    signal.addEventListener('abort', stop, { once: true });
    try {
      await Promise.all(workers.map((worker) => new Promise<void>((resolve, reject) => {
        worker.on('message', take);
        worker.on('error', reject);
        worker.on('exit', () => { resolve(); });
      })));
    } finally {
      signal.removeEventListener('abort', stop);
      stop();
    }
    return { pairs, cutOff };
  }

  private pairOf(found: Float64Array): DuplicatePair {
    const [a, b, distance, mirrored, right, down] = found as unknown as [number, number, number, number, number, number];
    const { width, height } = this.manifest.image;
    const scaled = (shift: number, side: number) => Math.round((shift * side * 10) / 32) / 10;
    return { a: this.indices[a]!, b: this.indices[b]!, kind: 'near', distance, mirrored: mirrored === 1, shift: [scaled(right, width), scaled(down, height)] };
  }
}

/** All images; of a very large set every test image, and training images at even steps. */
function comparedImages({ train, test }: DatasetManifest['counts']): Uint32Array {
  const part = Math.max(0, Math.min(train, mostCompared - test));
  const tests = Math.min(test, mostCompared);
  return Uint32Array.from({ length: part + tests }, (_, i) => (i < part ? Math.floor((i * train) / part) : train + i - part));
}

/** As engine/input starts its workers: the file beside this one in the build; from source, TypeScript by way of tsx, which threads do not inherit. */
function startWorker(workerData: TileWork): Worker {
  if (!import.meta.url.endsWith('.ts')) return new Worker(new URL('./auditWorker.js', import.meta.url), { workerData });
  const tsx = JSON.stringify(new URL('dist/esm/api/index.mjs', pathToFileURL(createRequire(import.meta.url).resolve('tsx/package.json'))).href);
  const file = JSON.stringify(new URL('./tileWorker.ts', import.meta.url).href);
  return new Worker(`import(${tsx}).then(({ register }) => { register(); return import(${file}); })`, { eval: true, workerData, execArgv: [] });
}
