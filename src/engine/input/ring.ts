import type { BatchTarget } from './fillBatch';

/**
 * Slots in shared memory that workers fill and the training loop empties, in turn. A slot's word counts up: 2 × turn while it is free for
 * that turn, 2 × turn + 1 while it holds that turn's batch. Workers never need the training thread, which blocks for a whole step.
 */
export interface RingMemory {
  readonly slots: number;
  readonly imageBytes: number;
  readonly batchSize: number;
  /** Step of turn 0, slot 0. */
  readonly firstStep: number;
  readonly totalSteps: number;
  readonly control: Int32Array;
  readonly pixels: SharedArrayBuffer;
  readonly labels: SharedArrayBuffer;
  readonly indices: SharedArrayBuffer;
}

export const nextWord = 0;
export const stopWord = 1;
const firstSlotWord = 2;

export function createRing(options: Pick<RingMemory, 'slots' | 'imageBytes' | 'batchSize' | 'firstStep' | 'totalSteps'>): RingMemory {
  const { slots, imageBytes, batchSize } = options;
  // Each slot starts on a multiple of 64 bytes, so that it can be seen as int32 words.
  const slotBytes = slotPixelBytes({ imageBytes, batchSize });
  return {
    ...options,
    control: new Int32Array(new SharedArrayBuffer(4 * (firstSlotWord + slots))),
    pixels: new SharedArrayBuffer(slots * slotBytes),
    labels: new SharedArrayBuffer(slots * batchSize * 4),
    indices: new SharedArrayBuffer(slots * batchSize * 4),
  };
}

const slotPixelBytes = ({ imageBytes, batchSize }: { imageBytes: number; batchSize: number }) => Math.ceil((imageBytes * batchSize) / 64) * 64;

/** The slot of a step: its memory, its word in `control`, and what the word says when it is free or filled for this step. */
export function slotOf(ring: RingMemory, step: number) {
  const at = step - ring.firstStep;
  const [slot, turn] = [at % ring.slots, Math.floor(at / ring.slots)];
  const target: BatchTarget = {
    pixels: new Uint8Array(ring.pixels, slot * slotPixelBytes(ring), ring.imageBytes * ring.batchSize),
    labels: new Int32Array(ring.labels, slot * ring.batchSize * 4, ring.batchSize),
    indices: new Uint32Array(ring.indices, slot * ring.batchSize * 4, ring.batchSize),
  };
  return { target, word: firstSlotWord + slot, free: 2 * turn, filled: 2 * turn + 1, released: 2 * turn + 2 };
}
