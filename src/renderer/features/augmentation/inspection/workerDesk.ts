import { deviationPixels, meanPixels, reducedSize, Session, toRgba, type Moments } from '../../../../core/inspection';
import { PixelCache } from './pixelCache';
import type { CountsStand, FromWorker, MomentsStand, ToWorker, Work } from './protocol';

interface Job { readonly id: number; readonly work: Work }

/** Work between two looks at what else has come in. */
const sliceMs = 12;
const tellEveryMs = 120;
const keptBytes = 48e6;
const whiteAt = 64;

/** What a worker does with its messages; `send` and `pause` are the only ways out of it. */
export class WorkerDesk {
  private session: Session | null = null;
  private readonly images = new PixelCache(keptBytes);
  /** Work whose images are on their way. */
  private readonly waiting = new Map<number, Job>();
  /** Moments and counts that go on. */
  private readonly going = new Set<number>();

  constructor(private readonly send: (message: FromWorker, moved: ArrayBuffer[]) => void, private readonly pause: () => Promise<void>) {}

  hear(message: ToWorker): void {
    switch (message.type) {
      case 'data':
        this.session = new Session(message.data);
        this.images.clear();
        this.waiting.clear();
        this.going.clear();
        return;
      case 'images': return this.take(message.indices, message.pixels);
      case 'work': return this.begin(message);
      case 'stop':
        this.waiting.delete(message.id);
        this.going.delete(message.id);
    }
  }

  private take(indices: readonly number[], pixels: Uint8Array): void {
    const bytes = pixels.length / Math.max(1, indices.length);
    const kept = new Set([...this.waiting.values()].flatMap(({ work }) => this.needs(work)));
    indices.forEach((index, i) => { this.images.put(index, pixels.subarray(i * bytes, (i + 1) * bytes), kept); });
    const jobs = [...this.waiting.values()];
    this.waiting.clear();
    jobs.forEach((job) => { this.begin(job); });
  }

  private needs(work: Work): number[] {
    switch (work.kind) {
      case 'draws': return this.session!.needs(work.augmentation, work.seed, work.places);
      case 'applied': return [...new Set([work.index, ...work.tiles.flatMap((tile) => ('mix' in tile ? [tile.partner] : []))])];
      case 'moments': return [work.index];
      case 'counts': return [];
    }
  }

  private begin(job: Job): void {
    try {
      const missing = this.images.missing(this.needs(job.work));
      if (missing.length === 0) return this.work(job);
      this.waiting.set(job.id, job);
      this.send({ type: 'wants', id: job.id, indices: missing }, []);
    } catch (error) {
      this.send({ type: 'failed', id: job.id, message: String(error) }, []);
    }
  }

  private work({ id, work }: Job): void {
    const session = this.session!;
    switch (work.kind) {
      case 'draws': {
        const { rgba, put } = this.sheet(work.places.length, work.resolution?.by);
        const drawn = session.draws(work.augmentation, work.seed, work.places, this.images.get, put, work.resolution);
        return this.send({ type: 'tiles', id, tiles: { count: drawn.length, parts: [{ count: drawn.length, rgba }], drawn } }, [rgba.buffer]);
      }
      case 'applied': {
        const { rgba, put } = this.sheet(work.tiles.length);
        session.applied(work.index, work.tiles, this.images.get, put);
        return this.send({ type: 'tiles', id, tiles: { count: work.tiles.length, parts: [{ count: work.tiles.length, rgba }] } }, [rgba.buffer]);
      }
      case 'moments': {
        const pixels = this.images.get(work.index);
        const more = session.moments(work.augmentation, work.seed, work.index, work.from);
        return void this.goOn(id, work.count, (draws) => more(pixels, draws), (moments, last) => {
          const stand = momentsStand(moments);
          this.send({ type: 'moments', id, stand, last }, [stand.mean.buffer, stand.deviation.buffer]);
        });
      }
      case 'counts':
        return void this.goOn(id, work.count, session.counts(work.augmentation, work.seed, work.from), (counts, last, draws) => {
          const stand: CountsStand = { draws, rows: counts.rows() };
          this.send({ type: 'counts', id, stand, last }, []);
        });
    }
  }

  private sheet(count: number, by = 1) {
    const { width, height } = reducedSize(this.session!.data, by);
    const rgba = new Uint8ClampedArray(count * width * height * 4);
    return { rgba, put: (pixels: Uint8Array, i: number) => { toRgba(pixels, rgba.subarray(i * width * height * 4, (i + 1) * width * height * 4)); } };
  }

  /** In slices, telling now and then, until it is complete or stopped. */
  private async goOn<T>(id: number, count: number, more: (draws: number) => T, tell: (stand: T, last: boolean, done: number) => void): Promise<void> {
    this.going.add(id);
    try {
      // The first look comes at once; a slice's size follows from what the last one took.
      let [done, slice, toldMs] = [0, 8, -Infinity];
      while (this.going.has(id)) {
        const startMs = performance.now();
        const draws = Math.min(slice, count - done);
        const stand = more(draws);
        done += draws;
        const endMs = performance.now();
        slice = Math.max(1, Math.min(slice * 4, Math.round((draws * sliceMs) / Math.max(0.1, endMs - startMs))));
        const last = done >= count;
        if (last || endMs - toldMs >= tellEveryMs) {
          tell(stand, last, done);
          toldMs = endMs;
        }
        if (last) return;
        await this.pause();
      }
    } catch (error) {
      this.send({ type: 'failed', id, message: String(error) }, []);
    } finally {
      this.going.delete(id);
    }
  }
}

function momentsStand(moments: Moments): MomentsStand {
  const variance = moments.variance();
  const deviations = variance.map((value) => Math.sqrt(Math.max(0, value)));
  const asImage = (rgb: Uint8Array) => {
    const rgba = new Uint8ClampedArray((rgb.length / 3) * 4);
    toRgba(rgb, rgba);
    return rgba;
  };
  return {
    draws: moments.count, mean: asImage(meanPixels(moments.mean())), deviation: asImage(deviationPixels(variance, whiteAt)), whiteAt,
    largest: deviations.reduce((a, b) => Math.max(a, b), 0), average: deviations.reduce((a, b) => a + b, 0) / deviations.length,
  };
}
