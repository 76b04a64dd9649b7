import type { AuditProgress } from '../core/audit/types';
import type { CultivarErrorData } from '../contracts/errors';

/** To the process that audits. It ends when it is cancelled. */
export interface AuditorCommand {
  readonly library: string;
  readonly datasetId: string;
  readonly revision: string;
  /** A person is at the window: every other process goes first. */
  readonly background: boolean;
}

/** From it. The audit itself is read from the disk. */
export type AuditorMessage =
  | { readonly type: 'ready' }
  | { readonly type: 'progress'; readonly progress: AuditProgress }
  | { readonly type: 'done' }
  | { readonly type: 'failed'; readonly error: CultivarErrorData };

/** What every thread works on. */
export interface TileWork {
  /** `featureCount` numbers an image. */
  readonly features: Float32Array<SharedArrayBuffer>;
  /** `thumbnailBytes` an image. */
  readonly thumbnails: Uint8Array<SharedArrayBuffer>;
  /** [0]: the next tile that no thread has taken. */
  readonly next: Int32Array<SharedArrayBuffer>;
  readonly images: number;
}

/** Pairs of one tile: places a and b, distance, mirrored, shift right and down in thumbnail pixels; six numbers a pair. */
export interface TileResult {
  readonly pairs: Float64Array;
  /** Places whose later twins are not all told. */
  readonly cutOff: readonly number[];
}
