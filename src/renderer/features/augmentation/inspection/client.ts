import type { InspectedData } from '../../../../contracts/calls/inspection';
import type { Augmentation } from '../../../../core/config/augmentation';
import type { AppliedRequest, CountsRequest, CountsStand, DrawnTiles, DrawsRequest, FromWorker, MomentsRequest, MomentsStand, Tiles, ToWorker, Work } from './protocol';

/** Ends what runs on; what it has told stays. */
export type Stop = () => void;

/** As the browser's, and as a test's. */
export interface WorkerLike {
  postMessage(message: ToWorker): void;
  addEventListener(type: 'message', listener: (event: { readonly data: FromWorker }) => void): void;
  terminate(): void;
}

export type FetchImages = (datasetId: string, revision: string, indices: readonly number[]) => Promise<{ readonly pixels: Uint8Array }>;

/** Images from which a grid is shared out among the workers: below, one does it in less time than a message takes. */
const sharedFromBytes = 1 << 20;
/** What gives way is done in parts of so much: some milliseconds each. */
const partBytes = 1 << 20;

interface Job { readonly heard: (message: FromWorker) => void; readonly failed: (error: unknown) => void }

/** One worker, and what it owes answers to. */
class Line {
  private readonly jobs = new Map<number, Job>();
  private data: InspectedData | null = null;

  constructor(private readonly worker: WorkerLike, private readonly fetchImages: FetchImages) {
    worker.addEventListener('message', ({ data }) => { void this.hear(data); });
  }

  open(data: InspectedData): void {
    this.data = data;
    this.jobs.clear();
    const { width, height, train, batchSize } = data;
    this.worker.postMessage({ type: 'data', data: { width, height, train, batchSize } });
  }

  begin(id: number, work: Work, job: Job): void {
    this.jobs.set(id, job);
    // A form's policy is a reactive proxy, which cannot be sent; it is plain JSON by its nature.
    const plain = 'augmentation' in work ? { ...work, augmentation: JSON.parse(JSON.stringify(work.augmentation)) as Augmentation } : work;
    this.worker.postMessage({ type: 'work', id, work: plain });
  }

  stop(id: number): void {
    if (this.jobs.delete(id)) this.worker.postMessage({ type: 'stop', id });
  }

  close(): void {
    this.jobs.clear();
    this.worker.terminate();
  }

  private async hear(message: FromWorker): Promise<void> {
    const job = this.jobs.get(message.id);
    if (!job) return;
    if (message.type === 'failed') {
      this.jobs.delete(message.id);
      return job.failed(new Error(message.message));
    }
    if (message.type !== 'wants') {
      if (message.type === 'tiles' || message.last) this.jobs.delete(message.id);
      return job.heard(message);
    }
    const { data } = this;
    try {
      const { pixels } = await this.fetchImages(data!.datasetId, data!.revision, message.indices);
      // Another data set is looked at meanwhile: these images are not its.
      if (this.data === data) this.worker.postMessage({ type: 'images', indices: message.indices, pixels });
    } catch (error) {
      this.stop(message.id);
      job.failed(error);
    }
  }
}

/** A lane's question under way, and the one that is to follow it. `drop` answers with null. */
interface Lane { readonly drop: () => void; next: { readonly begin: () => void; readonly drop: () => void } | null }

/**
 * The inspector's work, done in workers with the trainer's code.
 * A lane is a name for what replaces each other ('A', 'B', 'strip'): of what is asked in one while it works only the last is done, and the
 * others are answered with null. What is under way is always answered, so that a grid moves while a slider does. Images are fetched as they are needed and kept.
 */
export class InspectionClient {
  private readonly tileLines: readonly Line[];
  /** Moments and counts: they keep no grid waiting. */
  private readonly slowLine: Line;
  private readonly lanes = new Map<string, Lane>();
  private lastId = 0;
  private imageBytes = 0;

  /** @param threads for tiles, at least 1; one more does moments and counts */
  constructor(startWorker: () => WorkerLike, fetchImages: FetchImages, threads: number) {
    const start = () => new Line(startWorker(), fetchImages);
    this.tileLines = Array.from({ length: threads }, start);
    this.slowLine = start();
  }

  /** Before anything else, and again when another data set, split or batch size is looked at: what is under way is answered with null, or never told again. */
  open(data: InspectedData): void {
    this.dropAll();
    this.imageBytes = data.width * data.height * 3;
    for (const line of [...this.tileLines, this.slowLine]) line.open(data);
  }

  close(): void {
    this.dropAll();
    for (const line of [...this.tileLines, this.slowLine]) line.close();
  }

  private dropAll(): void {
    for (const lane of this.lanes.values()) {
      lane.drop();
      lane.next?.drop();
    }
    this.lanes.clear();
  }

  /**
   * @param givesWay to what is asked in its lane while it works: answered with null then
   * @throws CultivarError where an image cannot be read; Error where the policy or the seed is none
   */
  draws(lane: string, { places, ...policy }: DrawsRequest, givesWay = false): Promise<DrawnTiles | null> {
    return this.inLane(lane, async (overtaken) => {
      const most = givesWay ? Math.max(1, Math.floor(partBytes / this.imageBytes)) : Infinity;
      const parts = await Promise.all(this.shared(places).map(async (own, i) => {
        const done: Tiles[] = [];
        for (let from = 0; from < own.length; from += most) {
          if (givesWay && overtaken()) return null;
          done.push(await this.tiles(i, { kind: 'draws', places: own.slice(from, from + most), ...policy }));
        }
        return done;
      }));
      const all = parts.flatMap((part) => part ?? []);
      return parts.includes(null) ? null : { ...joined(all), drawn: (all as DrawnTiles[]).flatMap(({ drawn }) => drawn) };
    });
  }

  /** @throws CultivarError where an image cannot be read */
  applied(lane: string, { index, tiles }: AppliedRequest): Promise<Tiles | null> {
    return this.inLane(lane, async () => {
      const parts = await Promise.all(this.shared(tiles).map((part, i) => this.tiles(i, { kind: 'applied', index, tiles: part })));
      return joined(parts);
    });
  }

  /** Tells several times a second; `last`: it is complete. */
  moments(request: MomentsRequest, tell: (stand: MomentsStand, last: boolean) => void, failed: (error: unknown) => void): Stop {
    return this.slow({ kind: 'moments', ...request }, (message) => { if (message.type === 'moments') tell(message.stand, message.last); }, failed);
  }

  counts(request: CountsRequest, tell: (stand: CountsStand, last: boolean) => void, failed: (error: unknown) => void): Stop {
    return this.slow({ kind: 'counts', ...request }, (message) => { if (message.type === 'counts') tell(message.stand, message.last); }, failed);
  }

  private slow(work: Work, heard: Job['heard'], failed: Job['failed']): Stop {
    const id = ++this.lastId;
    this.slowLine.begin(id, work, { heard, failed });
    return () => { this.slowLine.stop(id); };
  }

  private shared<T>(all: readonly T[]): (readonly T[])[] {
    const parts = all.length * this.imageBytes < sharedFromBytes ? 1 : Math.min(this.tileLines.length, all.length);
    return Array.from({ length: parts }, (_, i) => all.slice(Math.floor((i * all.length) / parts), Math.floor(((i + 1) * all.length) / parts)));
  }

  private tiles(line: number, work: Work): Promise<Tiles> {
    return new Promise((resolve, reject) => {
      this.tileLines[line]!.begin(++this.lastId, work, { heard: (message) => { if (message.type === 'tiles') resolve(message.tiles); }, failed: reject });
    });
  }

  private inLane<T>(name: string, start: (overtaken: () => boolean) => Promise<T>): Promise<T | null> {
    return new Promise((resolve, reject) => {
      const drop = () => { resolve(null); };
      const begin = () => {
        const own: Lane = { next: null, drop };
        this.lanes.set(name, own);
        const done = () => {
          // Where another data set was opened meanwhile, the lane is another's.
          if (this.lanes.get(name) !== own) return;
          this.lanes.delete(name);
          own.next?.begin();
        };
        start(() => own.next !== null).then((value) => { resolve(value); done(); }, (error: unknown) => { reject(error as Error); done(); });
      };
      const lane = this.lanes.get(name);
      if (!lane) return begin();
      lane.next?.drop();
      lane.next = { begin, drop };
    });
  }
}

const joined = (all: readonly Tiles[]): Tiles => ({ count: all.reduce((sum, { count }) => sum + count, 0), parts: all.flatMap(({ parts }) => parts) });
