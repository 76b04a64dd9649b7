import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import { Worker } from 'node:worker_threads';
import { CultivarError } from '../../contracts/errors';
import type { ImageStore } from '../../contracts/dataset';
import { imageReader } from '../../data/imageReader';
import { partnerOf, type MixDraw, type Policy } from '../../core/augmentation';
import { BatchFiller, policyOf, positionOf, type BatchPlan } from './fillBatch';
import { stepsPerEpochOf } from '../../core/data/order';
import { createRing, slotOf, stopWord, type RingMemory } from './ring';

export interface TrainingBatch {
  /** From 0 over the whole run. */
  readonly step: number;
  /** From 1. */
  readonly epoch: number;
  /** uint8 NHWC, as it is fed to the network; valid until `release`. */
  readonly pixels: Uint8Array;
  readonly labels: Int32Array;
  /** Index of each image in its data set. */
  readonly indices: Uint32Array;
  /** How the images are mixed with their partners, whose labels are `others`: `pixels` are mixed already, `labels` are the images' own. null: they are not. */
  readonly mix: { readonly draw: MixDraw; readonly others: Int32Array; readonly weight: number } | null;
  /** Gives the memory back to the workers. */
  release(): void;
}

export interface BatchSource {
  /** The next batch, in order; null after the last and once closed. Rejects where a worker has failed. */
  next(): Promise<TrainingBatch | null>;
  /** Milliseconds that `next` has waited for input so far. */
  readonly waitedMs: number;
  /** Ends every thread. */
  close(): Promise<void>;
}

export interface BatchOptions extends BatchPlan {
  /** Step to begin with, from 0: the middle of an epoch as well. */
  readonly startStep: number;
  /** Threads; 0 makes batches in the calling one. No result depends on it. */
  readonly workers: number;
}

/** Batches of a run from `startStep` to its end: order and draws depend on (seed, epoch, image) alone. */
export function openBatches(options: BatchOptions): BatchSource {
  const totalSteps = stepsPerEpochOf(options.indices.length, options.batchSize) * options.epochs;
  const imageBytes = options.store.width * options.store.height * options.store.channels;
  const ring = createRing({ slots: Math.max(2, options.workers * 3), imageBytes, batchSize: options.batchSize, firstStep: options.startStep, totalSteps });
  const { store, batchSize, seed, augmentation, epochs, epochsBefore } = options;
  // Shared, so that a worker's start does not copy it.
  const indices = new Uint32Array(new SharedArrayBuffer(options.indices.byteLength));
  indices.set(options.indices);
  const plan: BatchPlan = { store, indices, batchSize, seed, augmentation, epochs, epochsBefore };
  return options.workers === 0 ? new InlineSource(plan, ring) : new ThreadedSource(plan, ring, options.workers);
}

/** Views of the images that a batch really has: the last one of an epoch may be short. */
function batchView(plan: BatchPlan, policy: Policy, ring: RingMemory, step: number, release: () => void): TrainingBatch {
  const { target } = slotOf(ring, step);
  const { epoch, batch, count } = positionOf(plan, step);
  const labels = target.labels.subarray(0, count);
  // Drawn anew rather than handed over: it depends on seed, epoch and batch alone.
  const draw = policy.mix(epoch, batch);
  return {
    step, epoch, release, labels,
    mix: draw && { draw, others: labels.map((_, i) => labels[partnerOf(i, count)]!), weight: draw.weight },
    pixels: target.pixels.subarray(0, count * ring.imageBytes),
    indices: target.indices.subarray(0, count),
  };
}

class InlineSource implements BatchSource {
  waitedMs = 0;
  private step: number;
  private readonly filler: BatchFiller;
  private readonly policy: Policy;

  constructor(private readonly plan: BatchPlan, private readonly ring: RingMemory) {
    this.step = ring.firstStep;
    this.filler = new BatchFiller(plan);
    this.policy = policyOf(plan);
  }

  async next(): Promise<TrainingBatch | null> {
    if (this.step >= this.ring.totalSteps) return null;
    const start = performance.now();
    this.filler.fill(this.step, slotOf(this.ring, this.step).target);
    this.waitedMs += performance.now() - start;
    return batchView(this.plan, this.policy, this.ring, this.step++, () => undefined);
  }

  async close(): Promise<void> {
    // Nothing runs.
  }
}

/** The worker's file beside this one: JavaScript in the build; from source, TypeScript by way of tsx, which threads do not inherit. */
function startWorker(workerData: { plan: BatchPlan; ring: RingMemory }): Worker {
  if (!import.meta.url.endsWith('.ts')) return new Worker(new URL('./inputWorker.js', import.meta.url), { workerData });
  const tsx = JSON.stringify(new URL('dist/esm/api/index.mjs', pathToFileURL(createRequire(import.meta.url).resolve('tsx/package.json'))).href);
  const file = JSON.stringify(new URL('./inputWorker.ts', import.meta.url).href);
  return new Worker(`import(${tsx}).then(({ register }) => { register(); return import(${file}); })`, { eval: true, workerData, execArgv: [] });
}

class ThreadedSource implements BatchSource {
  waitedMs = 0;
  private step: number;
  private readonly workers: readonly Worker[];
  private readonly policy: Policy;
  /** The first worker's failure. */
  private failure: CultivarError | null = null;
  private closing = false;

  constructor(private readonly plan: BatchPlan, private readonly ring: RingMemory, workers: number) {
    this.step = ring.firstStep;
    this.policy = policyOf(plan);
    this.workers = Array.from({ length: workers }, () => startWorker({ plan, ring }));
    const fail = (detail: string) => {
      this.failure ??= new CultivarError({ code: 'internal', message: 'A thread that prepares images has failed.', remedy: 'Resume the run from its last checkpoint.', detail });
      this.wakeAll();
    };
    for (const worker of this.workers) {
      worker.on('error', (error) => fail(error.stack ?? error.message));
      worker.on('exit', (code) => {
        if (code !== 0 && !this.closing) fail(`the thread ended with code ${code}`);
      });
    }
  }

  /** Whoever waits for a slot, in any thread, looks again. */
  private wakeAll(): void {
    const { control } = this.ring;
    for (let word = 0; word < control.length; word++) Atomics.notify(control, word);
  }

  async next(): Promise<TrainingBatch | null> {
    if (this.step >= this.ring.totalSteps) return null;
    const { control } = this.ring;
    const { word, filled, released } = slotOf(this.ring, this.step);
    const start = performance.now();
    for (let now = Atomics.load(control, word); now !== filled; now = Atomics.load(control, word)) {
      if (this.closing) return null;
      if (this.failure) throw this.failure;
      const wait = Atomics.waitAsync(control, word, now);
      if (wait.async) await wait.value;
    }
    this.waitedMs += performance.now() - start;
    return batchView(this.plan, this.policy, this.ring, this.step++, () => {
      Atomics.store(control, word, released);
      Atomics.notify(control, word);
    });
  }

  async close(): Promise<void> {
    this.closing = true;
    Atomics.store(this.ring.control, stopWord, 1);
    this.wakeAll();
    await Promise.all(this.workers.map((worker) => worker.terminate()));
  }
}

/** Plain images in order, without augmentation, for an evaluation. */
export function* plainBatches(store: ImageStore, indices: Uint32Array, batchSize: number): Generator<{ pixels: Uint8Array; labels: Int32Array }> {
  const bytes = store.width * store.height * store.channels;
  // Not shared with the images: a whole batch lies in one piece, and starts where an int32 view may.
  const pixels = new Uint8Array(batchSize * bytes);
  const imageOf = imageReader(store);
  for (let first = 0; first < indices.length; first += batchSize) {
    const chosen = indices.subarray(first, first + batchSize);
    chosen.forEach((index, i) => pixels.set(imageOf(index), i * bytes));
    yield { pixels: pixels.subarray(0, chosen.length * bytes), labels: Int32Array.from(chosen, (index) => store.labels[index]) };
  }
}
