import type { Augmentation } from '../../../../core/config/augmentation';
import type { AppliedTile, DrawnImage, DrawnShare, Place, Resolution, SessionData } from '../../../../core/inspection';

export type { AppliedTile };

/** What is drawn by: plain data. */
interface PolicyRequest {
  readonly augmentation: Augmentation;
  /** Of the run: an integer from 0. */
  readonly seed: number;
}

/** Tiles as training feeds them. */
export interface DrawsRequest extends PolicyRequest {
  readonly places: readonly Place[];
  /** Without it tiles are as they are fed. */
  readonly resolution?: Resolution;
}

/** Tiles made by draws that are given: a strip, one operation on a slider. */
export interface AppliedRequest {
  readonly index: number;
  /** One tile each. */
  readonly tiles: readonly AppliedTile[];
}

/** Tiles one after another: width × height × 4 bytes each (of `reducedSize`), opaque, as `ImageData` takes them. */
interface TilePart {
  readonly count: number;
  readonly rgba: Uint8ClampedArray<ArrayBuffer>;
}

/** Tiles in order, as their workers sent them: one part each. Laid together they would be copied once more, 13 MB for 64 of 224 × 224. */
export interface Tiles {
  readonly count: number;
  readonly parts: readonly TilePart[];
}

/** Bytes of one tile: width × height × 4. @throws RangeError where there is no such tile */
export function tileOf({ parts }: Tiles, tile: number): Uint8ClampedArray<ArrayBuffer> {
  let at = tile;
  for (const { count, rgba } of parts) {
    if (at < count) return rgba.subarray((at * rgba.length) / count, ((at + 1) * rgba.length) / count);
    at -= count;
  }
  throw new RangeError(`There is no tile ${tile}.`);
}
export interface DrawnTiles extends Tiles {
  readonly drawn: readonly DrawnImage[];
}

/** Mean and spread of an image over the epochs `from`, `from` + 1, …, before its batches are mixed: refines until `count` or stopped. */
export interface MomentsRequest extends PolicyRequest {
  readonly index: number;
  readonly from: number;
  readonly count: number;
}
export interface MomentsStand {
  /** Draws so far. */
  readonly draws: number;
  /** Mean image, and the standard deviation as an image that is white at `whiteAt` grey levels: width × height × 4 each. */
  readonly mean: Uint8ClampedArray<ArrayBuffer>;
  readonly deviation: Uint8ClampedArray<ArrayBuffer>;
  readonly whiteAt: number;
  /** The largest and the mean standard deviation of a channel of a pixel, in grey levels. */
  readonly largest: number;
  readonly average: number;
}

/** What is drawn for `count` images as training meets them: those of epoch `from`, then of the next. Batches (Mixup, CutMix) are counted up to as many as those epochs have. */
export interface CountsRequest extends PolicyRequest {
  readonly from: number;
  readonly count: number;
}
export interface CountsStand {
  readonly draws: number;
  readonly rows: readonly DrawnShare[];
}

export type Work =
  | ({ readonly kind: 'draws' } & DrawsRequest)
  | ({ readonly kind: 'applied' } & AppliedRequest)
  | ({ readonly kind: 'moments' } & MomentsRequest)
  | ({ readonly kind: 'counts' } & CountsRequest);

export type ToWorker =
  | { readonly type: 'data'; readonly data: SessionData }
  /** Pixels of images, uint8 × 3, one after another. */
  | { readonly type: 'images'; readonly indices: readonly number[]; readonly pixels: Uint8Array }
  | { readonly type: 'work'; readonly id: number; readonly work: Work }
  /** Ends moments and counts. */
  | { readonly type: 'stop'; readonly id: number };

export type FromWorker =
  /** Waits for these images; the work begins anew once they are there. */
  | { readonly type: 'wants'; readonly id: number; readonly indices: readonly number[] }
  | { readonly type: 'tiles'; readonly id: number; readonly tiles: DrawnTiles | Tiles }
  | { readonly type: 'moments'; readonly id: number; readonly stand: MomentsStand; readonly last: boolean }
  | { readonly type: 'counts'; readonly id: number; readonly stand: CountsStand; readonly last: boolean }
  | { readonly type: 'failed'; readonly id: number; readonly message: string };
