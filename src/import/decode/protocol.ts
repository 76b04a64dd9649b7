import type { Fit, Size } from '../../core/images/prepare';
import type { QuarantineReason } from '../../contracts/importing';
import type { ImageFormat } from '../../data/images/imageFormat';

/** An image file to be decoded: its bytes, or where it lies. */
export type DecodeSource = { readonly bytes: Uint8Array } | { readonly path: string; readonly most: number };

export interface DecodeBatch {
  readonly sources: readonly DecodeSource[];
  /** To be brought to this size; null: its own, at most `largest` on the longer side. */
  readonly target: Size | null;
  readonly largest: number;
  readonly fit: Fit;
}

export interface PreparedImage {
  readonly pixels: Uint8Array;
  /** Of `pixels`. */
  readonly size: Size;
  /** Of the file, after turning. */
  readonly width: number;
  readonly height: number;
  readonly format: ImageFormat | 'raw';
  readonly grey: boolean;
  readonly alpha: boolean;
  readonly turned: boolean;
  readonly resampled: boolean;
}

export type DecodeOutcome = { readonly image: PreparedImage } | { readonly reason: QuarantineReason; readonly message: string };

/** From a decoder: that it can begin, then what came of each batch. */
export type DecoderMessage = 'ready' | DecodeOutcome[];
